"""The process that makes a store from a dump."""

import sys

import pyoxigraph


def main(dump: str, folder: str) -> None:
    """Write the statements of a dump in N-Triples to a store in a folder, in the order that reading wants."""
    store = pyoxigraph.Store(folder)
    store.bulk_load(path=dump, format=pyoxigraph.RdfFormat.N_TRIPLES)
    store.optimize()
    store.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
