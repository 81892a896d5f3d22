"""Append-only tables, held by the database itself on PostgreSQL and SQLite.

Any app's migration may use it, naming its tables:

    operations = [..., *triggers.operations("ehcp_event", triggers.append_only("x", allow_delete_if="OLD.id IN (…)"))]

PostgreSQL refuses UPDATE, DELETE and TRUNCATE; SQLite UPDATE and DELETE (it has no TRUNCATE). A refusal is an IntegrityError.
Beware on SQLite: when a later migration alters such a table Django rebuilds it, and the triggers are gone: name the
table in `operations` again after the alteration. `missing` finds a table that was forgotten.
"""

from dataclasses import dataclass

from django.db import migrations

PREFIX = "append_only_"


@dataclass(frozen=True)
class AppendOnly:
    """A table whose rows stay as they are. `allow_delete_if` is a condition over OLD, in SQL that both databases read."""

    table: str
    allow_delete_if: str | None = None


def append_only(table: str, *, allow_delete_if: str | None = None) -> AppendOnly:
    """Name a table whose rows may never change, nor go unless the condition over OLD holds."""
    return AppendOnly(table, allow_delete_if)


def operations(*tables: str | AppendOnly) -> list[migrations.RunPython]:
    """The migration operations that guard these tables; reversible, and safe to run again."""
    guarded = [table if isinstance(table, AppendOnly) else AppendOnly(table) for table in tables]

    def guard(apps, schema_editor):
        for table in guarded:
            _run(schema_editor.connection, _drop(schema_editor.connection, table.table) + _create(schema_editor.connection, table))

    def unguard(apps, schema_editor):
        for table in guarded:
            _run(schema_editor.connection, _drop(schema_editor.connection, table.table))

    return [migrations.RunPython(guard, unguard, elidable=False)]


def missing(connection, *, tables) -> list[str]:
    """Those of the tables that lack one of their guards."""
    present = {name for name, _, _ in _catalogue(connection)}
    verbs = _verbs(connection)
    return [table for table in tables if any(_name(table, verb) not in present for verb in verbs)]


def drop_all(connection) -> None:
    """Take every guard away: for tests only, which flush tables or do by hand what must be found."""
    triggers = _catalogue(connection)
    _dropped.setdefault(connection.alias, {}).update({name: definition for name, _, definition in triggers})
    on = ' ON "{}"' if connection.vendor == "postgresql" else ""
    _run(connection, [f'DROP TRIGGER "{name}"' + on.format(table) for name, table, _ in triggers])


def create_all(connection) -> None:
    """Put back every guard that `drop_all` took away, as the catalogue had it."""
    present = {name for name, _, _ in _catalogue(connection)}  # a roll-back may have put some back already
    _run(connection, [definition for name, definition in _dropped.pop(connection.alias, {}).items() if name not in present])


_dropped: dict[str, dict[str, str]] = {}


def _verbs(connection) -> tuple[str, ...]:
    return ("UPDATE", "DELETE", "TRUNCATE") if connection.vendor == "postgresql" else ("UPDATE", "DELETE")


def _name(table: str, verb: str) -> str:
    return f"{PREFIX}{table}_{verb.lower()}"[:63]


def _run(connection, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _drop(connection, table: str) -> list[str]:
    on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
    return [f'DROP TRIGGER IF EXISTS "{_name(table, verb)}"{on}' for verb in _verbs(connection)]


def _create(connection, guarded: AppendOnly) -> list[str]:
    return _create_on_postgresql(guarded) if connection.vendor == "postgresql" else _create_on_sqlite(guarded)


def _create_on_sqlite(guarded: AppendOnly) -> list[str]:
    unless = f"WHEN NOT COALESCE(({guarded.allow_delete_if}), 0) " if guarded.allow_delete_if else ""
    return [
        f'CREATE TRIGGER "{_name(guarded.table, verb)}" BEFORE {verb} ON "{guarded.table}" FOR EACH ROW {condition}'
        f"BEGIN SELECT RAISE(ABORT, '{guarded.table} is append-only: {verb} refused'); END"
        for verb, condition in (("UPDATE", ""), ("DELETE", unless))
    ]


def _create_on_postgresql(guarded: AppendOnly) -> list[str]:
    """A function for each table, because a trigger's WHEN may not ask other tables."""
    function = f"{PREFIX}{guarded.table}"[:63]
    unless = f"IF TG_OP = 'DELETE' AND ({guarded.allow_delete_if}) THEN RETURN OLD; END IF;" if guarded.allow_delete_if else ""
    statements = [
        f'CREATE OR REPLACE FUNCTION "{function}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {unless} '
        f"RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation'; END $$"
    ]
    for verb in ("UPDATE", "DELETE", "TRUNCATE"):
        each = "STATEMENT" if verb == "TRUNCATE" else "ROW"
        statements.append(
            f'CREATE TRIGGER "{_name(guarded.table, verb)}" BEFORE {verb} ON "{guarded.table}" '
            f'FOR EACH {each} EXECUTE FUNCTION "{function}"()'
        )
    return statements


def _catalogue(connection) -> list[tuple[str, str, str]]:
    """Name, table and definition of every guard in the database."""
    question = (
        "SELECT t.tgname, c.relname, pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE NOT t.tgisinternal AND starts_with(t.tgname, %s) AND pg_table_is_visible(c.oid)"
        if connection.vendor == "postgresql"
        else "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND instr(name, %s) = 1"
    )
    with connection.cursor() as cursor:
        cursor.execute(question, [PREFIX])
        return cursor.fetchall()
