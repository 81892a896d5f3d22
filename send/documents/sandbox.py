"""Starts the rebuilding of one file in a process of its own: limited, without secrets, without network where the kernel allows."""

import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

logger = logging.getLogger(__name__)
WALL_SECONDS = 240
TOO_MUCH = "This file is too complicated to open safely. Save or export it again as a simpler PDF, photo or video, and send that."


@dataclass(frozen=True)
class Rebuilt:
    """What came of it: a copy to read, or a refusal in plain words."""

    refusal: str = ""
    copy: Path | None = None
    preview: Path | None = None
    content_type: str = ""
    pages: int | None = None


def rebuild(original: Path, *, ending: str, room: Path, wall_seconds: float = WALL_SECONDS) -> Rebuilt | None:
    """A copy of `original` in `room` without scripts, hidden data or forms; None when the process could not be started.

    A process that is killed, runs out of memory or takes too long means a refusal: such a file is never passed.
    """
    command = [sys.executable, "-B", "-s", "-m", "send.documents.rebuild", str(original), ending, str(room)]
    try:
        process = subprocess.Popen(
            command, cwd=room, env=environment(room), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            start_new_session=True, close_fds=True,
        )  # fmt: skip
    except OSError:
        logger.exception("the process that rebuilds files could not be started")
        return None
    try:
        answer, _ = process.communicate(timeout=wall_seconds)
    except subprocess.TimeoutExpired:
        answer = b""
    finally:
        _end(process)
    return _read(answer, room)


def environment(room: Path) -> dict[str, str]:
    """All that the process is told: where programs, the code and its room are. No secret among it."""
    code = str(settings.BASE_DIR)
    return {"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": str(room), "TMPDIR": str(room), "PYTHONPATH": code}


def _end(process: subprocess.Popen) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)  # and whatever it started
    process.communicate()


def _read(answer: bytes, room: Path) -> Rebuilt:
    try:
        told = json.loads(answer)
    except ValueError:
        return Rebuilt(refusal=TOO_MUCH)
    if told.get("refusal"):
        return Rebuilt(refusal=str(told["refusal"])[:300])
    preview = room / "preview.jpg"
    # Names are ours, not the child's: it could only name files in the room anyway.
    return Rebuilt(
        copy=room / f"copy.{Path(told['suffix']).name}",
        preview=preview if preview.exists() and preview.stat().st_size else None,
        content_type=told["content_type"],
        pages=told.get("pages"),
    )
