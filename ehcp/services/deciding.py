"""The authority's decisions on a request (CFA 2014 ss.36-37), each with its reasons, its notice and what it opens."""

from datetime import date, datetime

from django.db import transaction

from ehcp.models import Case, Decision, PlanVersion
from ehcp.selectors import rights_holders
from ehcp.services.casework import locked, make_move
from send.accounts.models import User
from send.errors import RuleBroken
from send.notifications.services import tell


@transaction.atomic
def decide_to_assess(case_id: int, *, by: User, on: date, reason: str, at: datetime) -> Case:
    """The authority decides that an EHC needs assessment is necessary (CFA 2014 s.36(8)).

    Raises NotAllowed if the case does not await this decision, RuleBroken without reasons or before the child is
    matched, Http404 or PermissionDenied if `by` may not.
    """
    return _decide(case_id, "decide_to_assess", Decision.Kind.ASSESS, by=by, on=on, reason=reason, at=at, tells="assessment_agreed")


@transaction.atomic
def refuse_to_assess(case_id: int, *, by: User, on: date, reason: str, what_instead: str, at: datetime) -> Case:
    """The authority decides that no assessment is necessary, with reasons and rights (CFA 2014 s.36(5); SEND Regs 2014 reg 5(3)).

    Raises as `decide_to_assess` does.
    """
    return _decide(
        case_id, "refuse_to_assess", Decision.Kind.REFUSE_ASSESS, by=by, on=on, reason=reason, at=at,
        tells="assessment_refused", what_instead=what_instead,
    )  # fmt: skip


@transaction.atomic
def decide_to_issue(case_id: int, *, by: User, on: date, reason: str, at: datetime) -> PlanVersion:
    """The authority decides that a plan is necessary (CFA 2014 s.37(1)), and the first version is begun."""
    case = _decide(case_id, "decide_to_issue", Decision.Kind.ISSUE, by=by, on=on, reason=reason, at=at, tells="plan_agreed")
    return PlanVersion.objects.create(
        case=case, authority_id=case.authority_id, number=1, started_by=by, started_at=at, rule_set=case.rule_set
    )


def _decide(case_id, move, kind, *, by, on, reason, at, tells, what_instead="") -> Case:
    case = locked(case_id)
    if not reason.strip():
        raise RuleBroken("Give the reasons for the decision. The family reads them.", law="SEND Regs 2014 reg 5(3)")
    if case.child_id is None:
        raise RuleBroken("Match the request to a child’s record first, so that the decision reaches the right family.")
    make_move(case, move, by=by, on=on, reason=reason)
    Decision.objects.create(
        case=case, authority_id=case.authority_id, kind=kind, on=on, reason=reason, what_instead=what_instead, by=by,
        rule_set=case.rule_set, notice_sent_on=on,
    )  # fmt: skip
    for person in rights_holders(case, on=on):
        tell(tells, to=person, about=case, decision=True, at=at)
    return case
