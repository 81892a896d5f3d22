"""What happened to a row of a chain that no longer fits: changed, missing, inserted or reordered. Asked only of damage."""

from dataclasses import dataclass

from send.audit import chain
from send.audit.models import AuditEvent, Stream


@dataclass(frozen=True)
class Finding:
    """One damage: what kind, and the first row it shows in. `row` is the row's id, or None where the row is gone."""

    kind: str
    where: str
    sequence: int | None = None
    row: int | None = None
    detail: str = ""

    def __str__(self) -> str:
        place = "" if self.sequence is None else f", sequence {self.sequence}"
        row = "" if self.row is None else f", id {self.row}"
        return f"{self.kind}: {self.where}{place}{row}" + (f" ({self.detail})" if self.detail else "")


def gap(event: AuditEvent, *, expected: int) -> Finding:
    """A place in the stream that the next row does not fill, or a row before the first place."""
    if event.sequence < expected:
        return _finding("inserted", event, "no event of this service has this place")
    return beyond(event) or Finding("missing", event.stream, expected, None, f"the next event is {event.sequence}, id {event.pk}")


def misfit(event: AuditEvent) -> Finding:
    """A row in its place whose hash, or whose link to the row before, is wrong."""
    return beyond(event) or (_badly_linked(event) if _fits(event, event.sequence) else _badly_hashed(event))


def words(event: AuditEvent, *, present: bool) -> Finding:
    """A row whose words are gone without an erasure, or are not those that were written."""
    if present:
        return beyond(event) or _finding("text changed", event, "the words are not those that were recorded")
    return beyond(event) or _finding("text missing", event, "no lawful erasure covers it")


def beyond(event: AuditEvent) -> Finding | None:
    """A row after the head of its stream, which no event of this service can be."""
    head = Stream.objects.filter(name=event.stream).first()
    return _finding("inserted", event, "after the head of its stream") if head and event.sequence > head.sequence else None


def _badly_linked(event: AuditEvent) -> Finding:
    """The row is sound by itself: either the one before was rewritten with a new hash, or this one was, with its link."""
    before, after = _at(event, event.sequence - 1), _at(event, event.sequence + 1)
    if before and (after is None or after.previous_hash == event.hash):
        return _finding("changed", before, "rewritten with a new hash")
    return _finding("changed", event, "its link to the event before was rewritten")


def _badly_hashed(event: AuditEvent) -> Finding:
    place, after = _place_of(event), _at(event, event.sequence + 1)
    if place is None:
        if after and _place_of(after) == event.sequence:
            return _finding("inserted", event, "the events after it have moved on by one")
        return _finding("changed", event, "its content does not match its hash")
    there = _at(event, place)
    if there and _fits(there, event.sequence):
        return _finding("reordered", event, f"it belongs at {place}")
    if place > event.sequence:
        return Finding("missing", event.stream, event.sequence, None, f"the events after it have moved up; next is id {event.pk}")
    return _finding("inserted", _at(event, event.sequence - 1) or event, "the events after it have moved on")


def _place_of(event: AuditEvent) -> int | None:
    """The place in its stream for which this row was hashed, found by trying them all."""
    body = _body(event)
    last = AuditEvent.objects.filter(stream=event.stream).order_by("-sequence").first().sequence + 1
    return next((place for place in range(1, last + 1) if chain.link(event.previous_hash, place, body) == event.hash), None)


def _fits(event: AuditEvent, place: int) -> bool:
    return chain.link(event.previous_hash, place, _body(event)) == event.hash


def _body(event: AuditEvent) -> str:
    return chain.body(getattr(event, name) for name in chain.EVENT_COLUMNS)


def _at(event: AuditEvent, sequence: int) -> AuditEvent | None:
    return AuditEvent.objects.filter(stream=event.stream, sequence=sequence).first()


def _finding(kind: str, event: AuditEvent, detail: str) -> Finding:
    return Finding(kind, event.stream, event.sequence, event.pk, detail)
