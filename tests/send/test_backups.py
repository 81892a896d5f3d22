"""The drill: what is backed up comes back whole on a clean machine, and nothing else is believed."""

import os
import subprocess
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
MAKE_SOMETHING = """
from django.db import transaction
from send.accounts.models import User
from send.audit.actors import system
from send.audit.services import record
from django.conf import settings
User.objects.create_user("amina@example.org", name="Amina")
with transaction.atomic():
    record("drill.start", by=system("drill"), subject="system")
folder = settings.FILES_DIR / "sealed"
folder.mkdir(parents=True, exist_ok=True)
(folder / "one").write_bytes(b"evidence")
"""


@dataclass
class Machine:
    """One machine that runs the service: a folder, a database, and the keys that are kept apart from its back-ups."""

    folder: Path
    database: str = ""

    def manage(self, *command: str, code: str = "") -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=self._environment(), input=code or None, text=True,
            capture_output=True,
        )  # fmt: skip

    def _environment(self) -> dict:
        own = {"VAR_DIR": str(self.folder), "AUDIT_SIGNING_KEY": "1f" * 32, "SECRET_KEY": "kept apart from the back-up " * 3}
        if self.database:
            own |= {"DATABASE_URL": self.database, "ALLOWED_HOSTS": "localhost"}
        inherited = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SEND_TESTING")}
        return inherited | own


def a_used_machine(machine: Machine) -> Machine:
    assert machine.manage("migrate", "-v0").returncode == 0
    made = machine.manage("shell", "-c", MAKE_SOMETHING)
    assert made.returncode == 0, made.stderr
    return machine


def a_postgres_database() -> str:
    """An empty database of its own, on the server of the tests."""
    server = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
    name = f"drill_{uuid.uuid4().hex[:12]}"
    connection = psycopg2.connect(server)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    connection.close()
    return server.rsplit("/", 1)[0] + f"/{name}"


def drop(database: str) -> None:
    server, name = database.rsplit("/", 1)
    connection = psycopg2.connect(server + "/postgres")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    connection.close()


def prove_the_drill(used: Machine, clean: Machine, backup: Path) -> None:
    done = used.manage("backup", str(backup))
    assert done.returncode == 0, done.stderr
    restored = clean.manage("restore", str(backup))
    assert restored.returncode == 0, restored.stderr
    assert "Restored and checked" in restored.stdout
    assert "Audit trail sound: 1 events" in restored.stdout
    assert (clean.folder / "files" / "sealed" / "one").read_bytes() == b"evidence"
    asked = clean.manage("shell", "-v0", "-c", "from send.accounts.models import User; print(User.objects.get().email)")
    assert asked.stdout.strip() == "amina@example.org"


@pytest.fixture(scope="module")
def used(tmp_path_factory):
    return a_used_machine(Machine(tmp_path_factory.mktemp("used")))


@pytest.fixture
def backup(used, tmp_path):
    assert used.manage("backup", str(tmp_path / "backup")).returncode == 0
    return tmp_path / "backup"


@pytest.mark.embedded
def test_a_backup_of_sqlite_comes_back_whole_on_a_clean_machine(used, tmp_path):
    prove_the_drill(used, Machine(tmp_path / "clean"), tmp_path / "backup")


@pytest.mark.postgres
def test_a_backup_of_postgresql_comes_back_whole_on_a_clean_machine(tmp_path):
    databases = [a_postgres_database(), a_postgres_database()]
    try:
        used = a_used_machine(Machine(tmp_path / "used", databases[0]))
        prove_the_drill(used, Machine(tmp_path / "clean", databases[1]), tmp_path / "backup")
    finally:
        for database in databases:
            drop(database)


@pytest.mark.embedded
def test_a_service_that_holds_something_is_not_replaced_unless_forced(used, backup):
    refused = used.manage("restore", str(backup))
    assert refused.returncode == 1
    assert "This service is not empty (accounts_user" in refused.stderr
    assert used.manage("restore", str(backup), "--force").returncode == 0
    assert len(list(used.folder.glob("files-before-*"))) == 1


@pytest.mark.embedded
def test_a_backup_with_one_changed_byte_is_refused_before_anything_is_touched(backup, tmp_path):
    (backup / "files" / "sealed" / "one").write_bytes(b"evidencE")
    clean = Machine(tmp_path / "clean")
    refused = clean.manage("restore", str(backup))
    assert refused.returncode == 1
    assert "The file sealed/one differs" in refused.stderr
    assert not (clean.folder / "files").exists()


@pytest.mark.embedded
def test_an_unfinished_backup_is_not_believed(backup, tmp_path):
    (backup / "manifest.json").unlink()
    refused = Machine(tmp_path / "clean").manage("restore", str(backup))
    assert (refused.returncode, "not a finished back-up" in refused.stderr) == (1, True)


@pytest.mark.embedded
def test_a_backup_is_never_written_into_a_folder_that_holds_something(used, backup):
    refused = used.manage("backup", str(backup))
    assert (refused.returncode, "is not empty" in refused.stderr) == (1, True)
