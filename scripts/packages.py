"""Packages of the system: which are missing, and how they come. Standard library only."""

import ctypes.util
import importlib.util
import os
import shutil

import progress

# What the service itself calls: PDF layout, the real type of a file, video.
SERVICE = {
    "libpango-1.0-0": lambda: ctypes.util.find_library("pango-1.0"),
    "libpangoft2-1.0-0": lambda: ctypes.util.find_library("pangoft2-1.0"),
    "libharfbuzz-subset0": lambda: ctypes.util.find_library("harfbuzz-subset"),
    "libmagic1": lambda: ctypes.util.find_library("magic"),
    "fonts-liberation": lambda: os.path.isdir("/usr/share/fonts/truetype/liberation"),
    "ffmpeg": lambda: shutil.which("ffmpeg"),
    "python3-venv": lambda: importlib.util.find_spec("ensurepip"),
}
# What the tests need beside it: a real browser, a real scanner, readers of PDFs, the tools of a PostgreSQL back-up.
TESTS = {
    "chromium": lambda: shutil.which("chromium"),
    "clamav-daemon": lambda: shutil.which("clamd", path=f"{os.environ.get('PATH', '')}:/usr/sbin"),
    "poppler-utils": lambda: shutil.which("pdftotext"),
    "postgresql-client": lambda: shutil.which("pg_dump"),
}
SERVERS = {
    "postgresql": lambda: os.path.isdir("/usr/lib/postgresql"),
    "redis-server": lambda: shutil.which("redis-server"),
}


def ensure(wanted: dict) -> None:
    """Install what is missing where that may be done without a question; otherwise end with the line that does it."""
    missing = [name for name, present in wanted.items() if not present()]
    if not missing:
        return
    line = f"apt-get install -y --no-install-recommends {' '.join(missing)}"
    root = _root()
    if root is None or not shutil.which("apt-get"):
        raise progress.Failed(f"System packages are missing. Type this line, then start again:\n\n  sudo {line}")
    with progress.step(f"Install system packages: {', '.join(missing)}"):
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        progress.run(*root, "apt-get", "update", "-q", env=quiet)
        progress.run(*root, *line.split(), env=quiet, hint=f"  sudo {line}")


def _root() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if progress.runs("sudo", "-n", "true") else None
