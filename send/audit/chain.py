"""What is hashed, and how: the fixed canonical encoding of the trail. Pure.

    text digest = SHA-256(salt LF text)
    body        = SHA-256(JSON array of the columns in EVENT_COLUMNS)
    hash        = SHA-256(previous hash LF sequence LF body)

The last step is simple enough for the database to take itself, inside the statement that locks the head. Changing
anything here needs a new version of the encoding: the old rows stay as they are for ever.
"""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

EVENT_COLUMNS = (
    "stream", "at", "actor_kind", "actor_id", "actor_uuid", "system_name", "role", "organisation", "subject_reference",
    "action", "outcome", "request_id", "erases_to", "text_digest",
)  # fmt: skip
READ_COLUMNS = (
    "at", "actor_kind", "actor_id", "actor_uuid", "role", "organisation", "organisation_name", "what", "outcome",
    "subject_reference", "withheld", "request_id",
)  # fmt: skip
_encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), default=str).encode


def moment(at: datetime) -> str:
    """A moment, always UTC, always with microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def canonical(values: Iterable) -> str:
    """The values as one JSON array: moments as `moment` writes them, UUIDs as text, nothing left to choose."""
    return _encode([_plain(value) for value in values])


def _plain(value):
    if isinstance(value, datetime):
        return moment(value)
    return str(value) if isinstance(value, UUID) else value


def text_digest(salt: str, text: str) -> str:
    """The salted digest of an event's words: worthless once the salt is destroyed."""
    return digest(f"{salt}\n{text}")


def body(values: Iterable) -> str:
    """The digest of an event's own columns, in the order of EVENT_COLUMNS."""
    return digest(canonical(values))


def link(previous_hash: str, sequence: int, body_digest: str) -> str:
    """The hash of an event: its body, its place, and all that came before."""
    return digest(f"{previous_hash}\n{sequence}\n{body_digest}")


def read_digest(values: Iterable, subjects: Iterable[UUID]) -> str:
    """The digest of one look: its columns in the order of READ_COLUMNS, and the records seen, sorted."""
    return digest(canonical([*values, sorted(str(subject) for subject in subjects)]))


def digest(text: str) -> str:
    """SHA-256, in hexadecimal."""
    return sha256(text.encode()).hexdigest()
