"""Checking the checkpoints, what they state, and the log of reads."""

from collections.abc import Iterator

from django.db.models import Max

from send.audit import chain, checkpoints, files, signing
from send.audit.diagnosis import Finding
from send.audit.models import GENESIS, Checkpoint, ReadEvent, ReadSubject

BATCH = 1000


def check_checkpoints(*, since: Checkpoint | None = None) -> list[Finding]:
    """The first damage to the checkpoints or to what they cover; with `since`, to that one and the file only."""
    findings = _compare(since) if since else _walk()
    return [*([finding] if (finding := next(findings, None)) else []), *_compare_outside()]


def _compare(checkpoint: Checkpoint) -> Iterator[Finding]:
    if checkpoints.digest_of(checkpoint) != checkpoint.digest:
        yield _bad("checkpoint mismatch", checkpoint, "its statement was altered")
    elif not signing.is_signed(checkpoint.digest, public_key=checkpoint.public_key, signature=checkpoint.signature):
        yield _bad("bad signature", checkpoint, "no key of this service signed it")


def _walk() -> Iterator[Finding]:
    last, previous_digest, statement = 0, GENESIS, checkpoints.START
    for checkpoint in Checkpoint.objects.order_by("sequence").iterator():
        if checkpoint.sequence != last + 1:
            yield _bad("checkpoint missing", checkpoint, f"number {last + 1} is not there")
        yield from _compare(checkpoint)
        if checkpoint.previous_digest != previous_digest:
            yield _bad("checkpoint mismatch", checkpoint, "it does not follow the one before")
        yield from _stated(checkpoint, since=statement)
        last, previous_digest, statement = checkpoint.sequence, checkpoint.digest, checkpoint.statement


def _stated(checkpoint: Checkpoint, *, since: dict) -> Iterator[Finding]:
    """The rows that the checkpoint covers, against what it states of them."""
    stated, found = checkpoint.statement, checkpoints.window(since, checkpoint.statement)
    for rows, kind in (("events", "checkpoint mismatch"), ("reads", "read log altered")):
        if stated[f"{rows}_digest"] != found[f"{rows}_digest"]:
            span = f"{rows} with ids {since[f'{rows}_to'] + 1} to {stated[f'{rows}_to']}"
            yield _bad(kind, checkpoint, f"{span}: {stated[f'{rows}_count']} were signed, {found[f'{rows}_count']} are there")


def _compare_outside() -> list[Finding]:
    """The file outside, against the table. Checkpoints that the file lacks at its end are added with the next one."""
    kept = {row["sequence"]: row for row in files.kept()}
    for checkpoint in Checkpoint.objects.order_by("sequence").iterator():
        row = kept.pop(checkpoint.sequence, None)
        if row is not None and row != checkpoints.outside(checkpoint):
            return [_bad("checkpoint mismatch", checkpoint, "the copy outside the database differs")]
    last = Checkpoint.objects.aggregate(last=Max("sequence"))["last"] or 0
    if kept:
        gone = min(kept)
        return [Finding("checkpoint missing", "checkpoints", gone, None, f"it stands outside; the database ends at {last}")]
    return []


def check_reads(*, after: int = 0) -> list[Finding]:
    """The first row of the log of reads that is not as it was written."""
    while batch := list(ReadEvent.objects.filter(id__gt=after).order_by("id")[:BATCH]):
        seen = _subjects(batch)
        for row in batch:
            if chain.read_digest((getattr(row, name) for name in chain.READ_COLUMNS), seen.get(row.id, [])) != row.digest:
                return [Finding("read log altered", "reads", None, row.id, "its content does not match its digest")]
        after = batch[-1].id
    return []


def _subjects(batch: list[ReadEvent]) -> dict[int, list]:
    rows = ReadSubject.objects.filter(read__gte=batch[0].id, read__lte=batch[-1].id).values_list("read_id", "subject")
    seen: dict[int, list] = {}
    for read, subject in rows:
        seen.setdefault(read, []).append(subject)
    return seen


def _bad(kind: str, checkpoint: Checkpoint, detail: str) -> Finding:
    return Finding(kind, "checkpoints", checkpoint.sequence, checkpoint.pk, detail)
