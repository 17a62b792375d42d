"""The virtual environments of the peers and of the tools that the benchmark itself needs, made from locks."""

import hashlib
import importlib.util
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent
PLACE = ROOT / ".bench"
PRODUCT = Path(sys.executable).parent / "sccon-lod"
LOCKS = Path(__file__).parent / "peers"


def python(name: str) -> Path:
    """Return the interpreter of the environment with this name; it is made, or made anew, where its lock says so."""
    folder, lock = PLACE / name, LOCKS / f"{name}.lock"
    stamp, wanted = folder / "lock.sha256", hashlib.sha256(lock.read_bytes()).hexdigest()
    interpreter = folder / "bin" / "python"
    if not stamp.is_file() or stamp.read_text() != wanted:
        venv.create(folder, clear=True, with_pip=True)
        install = ["-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes", "-r"]
        subprocess.run([interpreter, *install, lock], check=True)
        stamp.write_text(wanted)
    return interpreter


def tools() -> Path:
    """Return an interpreter that has what the reference writer, the floor and the serialisers import."""
    needed = ("duckdb", "orjson", "pyoxigraph", "rdflib")
    return Path(sys.executable) if all(map(importlib.util.find_spec, needed)) else python("tools")


def version(environment: str, package: str) -> str:
    """Return the locked version of a package."""
    found = re.search(rf"^{re.escape(package)}==(\S+)", (LOCKS / f"{environment}.lock").read_text(), re.MULTILINE)
    assert found, f"{package} is not in {environment}.lock"
    return found[1]


def node() -> Path:
    """Return the folder of the locked npm packages; they are installed where it is missing."""
    folder = PLACE / "rml"
    modules = folder / "node_modules"
    if not modules.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(LOCKS / "rml" / name, folder)
        install = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(install, cwd=folder, check=True)
    return modules
