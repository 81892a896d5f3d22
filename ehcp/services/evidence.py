"""Evidence of a request: files that came up are tied to it, with who gave them and what they show."""

from datetime import datetime

from django.db import transaction

from ehcp.models import Evidence, Request
from ehcp.services.requesting import own_request
from send.accounts.models import User
from send.audit import services as audit
from send.documents import services as documents
from send.documents.models import Document
from send.errors import NotAllowed, RuleBroken


def collection_of(request: Request) -> str:
    """The name under which a request's files are counted together."""
    return f"request:{request.uuid}"


@transaction.atomic
def gather_evidence(request_id: int, *, by: User, at: datetime) -> list[Evidence]:
    """Tie the files that have come up for this request to it. Asked twice, each file is tied once."""
    request = own_request(request_id, by=by)
    new = Document.objects.filter(collection=collection_of(request), evidence__isnull=True)
    rows = [
        Evidence(
            request=request,
            case_id=request.case_id,
            document=document,
            given_by=by,
            given_at=at,
            what_it_shows=document.description,
        )
        for document in new
    ]
    Evidence.objects.bulk_create(rows)
    if rows:
        audit.record("ehcp.add_evidence", by=by, subject=request.case or request, change={"files": len(rows)})
    return rows


def receive_evidence(request: Request, *, by: User, files: list, at: datetime) -> list[str]:
    """Take files by the plain form. Answers what was wrong with each that was not taken, in plain words; the others are kept."""
    if request.authority_id is None:
        return ["Choose your council first, so that the files reach it."]
    problems = []
    for file in files:
        try:
            documents.receive(
                file, by=by, authority=request.authority, stream=request.audit_stream, collection=collection_of(request), at=at
            )
        except RuleBroken as no:
            problems.append(f"{file.name}: {no.message}")
    gather_evidence(request.pk, by=by, at=at)
    return problems


@transaction.atomic
def take_back(evidence_id: int, *, by: User, at: datetime) -> None:
    """The giver takes a file back before the request is sent. Raises NotAllowed afterwards."""
    row = Evidence.objects.select_for_update().select_related("request").get(pk=evidence_id, given_by=by)
    if row.case_id:
        raise NotAllowed("The request has been sent with this file. Ask the council if it should be left out.")
    row.removed_at = at
    row.save(update_fields=["removed_at"])
    audit.record("ehcp.take_back_evidence", by=by, subject=row.request)
