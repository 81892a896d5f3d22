"""Writing the trail: what was done, what was read, what was refused, and the lawful erasure of words.

`record` stands in the same transaction as the change it tells of: both happen or neither does.
"""

import json
import logging

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from structlog.contextvars import get_contextvars

from send.audit import chain, ledger, refusals
from send.audit.actors import acting
from send.audit.models import AuditEvent, AuditText, ReadEvent, ReadSubject, Stream
from send.clock import now

logger = logging.getLogger(__name__)


def record(
    action: str,
    *,
    by,
    subject,
    change: dict | None = None,
    why: str = "",
    role: str = "",
    organisation=None,
    erases_to: int | None = None,
) -> AuditEvent:
    """Append one event to the subject's stream, in the caller's transaction.

    `by` is a User or `system("name")`; `subject` has `audit_stream` and `audit_reference`, or is "system"; `change` maps a
    name to a value or to [old, new]. `erases_to` is for `erase_text` alone. Raises TransactionManagementError outside
    a transaction.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("The trail is written in the transaction of the change it tells of.")
    actor = acting(by, role=role, organisation=organisation)
    stream, reference = ("system", "system") if subject == "system" else (subject.audit_stream, subject.audit_reference)
    return ledger.append(
        text=_words(actor, change, why), stream=stream, at=now(), actor_kind=actor.kind, actor_id=actor.id, actor_uuid=actor.uuid,
        system_name=actor.name if actor.kind == "system" else "", role=actor.role, organisation=actor.organisation,
        subject_reference=str(reference), action=action, outcome="done", request_id=_request_id(), erases_to=erases_to,
    )  # fmt: skip


def seen(what: str, *, by, subjects: list, role: str = "", withheld: bool = False, organisation=None) -> ReadEvent:
    """Note that `by` saw these records: one row, however long the list. `subjects` are UUIDs or things that have one.

    `withheld` keeps the look out of the family's view (a safeguarding or serious-harm marker); it is kept and reviewed.
    """
    ids = [getattr(subject, "uuid", subject) for subject in subjects]
    return _read(what, by=by, subjects=ids, role=role, withheld=withheld, organisation=organisation)


def denied(action: str, *, by, subject_reference: str, role: str = "") -> None:
    """Note a refused permission. Never raises, and outlives the roll-back of the request that was refused."""
    try:
        with transaction.atomic():
            row = _read(action, by=by, role=role, outcome=ReadEvent.Outcome.DENIED, subject_reference=str(subject_reference)[:100])
        refusals.remember(row)
    except Exception:
        logger.exception("a refusal of %s could not be noted", action)


def erase_text(stream: str, *, by, why: str, subject_reference: str = "") -> AuditEvent:
    """Lawfully destroy the words of a stream so far (UK GDPR article 17): names, values, reasons and their salts.

    The events stay, and the chain stays valid. The erasure is itself an event, and it is what the database asks for
    before it lets the words go.
    """
    with transaction.atomic():
        head = Stream.objects.select_for_update().get(name=stream)
        event = record(
            "audit.erase_text", by=by, subject=_StreamSubject(stream, subject_reference or stream), why=why, erases_to=head.sequence
        )
        AuditText.objects.filter(event__stream=stream, event__sequence__lte=head.sequence).delete()
    return event


class _StreamSubject:
    """A stream as the subject of an event, when what it was about may be gone already."""

    def __init__(self, stream: str, reference: str) -> None:
        self.audit_stream = stream
        self.audit_reference = reference


def _words(actor, change: dict | None, why: str) -> str:
    words = {"by": actor.name, "organisation": actor.organisation_name, "change": change or {}, "why": why}
    return json.dumps(words, cls=DjangoJSONEncoder, sort_keys=True, separators=(",", ":"))


def _request_id() -> str:
    return str(get_contextvars().get("request_id", ""))[:64]


def _read(
    what: str, *, by, subjects=(), role="", withheld=False, organisation=None, outcome="seen", subject_reference=""
) -> ReadEvent:
    actor = acting(by, role=role, organisation=organisation)
    row = ReadEvent(
        at=now(), actor_kind=actor.kind, actor_id=actor.id, actor_uuid=actor.uuid, role=actor.role, organisation=actor.organisation,
        organisation_name=actor.organisation_name, what=what, outcome=str(outcome), subject_reference=subject_reference,
        withheld=withheld, request_id=_request_id(),
    )  # fmt: skip
    row.digest = chain.read_digest((getattr(row, name) for name in chain.READ_COLUMNS), subjects)
    with transaction.atomic(savepoint=False):
        row.save(force_insert=True)
        ReadSubject.objects.bulk_create([ReadSubject(read=row, subject=subject) for subject in subjects])
    return row
