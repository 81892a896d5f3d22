"""The one place that appends to a chain: lock the head, hash, write event and words, in as few statements as each database allows.

PostgreSQL does it in one call; the row lock of the UPDATE makes writers of one stream queue. SQLite's UPDATE takes
the one write lock of the database first. On both, a roll-back takes the event, its words and the head back together.
"""

import secrets
from functools import cache

from django.db import connection

from send.audit import chain
from send.audit.models import AuditEvent, AuditText, Stream

GIVEN = chain.EVENT_COLUMNS
CALL = f"SELECT * FROM audit_append({', '.join(['%s'] * (len(GIVEN) + 3))})"  # the function of migration 0003
_fields = {field.name: field for field in AuditEvent._meta.concrete_fields}


def append(*, text: str, **columns) -> AuditEvent:
    """Add an event with these columns and words to the end of its stream. The caller holds a transaction."""
    salt = secrets.token_hex(16)
    columns["text_digest"] = chain.text_digest(salt, text)
    body = chain.body(columns[name] for name in GIVEN)
    write = _append_on_postgresql if connection.vendor == "postgresql" else _append_on_sqlite
    row = write(columns, body, salt, text)
    if row is None:  # the stream's first event
        Stream.objects.bulk_create([Stream(name=columns["stream"])], ignore_conflicts=True)
        row = write(columns, body, salt, text)
    identity, sequence, previous_hash, hash_ = row
    return AuditEvent(id=identity, sequence=sequence, previous_hash=previous_hash, hash=hash_, **columns)


def _values(columns: dict) -> list:
    if connection.vendor == "postgresql":  # its driver knows dates and UUIDs by itself
        return [columns[name] for name in GIVEN]
    return [_fields[name].get_db_prep_save(columns[name], connection) for name in GIVEN]


def _append_on_postgresql(columns: dict, body: str, salt: str, text: str):
    with connection.cursor() as cursor:
        cursor.execute(CALL, [body, salt, text, *_values(columns)])
        row = cursor.fetchone()
    return None if row[0] is None else row


def _append_on_sqlite(columns: dict, body: str, salt: str, text: str):
    move_head, add_event, add_text = _sqlite()
    with connection.cursor() as cursor:
        head = cursor.execute(move_head, [body, columns["stream"]]).fetchone()
        if head is None:
            return None
        cursor.execute(add_event, [*_values(columns), *head])
        identity = cursor.lastrowid
        cursor.execute(add_text, [identity, salt, text])
    return (identity, *head)


def _columns() -> str:
    return ", ".join(f'"{name}"' for name in (*GIVEN, "sequence", "previous_hash", "hash"))


@cache
def _sqlite() -> tuple[str, str, str]:
    """The same three steps; SHA256 is the function that Django gives to its SQLite connections."""
    move_head = f"""
        UPDATE "{Stream._meta.db_table}" SET sequence = sequence + 1, previous_hash = hash,
            hash = SHA256(hash || char(10) || (sequence + 1) || char(10) || %s)
        WHERE name = %s RETURNING sequence, previous_hash, hash"""
    places = ", ".join(["%s"] * (len(GIVEN) + 3))
    add_event = f'INSERT INTO "{AuditEvent._meta.db_table}" ({_columns()}) VALUES ({places})'
    add_text = f'INSERT INTO "{AuditText._meta.db_table}" (event_id, salt, text) VALUES (%s, %s, %s)'
    return move_head, add_event, add_text
