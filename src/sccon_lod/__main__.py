"""`python -m sccon_lod`: the same as `sccon-lod`."""

from sccon_lod.cli import main

main()
