"""Writers of a release: dumps, reports and the folder that holds them."""
