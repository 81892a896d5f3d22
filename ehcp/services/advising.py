"""Advice and information for the assessment (SEND Regs 2014 regs 6 and 8): asking, answering, no longer needing."""

from datetime import date, datetime

from django.db import transaction

from ehcp.models import Advice, AdviceRequest, Case
from ehcp.permissions import Perm
from ehcp.services.casework import add_event, check_date, locked
from ehcp.states import State
from ehcp.timeline import LIMITS, Fact
from send import access
from send.accounts.models import User
from send.accounts.roles import Role
from send.audit import services as audit
from send.errors import NotAllowed, RuleBroken
from send.notifications.services import Recipient, tell
from send.timelimits import due_on

RETURN = next(limit for limit in LIMITS if limit.code == "advice_return_6w")


@transaction.atomic
def ask_for_advice(
    case_id: int, *, by: User, on: date, kind: str, role: Role, name: str, email: str, user: User | None, what: str, at: datetime
) -> AdviceRequest:
    """Ask one person or body for advice (SEND Regs 2014 reg 6(1)); due six weeks after the asking (reg 8(1)).

    Raises NotAllowed unless the case is gathering advice.
    """
    case = locked(case_id)
    role_of_asker = access.require(by, Perm.CASE_UPDATE, case)
    if case.state != State.ASSESSING:
        raise NotAllowed("Advice is asked for while an assessment is going on.", law="SEND Regs 2014 reg 6(1)")
    check_date(case, on)
    asked = AdviceRequest.objects.create(
        case=case, kind=kind, role=role, name=name, email=email.lower(), user=user, what_is_asked=what, asked_on=on,
        asked_by=by, due_on=due_on(RETURN, {Fact.ADVICE_REQUESTED: on}),
    )  # fmt: skip
    add_event(case, Fact.ADVICE_REQUESTED, by=by, on=on, subject=asked)
    audit.record("ehcp.ask_for_advice", by=by, subject=case, role=role_of_asker, change={"asked": name, "kind": kind})
    tell("advice_requested", to=user or Recipient(name=name, email=email, address=""), about=case, at=at)
    return asked


@transaction.atomic
def save_advice(request_id: int, *, by: User, needs: str, outcomes: str, provision: str, author: str, at: datetime) -> Advice:
    """Keep the adviser's answer while they write it. Raises Http404 for anybody else, NotAllowed once it is sent."""
    asked = _own(request_id, by=by)
    advice, _ = Advice.objects.update_or_create(
        request=asked,
        defaults={"needs": needs, "outcomes": outcomes, "provision": provision, "author": author, "written_by": by, "saved_at": at},
    )
    return advice


@transaction.atomic
def submit_advice(request_id: int, *, by: User, on: date, at: datetime) -> Case:
    """Send the answer to the authority. Each must cover needs, outcomes and provision, or come as a report (reg 6(1)).

    Raises RuleBroken for an empty answer, NotAllowed for one already sent.
    """
    asked = _own(request_id, by=by)
    advice = Advice.objects.filter(request=asked).first()
    if advice is None or not (
        advice.document_id or (advice.needs.strip() and advice.outcomes.strip() and advice.provision.strip())
    ):
        raise RuleBroken("Say what the needs are, the outcomes to aim for and the provision that would help, or attach a report.")
    case = locked(asked.case_id)
    check_date(case, on)
    asked.state, asked.submitted_on = AdviceRequest.State.SUBMITTED, on
    asked.save(update_fields=["state", "submitted_on"])
    advice.submitted_at = at
    advice.save(update_fields=["submitted_at"])
    add_event(case, Fact.ADVICE_RECEIVED, by=by, on=on, subject=asked)
    audit.record("ehcp.submit_advice", by=by, subject=case, role=asked.role, change={"from": advice.author})
    if case.officer:
        tell("advice_received", to=case.officer, about=case, at=at)
    return case


def _own(request_id: int, *, by: User) -> AdviceRequest:
    asked = AdviceRequest.objects.select_for_update().select_related("case").get(pk=request_id)
    if asked.user_id == by.pk and asked.state != AdviceRequest.State.ASKED:
        raise NotAllowed("This advice has been sent. Ask the council if something must be put right.")
    access.require(by, Perm.ADVICE_SUBMIT, asked)
    return asked
