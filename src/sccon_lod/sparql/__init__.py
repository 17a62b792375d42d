"""Questions in SPARQL to the statements of a release."""
