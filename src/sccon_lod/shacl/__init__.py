"""SHACL Core, compiled: what shapes demand becomes SQL that finds every violation at once."""
