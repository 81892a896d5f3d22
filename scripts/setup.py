"""Sets up what the service needs, from the lock files, and nothing twice. Standard library only.

python3 scripts/setup.py           what `make run` needs
python3 scripts/setup.py --dev     what `make test` needs as well
"""

import argparse
import hashlib
import sys
import venv
from pathlib import Path

import frontend
import packages
import progress
from progress import ROOT

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST_PYTHON = (3, 11)


def main() -> None:
    """Read the one option and set up."""
    parser = argparse.ArgumentParser(description="Set up the service on this machine.")
    parser.add_argument("--dev", action="store_true", help="also what the tests need")
    parser.add_argument("--servers", action="store_true", help="also PostgreSQL and Redis")
    chosen = parser.parse_args()
    set_up(dev=chosen.dev, servers=chosen.servers)


def set_up(*, dev: bool = False, servers: bool = False) -> None:
    """Packages of the system, Python environment, front end. Raises Failed with the line to type."""
    if sys.version_info < OLDEST_PYTHON:
        raise progress.Failed(f"Python 3.11 or later is needed; this is {sys.version.split()[0]}. Try: make PYTHON=python3.11 run")
    packages.ensure(packages.SERVICE | (packages.TESTS if dev else {}) | (packages.SERVERS if servers else {}))
    _environment()
    _install("requirements-dev.txt" if dev else "requirements.txt")
    frontend.build()


def _environment() -> None:
    if PYTHON.exists() and progress.runs(PYTHON, "-c", "import pip"):
        return
    with progress.step("Make the Python environment (.venv)"):
        venv.EnvBuilder(with_pip=True, clear=VENV.exists()).create(VENV)


def _install(lock: str) -> None:
    """Every version and hash from the lock file; the development lock holds all of the other."""
    if _is_current("requirements-dev.txt") or _is_current(lock):
        return
    with progress.step(f"Install the Python packages of {lock}"):
        if not _uv_installs(lock):
            pip: list[str | Path] = [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
            progress.run(*pip, "--require-hashes", "-r", ROOT / lock, hint="Is the package index reachable from this machine?")
    _stamp(lock).write_text(_fingerprint(lock))


def _uv_installs(lock: str) -> bool:
    """Whether uv, four times as quick as pip, could do it; when anything is odd, pip does."""
    uv = VENV / "bin" / "uv"
    pip: list[str | Path] = [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    if not uv.exists() and not progress.runs(*pip, "--require-hashes", "-r", ROOT / "scripts" / "uv.txt"):
        return False
    return progress.runs(uv, "pip", "install", "-q", "--python", PYTHON, "--require-hashes", "-r", ROOT / lock)


def _is_current(lock: str) -> bool:
    stamp = _stamp(lock)
    return stamp.exists() and stamp.read_text() == _fingerprint(lock)


def _stamp(lock: str):
    return VENV / f".installed-{lock}"


def _fingerprint(lock: str) -> str:
    return hashlib.sha256((ROOT / lock).read_bytes() + sys.version.encode()).hexdigest()


if __name__ == "__main__":
    main()
