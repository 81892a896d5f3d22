"""The embedded default: web server, one worker and the scheduler as children of one command."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError

BIN = Path(sys.executable).parent
GUNICORN_CONFIG = settings.BASE_DIR / "scripts" / "gunicorn.conf.py"
PATIENCE = 60  # seconds until the web server must answer
GRACE = 15  # seconds for a child to finish what it has in hand
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


class Stopped(Exception):
    """Somebody asked the service to stop."""


class Command(BaseCommand):
    """Starts three children, waits for the first answer, and stops them all when asked or when one ends."""

    help = "Serve on this machine's loopback with one worker and the scheduler, until Control-C (embedded default only)."

    def handle(self, *args, **options):
        """Run until stopped. Raises CommandError when a child ends by itself or never answers."""
        if not settings.EMBEDDED:
            raise CommandError(
                "DATABASE_URL is set: this is a real service. Start web, worker and beat as docs/operations.md says."
            )
        if _somebody_listens(settings.PORT):
            raise CommandError(f"Port {settings.PORT} is taken. Type: PORT=8001 make run")
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _stop)
        children: dict[str, subprocess.Popen] = {}
        try:
            self._serve(children)
        except Stopped:
            self.stdout.write("\nStopping.")
        finally:
            _end(children)

    def _serve(self, children: dict) -> None:
        for name, command in _programs().items():
            children[name] = _start(name, command)
        _wait_for_an_answer(children)
        self.stdout.write(self.style.SUCCESS(f"The service answers on http://localhost:{settings.PORT}/ (Control-C stops it)."))
        self.stdout.write(f"Logs: {_log('web').parent}")
        if "demo_people" in get_commands():
            call_command("demo_people", stdout=self.stdout)
        while True:
            _raise_if_one_ended(children)
            time.sleep(0.5)


def _programs() -> dict[str, list[str]]:
    celery = [str(BIN / "celery"), "-A", "send"]
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return {
        "web": [str(BIN / "gunicorn"), "send.wsgi", "--config", str(GUNICORN_CONFIG), "--bind", f"127.0.0.1:{settings.PORT}"],
        "worker": [*celery, "worker", "--concurrency", "1", *quiet],
        "beat": [*celery, "beat", "--pidfile", ""],
    }


def _start(name: str, command: list[str]) -> subprocess.Popen:
    """A child in a group of its own, so that Control-C reaches it through us, and that ends when we are killed."""
    with _log(name).open("w") as log:
        return subprocess.Popen(
            command, cwd=settings.BASE_DIR, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
            start_new_session=True, preexec_fn=_die_with_parent,
        )  # fmt: skip


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)


def _log(name: str) -> Path:
    path = settings.VAR_DIR / "log" / f"{name}.log"
    path.parent.mkdir(mode=0o700, exist_ok=True)
    return path


def _wait_for_an_answer(children: dict) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        _raise_if_one_ended(children)
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{settings.PORT}/healthz", timeout=2)
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise CommandError(f"The web server did not answer within {PATIENCE} seconds. See {_log('web')}")


def _raise_if_one_ended(children: dict) -> None:
    for name, child in children.items():
        if child.poll() is not None:
            raise CommandError(f"The {name} ended by itself ({child.returncode}), so everything is stopped. See {_log(name)}")


def _end(children: dict) -> None:
    """Ask all, wait, and kill what is left."""
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    until = time.monotonic() + GRACE
    for child in children.values():
        try:
            child.wait(timeout=max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _stop(number, frame):
    raise Stopped


def _somebody_listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
