"""The commands a steward types, one module each."""
