"""What a back-up holds and how it is proved: database, files, audit checkpoints, and a manifest with hashes and counts.

Keys are not in it (SECRET_KEY, the key that signs the audit trail's checkpoints): they are kept apart, or whoever holds
the back-up holds everything.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

MANIFEST = "manifest.json"
FILES = "files"
CHECKPOINTS = "checkpoints"
CHUNK = 1024 * 1024
TABLES_OF_SQLITE = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
OURS = ("send", "standards", "ehcp", "dashboards")


class Unsound(Exception):
    """A back-up, or what was restored from it, is not what its manifest says. The message names the first difference."""


def digest(path: Path) -> str:
    """The SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def tree(folder: Path) -> dict[str, str]:
    """Every file below a folder, by its relative name, with its SHA-256."""
    return {str(path.relative_to(folder)): digest(path) for path in _files(folder)}


def copy_tree(origin: Path, target: Path) -> int:
    """Copy all files, each flushed to the disk. Returns how many."""
    number = 0
    for path in _files(origin):
        place = target / path.relative_to(origin)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copyfile(path, place)
        place.chmod(0o600)
        with place.open("rb") as copied:
            os.fsync(copied.fileno())
        number += 1
    return number


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.endswith(".part"))


def dump(folder: Path) -> dict:
    """Copy the database into `folder` while the service runs. Returns its part of the manifest."""
    return _dump_sqlite(folder) if connection.vendor == "sqlite" else _dump_postgresql(folder)


def load(folder: Path, manifest: dict) -> None:
    """Replace the database by the one of the back-up. Raises Unsound when it is of the other kind."""
    if manifest["vendor"] != connection.vendor:
        raise Unsound(f"The back-up is of {manifest['vendor']}, this service runs on {connection.vendor}.")
    path = folder / manifest["database"]
    _load_sqlite(path) if connection.vendor == "sqlite" else _load_postgresql(path)
    connection.close()


def counts() -> dict[str, int]:
    """How many rows each table has, as the current transaction sees it."""
    with connection.cursor() as cursor:
        return {table: _count(cursor, table) for table in sorted(connection.introspection.table_names(cursor))}


def what_is_here() -> list[str]:
    """What a restore would replace: names of the service's own tables that have rows, and of the folder that has files."""
    present = set(connection.introspection.table_names())
    own = sorted(model._meta.db_table for config in apps.get_app_configs() if _is_ours(config) for model in config.get_models())
    with connection.cursor() as cursor:
        filled = [table for table in own if table in present and _count(cursor, table)]
    return filled + [str(settings.FILES_DIR)] * any(True for _ in _files(settings.FILES_DIR))


def prove(folder: Path) -> dict:
    """Check a back-up against its own manifest, before anything is replaced. Returns the manifest. Raises Unsound."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text())
    except FileNotFoundError:
        raise Unsound(f"{folder} is not a finished back-up: it has no {MANIFEST}.") from None
    if digest(folder / manifest["database"]) != manifest["database_sha256"]:
        raise Unsound(f"{manifest['database']} is not the file that was backed up.")
    compare("file", manifest["files"], tree(folder / FILES))
    compare("checkpoint file", manifest["checkpoints"], tree(folder / CHECKPOINTS))
    return manifest


def compare(what: str, wanted: dict, found: dict) -> None:
    """Raise Unsound for the first name that differs."""
    for name in sorted(wanted.keys() | found.keys()):
        if wanted.get(name) != found.get(name):
            raise Unsound(f"The {what} {name} differs: {wanted.get(name)} in the manifest, {found.get(name)} found.")


def _is_ours(config) -> bool:
    return config.name.split(".")[0] in OURS


def _count(cursor, table: str) -> int:
    cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")
    return cursor.fetchone()[0]


def _dump_sqlite(folder: Path) -> dict:
    """SQLite's online back-up: whole and consistent, though others write meanwhile."""
    path = folder / "database.sqlite3"
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, complete in itself
        tables = [
            name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        ]
        numbers = {table: copy.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()[0] for table in sorted(tables)}
    path.chmod(0o600)
    return {"vendor": "sqlite", "database": path.name, "counts": numbers}


def _load_sqlite(path: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as copy:
        copy.backup(connection.connection)


def _dump_postgresql(folder: Path) -> dict:
    """pg_dump of the very snapshot whose rows are counted."""
    path = folder / "database.dump"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        _postgresql("pg_dump", "--format=custom", "--no-owner", f"--snapshot={cursor.fetchone()[0]}", f"--file={path}")
        numbers = counts()
    path.chmod(0o600)
    return {"vendor": "postgresql", "database": path.name, "counts": numbers}


def _load_postgresql(path: Path) -> None:
    connection.close()
    _postgresql("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--dbname=" + _name(), str(path))


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _postgresql(tool: str, *options: str) -> None:
    """Run one of PostgreSQL's tools on our database; the password goes by the environment, where no process list shows it."""
    where = connection.settings_dict
    environment = os.environ | {
        "PGHOST": where["HOST"] or "", "PGPORT": str(where["PORT"] or ""), "PGUSER": where["USER"] or "",
        "PGPASSWORD": where["PASSWORD"] or "", "PGDATABASE": _name(),
    }  # fmt: skip
    done = subprocess.run([tool, *options], env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise Unsound(f"{tool} failed: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else done.returncode}")
