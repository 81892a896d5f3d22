"""Says what is being done, shows that it is still going after five seconds, and how long it took. Standard library only."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIRST_SIGN = 5  # seconds


class Failed(SystemExit):
    """A step did not work: one clear line, and a non-zero end."""

    def __init__(self, line: str) -> None:
        super().__init__(1)
        print(f"\n{line}", file=sys.stderr, flush=True)


@contextmanager
def step(name: str):
    """Announce a step; a line every five seconds while it lasts, and its time at the end."""
    started, over = time.monotonic(), threading.Event()
    print(f"-- {name}", flush=True)

    def show_that_it_goes_on() -> None:
        while not over.wait(FIRST_SIGN):
            print(f"   … {name}: {time.monotonic() - started:.0f} s", flush=True)

    threading.Thread(target=show_that_it_goes_on, daemon=True).start()
    try:
        yield
    finally:
        over.set()
    print(f"   done in {time.monotonic() - started:.1f} s", flush=True)


def run(*command: str | Path, env: dict | None = None, quiet: bool = True, hint: str = "") -> None:
    """Run a command in the project's folder. Raises Failed with its last lines when it fails."""
    environment = os.environ | (env or {})
    done = subprocess.run(
        [str(part) for part in command], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, text=True,
        stdout=subprocess.PIPE if quiet else None, stderr=subprocess.STDOUT if quiet else None,
    )  # fmt: skip
    if done.returncode:
        raise Failed(f"{_words(command)} failed ({done.returncode}).\n{_tail(done.stdout)}{hint}".rstrip())


def runs(*command: str | Path) -> bool:
    """Whether a command works here; False too when it does not exist."""
    try:
        return subprocess.run([str(part) for part in command], capture_output=True, stdin=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def replace(*command: str | Path) -> None:
    """Go on as another program, which then gets the signals itself."""
    sys.stdout.flush()
    os.chdir(ROOT)
    os.execv(command[0], [str(part) for part in command])


def _words(command: Sequence) -> str:
    return " ".join(str(part) for part in command)


def _tail(output: str | None, lines: int = 25) -> str:
    return "\n".join((output or "").splitlines()[-lines:]) + "\n" if output else ""
