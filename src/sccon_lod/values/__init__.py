"""Conversions of single cells: pure functions from the text of a cell to an RDF value."""
