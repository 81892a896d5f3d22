"""What every verb shares: lock the case, make a lawful move, write the event, rewrite the deadlines from the facts."""

from collections.abc import Iterable
from datetime import date

from ehcp.models import AdviceRequest, Case, CaseDeadline, CaseEvent
from ehcp.process import PROCESS
from ehcp.selectors import facts_of
from ehcp.states import ENDED
from ehcp.timeline import LIMITS, Fact, Subject
from send import access, clock
from send.audit import services as audit
from send.errors import RuleBroken
from send.timelimits import in_force, working

ON_THE_WORK_LIST = {str(Subject.CASE), str(Subject.ADVICE_REQUEST), str(Subject.VERSION)}


def locked(case_id: int) -> Case:
    """The case, locked for this transaction (select for update; on SQLite the transaction itself is the lock)."""
    return Case.objects.select_for_update().get(pk=case_id)


def make_move(case: Case, name: str, *, by, on: date, reason: str = "", subject=None, change: dict | None = None) -> None:
    """Check, change and record one row of the process table.

    Raises NotAllowed if the state does not allow it, Http404 or PermissionDenied if `by` may not, RuleBroken if `on` is
    in the future or before the request.
    """
    move = PROCESS.move(name, state=case.state)
    role = access.require(by, move.needs, case)
    check_date(case, on)
    before, case.state = case.state, move.target
    if case.state in ENDED:
        case.ended_on = on
    add_event(case, Fact(move.fact), by=by, on=on, reason=reason, subject=subject)
    audit.record(
        f"ehcp.{name}", by=by, subject=case, role=role, change={"state": [before, case.state]} | (change or {}), why=reason
    )


def check_date(case: Case, on: date) -> None:
    """A legal date lies between the day the request was received and today. Raises RuleBroken."""
    if on > clock.today():
        raise RuleBroken("The date cannot be in the future.")
    if on < case.received_on:
        raise RuleBroken("The date cannot be before the day the request was received.")


def add_event(case: Case, fact: Fact, *, by, on: date, reason: str = "", subject=None) -> CaseEvent:
    """Write what happened, on its legal date, and bring the case's index of deadlines up to date."""
    event = CaseEvent.objects.create(
        case=case, authority_id=case.authority_id, subject=(subject or case).uuid, kind=fact, on=on,
        recorded_at=clock.now(), by_name=getattr(by, "name", str(by))[:200], reason=reason,
    )  # fmt: skip
    case.last_event, case.last_event_on = fact, on
    rewrite_deadlines(case)
    return event


def deadlines_from(case: Case, facts: dict) -> Iterable[CaseDeadline]:
    """Every limit whose clock has started, for each of its subjects."""
    ending = {kind: on for kind, on in facts.get(case.uuid, {}).items() if kind in _ENDING}
    for subject, own in facts.items():
        for limit in in_force(LIMITS, on=case.received_on):
            work = working(limit, own | ending) if limit.subject in ON_THE_WORK_LIST and limit.runs_from in own else None
            if work is not None and work.due_on is not None:
                yield CaseDeadline(
                    case=case, authority_id=case.authority_id, subject=subject, code=limit.code, duty=limit.duty,
                    started_on=work.started_on, due_on=work.due_on, met_on=work.met_on or _ended(limit, own | ending),
                )  # fmt: skip


_ENDING = {Fact.REQUEST_WITHDRAWN, Fact.MOVED_AWAY, Fact.DIED, Fact.ASSESSMENT_REFUSED, Fact.PLAN_REFUSED, Fact.PLAN_FINALISED}


def _ended(limit, facts) -> date | None:
    """The day on which something ended this clock with nobody late (a withdrawn request)."""
    return min((facts[kind] for kind in limit.ended_by if kind in facts), default=None)


def rewrite_deadlines(case: Case) -> None:
    """Put the index of deadlines in line with the facts, and the case's own next date with it, and save the case."""
    rows = list(deadlines_from(case, facts_of(case)))
    CaseDeadline.objects.filter(case=case).delete()
    CaseDeadline.objects.bulk_create(rows)
    asked = AdviceRequest.objects.filter(case=case, state=AdviceRequest.State.ASKED).order_by("asked_on").first()
    put_on_the_list(case, rows, asked=asked)
    case.save()


def put_on_the_list(case: Case, rows: list[CaseDeadline], *, asked: AdviceRequest | None = None) -> None:
    """What the work list shows of the case: its soonest open duty, and whom it waits for. Asks and saves nothing."""
    duties = [row for row in rows if row.met_on is None and row.code not in _WINDOWS]
    soonest = min(duties, key=lambda row: row.due_on, default=None)
    case.next_duty, case.next_due_on = (soonest.duty, soonest.due_on) if soonest and case.state not in ENDED else ("", None)
    case.waiting_for, case.waiting_since = _waiting(case, asked)


_WINDOWS = frozenset(limit.code for limit in LIMITS if limit.is_window)


def _waiting(case: Case, asked: AdviceRequest | None) -> tuple[str, date | None]:
    """Whom the case waits for, since when: the oldest unanswered request for advice, the family, or the council itself."""
    if case.state in ENDED or not case.last_event_on:
        return "", None
    if case.state == "assessing" and asked:
        return asked.name[:60], asked.asked_on
    if case.state == "draft_with_family":
        return "the family", case.last_event_on
    return "the council", case.last_event_on
