"""The second command: sets up what the tests need, then runs every check and every test. Standard library only.

The tests run on SQLite and, when it answers, on PostgreSQL; those in a browser run once. Every check runs even when one
before it failed; the end names all that did.
"""

import argparse
import os
import re
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

import progress
import setup
from progress import ROOT

BIN = ROOT / ".venv" / "bin"
POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/0")
PACKAGES = [name for name in ("send", "standards", "ehcp", "dashboards") if (ROOT / name).is_dir()]
WORKERS = "2"
SERVICE_SETTINGS = (
    "DATABASE_URL", "REDIS_URL", "SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL", "STORAGE_URL", "CLAMAV_URL", "OIDC_PROVIDERS",
    "NOTIFY_API_KEY", "VAR_DIR", "CHECKPOINT_DIR",
)  # fmt: skip


def main() -> None:
    """Run what was asked for; non-zero when anything failed."""
    chosen = _options()
    started = time.monotonic()
    setup.set_up(dev=True, servers=chosen.servers)
    with tempfile.TemporaryDirectory(prefix="send-test-") as folder:
        failed = [name for name, run in _jobs(chosen, Path(folder)) if not _passes(name, run)]
    print(f"\n{'FAILED: ' + ', '.join(failed) if failed else 'All passed'} after {time.monotonic() - started:.0f} s.", flush=True)
    sys.exit(bool(failed))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lint", action="store_true", help="the checks without the tests")
    parser.add_argument("--prove", action="store_true", help="the long tier only")
    parser.add_argument("--servers", action="store_true", help="install PostgreSQL and Redis too, and fail without them")
    return parser.parse_args()


def _jobs(chosen: argparse.Namespace, folder: Path):
    """Name and command of everything that is to run, in order."""
    environment = _clean() | {
        "SEND_TESTING": "1",
        "VAR_DIR": str(folder / "var"),
        "TEST_POSTGRES_URL": POSTGRES,
        "TEST_REDIS_URL": REDIS,
    }
    if not chosen.prove:
        yield from _checks(environment, folder)
    if not chosen.lint:
        yield from _tests(environment, folder, prove=chosen.prove, demanded=chosen.servers)


def _checks(environment: dict, folder: Path):
    manage = [BIN / "python", "manage.py"]
    templates = sorted(ROOT.glob("templates/**/*.html"))
    yield "style", (environment, [BIN / "ruff", "check", "."])
    yield "format", (environment, [BIN / "ruff", "format", "--check", "."])
    yield "arrows", (environment, [BIN / "lint-imports", "--no-cache"])
    yield "types", (environment, [BIN / "mypy"])
    yield "templates", (environment, [BIN / "djade", "--check", "--target-version", "5.2", *templates])
    yield "migrations", (environment, [*manage, "makemigrations", "--check", "--dry-run"])
    yield "deployment settings", (_in_service(folder), [*manage, "check", "--deploy", "--fail-level", "WARNING"])


def _tests(environment: dict, folder: Path, *, prove: bool, demanded: bool):
    tier = "prove" if prove else "not prove"
    pytest = [BIN / "pytest", "--durations=10"]
    side_by_side = [*pytest, "-n", WORKERS, "--dist", "worksteal"]
    coverage = [f"--cov={name}" for name in PACKAGES] + ["--cov-report=term:skip-covered", "--cov-report="]
    yield "tests on SQLite", (environment, [*side_by_side, *coverage, "-m", f"{tier} and not browser and not postgres"])
    if _answers(POSTGRES, 5432):
        on_postgres = environment | _on_postgres()
        if not _answers(REDIS, 6379):
            _say_loudly("Redis", "TEST_REDIS_URL", REDIS, demanded=demanded)
        yield "tests on PostgreSQL", (on_postgres, [*side_by_side, "-m", f"{tier} and not browser and not embedded"])
    else:
        _say_loudly("PostgreSQL", "TEST_POSTGRES_URL", POSTGRES, demanded=demanded)
    yield "journeys in the browser", (environment | {"DJANGO_ALLOW_ASYNC_UNSAFE": "1"}, [*pytest, "-m", f"{tier} and browser"])


def _on_postgres() -> dict:
    """The production arrangement of the database, under the test settings."""
    return {
        "DATABASE_URL": POSTGRES, "SECRET_KEY": secrets.token_urlsafe(64), "SECURE_SSL_REDIRECT": "false",
        "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1", "PUBLIC_ADDRESS": "http://testserver", "STATEMENT_TIMEOUT_MS": "20000",
    }  # fmt: skip


def _in_service(folder: Path) -> dict:
    """The settings of a real service, with addresses that nobody has."""
    return _clean() | {
        "DATABASE_URL": POSTGRES, "REDIS_URL": REDIS, "SECRET_KEY": secrets.token_urlsafe(64), "ALLOWED_HOSTS": "send.example.org",
        "EMAIL_URL": "smtp://mail.example.org", "CLAMAV_URL": "tcp://scanner.example.org:3310", "VAR_DIR": str(folder / "service"),
    }  # fmt: skip


def _clean() -> dict:
    """The environment without the settings of whatever service this shell looks after."""
    return {name: value for name, value in os.environ.items() if name not in SERVICE_SETTINGS}


def _passes(name: str, job: tuple[dict, list]) -> bool:
    environment, command = job
    print(f"\n== {name}", flush=True)
    started = time.monotonic()
    code = subprocess.run([str(part) for part in command], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL).returncode
    nothing_to_run = code == 5 and "-m" in command  # pytest: no test has this mark
    verdict = "passed" if code == 0 else "nothing to run" if nothing_to_run else "FAILED"
    print(f"   {verdict}: {name}, {time.monotonic() - started:.0f} s", flush=True)
    return code == 0 or nothing_to_run


def _answers(url: str, port: int) -> bool:
    where = urlsplit(url)
    try:
        socket.create_connection((where.hostname, where.port or port), timeout=2).close()
    except OSError:
        return False
    return True


def _say_loudly(what: str, setting: str, url: str, *, demanded: bool) -> None:
    line = f"{what} does not answer at {re.sub('//.*@', '//', url)}: set {setting}, or the tests that need it DO NOT RUN."
    if demanded:
        raise progress.Failed(line)
    print(f"\n!!! {line} !!!", flush=True)


if __name__ == "__main__":
    main()
