"""The peers' YARRRML as RML in Turtle, for engines that read nothing else."""

import re
import subprocess
from pathlib import Path

from bench import environments
from bench.workload import SHARED


def rml(name: str) -> Path:
    """Return the peers' mapping of this name as RML; it is translated where that was not done yet."""
    out = environments.PLACE / "rml" / f"{name}.ttl"
    if not out.is_file():
        parser = environments.node() / ".bin" / "yarrrml-parser"
        translate: list[str | Path] = [parser, "-i", SHARED / "mappings" / f"{name}.yml", "-o", out]
        subprocess.run(translate, check=True, capture_output=True)
        out.write_text(_with_constant_languages(out.read_text(encoding="utf-8")), encoding="utf-8")
    return out


def _with_constant_languages(turtle: str) -> str:
    """Write language maps, which the engines do not know, as the constants that they are."""
    for node, language in re.findall(r'(:language_\d+) rr:constant "(\w+)"', turtle):
        turtle = turtle.replace(f"rml:languageMap {node}", f'rr:language "{language}"')
    return turtle
