"""Asking for an EHC needs assessment (CFA 2014 s.36(1)): saved as it is written, sent once, received on that day."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from ehcp import questions
from ehcp.models import Case, Evidence, OwnViews, Request
from ehcp.references import new_reference
from ehcp.services.casework import add_event
from ehcp.timeline import Fact
from send.accounts.models import User
from send.audit import services as audit
from send.errors import NotAllowed, RuleBroken, Stale
from send.notifications.services import tell
from send.organisations.models import LocalAuthority


@transaction.atomic
def start_request(*, by: User, at: datetime) -> Request:
    """Begin a request. It belongs to the asker, who alone sees it until it is sent."""
    request = Request.objects.create(asker=by, started_at=at, saved_at=at)
    audit.record("ehcp.start_request", by=by, subject=request)
    return request


def own_request(request_id: int, *, by: User) -> Request:
    """The asker's own request, locked. Raises Request.DoesNotExist for anybody else."""
    return Request.objects.select_for_update().get(pk=request_id, asker=by)


@transaction.atomic
def save_answers(request_id: int, *, by: User, answers: dict, revision: int, at: datetime) -> Request:
    """Keep the answers of one page. `revision` is the one the page was drawn from.

    Raises NotAllowed once the request is sent, Stale if another window saved the same answers in between.
    """
    request = own_request(request_id, by=by)
    if request.submitted_at:
        raise NotAllowed("This request has been sent. You can still add evidence and write to the council.")
    changed_elsewhere = {
        key: request.answers[key] for key in answers if key in request.answers and request.answers[key] != answers[key]
    }
    if revision != request.revision and changed_elsewhere:
        raise Stale("This page was saved in another window.", theirs="\n".join(str(value) for value in changed_elsewhere.values()))
    request.answers |= answers
    request.revision += 1
    request.saved_at = at
    request.save(update_fields=["answers", "revision", "saved_at"])
    return request


@transaction.atomic
def choose_authority(request_id: int, *, by: User, authority: LocalAuthority, at: datetime) -> Request:
    """The asker names their council. A wrong one passes the request on with the first date kept."""
    request = own_request(request_id, by=by)
    if request.submitted_at:
        raise NotAllowed("This request has been sent.")
    request.authority, request.saved_at = authority, at
    request.save(update_fields=["authority", "saved_at"])
    return request


@transaction.atomic
def submit_request(request_id: int, *, by: User, on: date, at: datetime) -> Case:
    """Send the request: received on the calendar day it is sent, whatever is still to be checked (SEND Regs 2014 reg 5(1)).

    Sent twice (a double click) it is one request and answers the same case. Raises RuleBroken, naming what is missing,
    where the child's name, the asker's, a way to reply or the council is.
    """
    request = own_request(request_id, by=by)
    if request.case_id:
        return request.case
    if missing := questions.missing_to_send(request.answers, has_authority=request.authority_id is not None):
        raise RuleBroken(f"Before you can send this we need {missing[0]}.")
    case = _open_case(request, on=on)
    request.case, request.submitted_at = case, at
    request.save(update_fields=["case", "submitted_at"])
    Evidence.objects.filter(request=request).update(case=case)
    OwnViews.objects.filter(request=request).update(case=case)
    add_event(case, Fact.REQUEST_RECEIVED, by=by, on=on)
    audit.record("ehcp.submit_request", by=by, subject=case, change={"received_on": on.isoformat()})
    tell("request_received", to=by, about=case, at=at)
    return case


def _open_case(request: Request, *, on: date) -> Case:
    """A case under a reference that nobody has; the database refuses a collision and another is drawn."""
    for _ in range(5):
        try:
            with transaction.atomic():
                return Case.objects.create(
                    reference=new_reference(),
                    authority=request.authority,
                    name_as_asked=questions.child_name(request.answers),
                    received_on=on,
                    asked_by_kind=request.asked_by or Request.AskedBy.PARENT,
                    rule_set=request.authority.rule_set,
                )
        except IntegrityError:
            continue
    raise RuleBroken("A reference could not be made. Nothing is lost: please send the request again.")
