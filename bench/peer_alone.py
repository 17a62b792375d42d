"""Validation alone, by another engine: loads data and shapes, and prints the seconds that validation took."""

import importlib
import sys


def main(folder: str, engine: str, data: str, shapes: str, report: str) -> None:
    """Let an adapter of the SHACL bench in `folder` validate, and save its report."""
    sys.path.insert(0, folder)
    answer = getattr(importlib.import_module("engines"), engine)(data, shapes, {})
    importlib.import_module("run_engine").save(*answer["report"], report)
    print(answer["validate"])  # noqa: T201 - what the benchmark reads


if __name__ == "__main__":
    main(*sys.argv[1:])
