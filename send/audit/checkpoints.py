"""Signed checkpoints: what the trail was at a moment, stated where the database's administrator cannot write.

A checkpoint covers every event and every read since the one before, by row number, so that each row is covered exactly
once and a history that was rewritten from end to end, heads and all, no longer agrees with what was signed.
"""

from collections.abc import Iterable
from hashlib import sha256

from django.db import connection, transaction
from django.db.models import Max

from send.audit import chain, files, signing
from send.audit.models import GENESIS, AuditEvent, Checkpoint, ReadEvent
from send.clock import now

START = {"events_to": 0, "reads_to": 0}


def make() -> Checkpoint:
    """Sign what has been added since the last checkpoint, and keep it inside and outside the database.

    Raises OperationalError if writers leave no gap within a second (ask again later).
    """
    events_to, reads_to = _settled()
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f'LOCK TABLE "{Checkpoint._meta.db_table}" IN SHARE ROW EXCLUSIVE MODE')
        last = Checkpoint.objects.order_by("-sequence").first()
        checkpoint = _signed(last, events_to=events_to, reads_to=reads_to)
        checkpoint.save(force_insert=True)
    _keep_outside()
    return checkpoint


def _signed(last: Checkpoint | None, *, events_to: int, reads_to: int) -> Checkpoint:
    since = last.statement if last else START
    statement = window(since, {"events_to": max(events_to, since["events_to"]), "reads_to": max(reads_to, since["reads_to"])})
    checkpoint = Checkpoint(
        sequence=last.sequence + 1 if last else 1, at=now(), statement=statement, previous_digest=last.digest if last else GENESIS
    )
    checkpoint.digest = digest_of(checkpoint)
    checkpoint.public_key, checkpoint.signature = signing.sign(checkpoint.digest)
    return checkpoint


def window(since: dict, to: dict) -> dict:
    """The statement about the rows after `since` up to and including `to`, as the tables have them now."""
    events = AuditEvent.objects.filter(id__gt=since["events_to"], id__lte=to["events_to"])
    reads = ReadEvent.objects.filter(id__gt=since["reads_to"], id__lte=to["reads_to"])
    events_count, events_digest = _roll(events.order_by("id").values_list("id", "stream", "sequence", "hash").iterator(2000))
    reads_count, reads_digest = _roll(reads.order_by("id").values_list("id", "digest").iterator(2000))
    return {
        "events_to": to["events_to"], "events_count": events_count, "events_digest": events_digest,
        "reads_to": to["reads_to"], "reads_count": reads_count, "reads_digest": reads_digest,
    }  # fmt: skip


def digest_of(checkpoint: Checkpoint) -> str:
    """What is signed: place, moment, statement and the checkpoint before."""
    statement = [checkpoint.statement[name] for name in sorted(checkpoint.statement)]
    return chain.digest(chain.canonical([checkpoint.sequence, checkpoint.at, statement, checkpoint.previous_digest]))


def outside(checkpoint: Checkpoint) -> dict:
    """A checkpoint as it is kept outside the database."""
    return {
        "sequence": checkpoint.sequence, "at": chain.moment(checkpoint.at), "statement": checkpoint.statement,
        "previous_digest": checkpoint.previous_digest, "digest": checkpoint.digest,
        "public_key": checkpoint.public_key, "signature": checkpoint.signature,
    }  # fmt: skip


def _roll(rows: Iterable[tuple]) -> tuple[int, str]:
    count, rolling = 0, sha256()
    for row in rows:
        count += 1
        rolling.update("\n".join(map(str, row)).encode() + b"\n\n")
    return count, rolling.hexdigest()


def _settled() -> tuple[int, int]:
    """The last row numbers below which nothing can still arrive.

    On PostgreSQL a number is taken before its row is committed: the lock waits for the writers at work, and holds new ones
    off only while two maxima are read. SQLite has one writer at a time.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '1s'")
                cursor.execute(f'LOCK TABLE "{AuditEvent._meta.db_table}", "{ReadEvent._meta.db_table}" IN SHARE MODE')
        return tuple(model.objects.aggregate(last=Max("id"))["last"] or 0 for model in (AuditEvent, ReadEvent))


def _keep_outside() -> None:
    """Append what the file lacks: also what a crash between the commit and the file left out."""
    kept = files.kept()
    last = kept[-1]["sequence"] if kept else 0
    files.keep([outside(checkpoint) for checkpoint in Checkpoint.objects.filter(sequence__gt=last).order_by("sequence")])
