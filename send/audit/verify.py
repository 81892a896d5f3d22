"""Checking the whole trail, in constant memory, from one unmoving view of the database.

Three passes: the chains (each row's content, place, link and words, then the heads), the checkpoints (signed, linked,
the same outside), and what each checkpoint states about the events and reads it covers.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from django.db import connection, transaction
from django.db.models import Exists, F, Max, OuterRef, Q

from send.audit import chain, diagnosis, triggers
from send.audit.diagnosis import Finding
from send.audit.models import GENESIS, AuditEvent, AuditText, Checkpoint, ReadEvent, ReadSubject, Stream
from send.audit.verify_checkpoints import check_checkpoints, check_reads

GUARDED = [model._meta.db_table for model in (AuditEvent, AuditText, ReadEvent, ReadSubject, Checkpoint)]
_own = len(chain.EVENT_COLUMNS)
_stream_of, _text_digest_of = chain.EVENT_COLUMNS.index("stream"), chain.EVENT_COLUMNS.index("text_digest")


@dataclass
class Report:
    """What was checked, and the first damage of each stream, the first of all first."""

    events: int
    findings: list[Finding]


def verify(*, stream: str = "", since_checkpoint: bool = False) -> Report:
    """Check everything, one stream, or what was added since the last checkpoint. At most 100 findings are kept."""
    with _unmoving():
        last = Checkpoint.objects.order_by("-sequence").first() if since_checkpoint else None
        since = last.statement if last else {"events_to": 0, "reads_to": 0}
        walk = _Walk(stream=stream, after=since["events_to"])
        findings = []
        for finding in walk.findings():
            findings.append(finding)
            if len(findings) == 100:
                return Report(walk.events, findings)
        if not stream:
            findings += check_checkpoints(since=last)
            findings += check_reads(after=since["reads_to"])
        findings += [
            Finding("unguarded", table, detail="its triggers are gone") for table in triggers.missing(connection, tables=GUARDED)
        ]
    return Report(walk.events, findings)


class _Walk:
    """One pass over the chains, counting as it goes."""

    def __init__(self, *, stream: str, after: int) -> None:
        self.events, self.after, self.damaged = 0, after, set()
        self.only = Q(stream=stream) if stream else Q()
        self.heads = Stream.objects.filter(name=stream) if stream else Stream.objects.all()

    def findings(self) -> Iterator[Finding]:
        """The first damage of each stream: in the chain, or else at its head."""
        for stream, rows in groupby(self._rows(), key=itemgetter(_stream_of)):
            if finding := self._walk(stream, rows):
                self.damaged.add(stream)
                yield finding
        yield from (finding for finding in self._heads() if finding.where not in self.damaged)

    def _rows(self) -> Iterator[tuple]:
        events = AuditEvent.objects.filter(self.only, id__gt=self.after) if self.after else AuditEvent.objects.filter(self.only)
        columns = (*chain.EVENT_COLUMNS, "id", "sequence", "previous_hash", "hash", "text__salt", "text__text")
        return events.order_by("stream", "sequence").values_list(*columns).iterator(chunk_size=2000)

    def _walk(self, stream: str, rows: Iterator[tuple]) -> Finding | None:
        previous, expected, erased_to, is_first = GENESIS, 1, None, True
        for row in rows:
            self.events += 1
            identity, sequence, previous_hash, hash_, salt, text = row[_own:]
            if self.after and is_first and (before := self._before(stream, sequence)):
                previous, expected = before.hash, before.sequence + 1
            is_first = False
            if sequence != expected:
                return diagnosis.gap(_event(identity), expected=expected)
            if previous_hash != previous or chain.link(previous, sequence, chain.body(row[:_own])) != hash_:
                return diagnosis.misfit(_event(identity))
            if text is None:
                erased_to = _erased_to(stream) if erased_to is None else erased_to
                if sequence > erased_to:
                    return diagnosis.words(_event(identity), present=False)
            elif chain.text_digest(salt, text) != row[_text_digest_of]:
                return diagnosis.words(_event(identity), present=True)
            previous, expected = hash_, sequence + 1
        return None

    def _before(self, stream: str, sequence: int) -> AuditEvent | None:
        earlier = AuditEvent.objects.filter(stream=stream, id__lte=self.after, sequence__lt=sequence)
        return earlier.order_by("-sequence").first()

    def _heads(self) -> Iterator[Finding]:
        """Heads that their last event does not bear out, and events that no head knows."""
        last = AuditEvent.objects.filter(stream=OuterRef("name"), sequence=OuterRef("sequence"), hash=OuterRef("hash"))
        for head in self.heads.filter(~Exists(last)).exclude(sequence=0, hash=GENESIS).order_by("name").iterator():
            yield _wrong_head(head)
        known = Stream.objects.filter(name=OuterRef("stream"), sequence__gte=OuterRef("sequence"))
        for event in AuditEvent.objects.filter(self.only).filter(~Exists(known)).order_by("stream", "sequence")[:100]:
            yield diagnosis.beyond(event) or Finding("head missing", event.stream, event.sequence, event.pk)


def _wrong_head(head: Stream) -> Finding:
    last = AuditEvent.objects.filter(stream=head.name).order_by("-sequence").first()
    if last is None or last.sequence < head.sequence:
        return Finding("tail removed", head.name, (last.sequence if last else 0) + 1, None, f"the head says {head.sequence} events")
    at_head = AuditEvent.objects.filter(stream=head.name, sequence=head.sequence).first() or last
    return Finding("changed", head.name, at_head.sequence, at_head.pk, "the last event and the head of its stream disagree")


def _event(identity: int) -> AuditEvent:
    return AuditEvent.objects.get(pk=identity)


def _erased_to(stream: str) -> int:
    """Up to where the words were lawfully destroyed. The erasures themselves are rows of the chain that is being checked."""
    return AuditEvent.objects.filter(stream=stream, erases_to__lt=F("sequence")).aggregate(last=Max("erases_to"))["last"] or 0


@contextmanager
def _unmoving():
    """A view of the database that writers do not move and are not held up by."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SET LOCAL statement_timeout = 0")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # `atomic` would take SQLite's one write lock
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
