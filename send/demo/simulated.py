"""Simulated cases for every authority, so that lists and figures have something to show.

They are rows and nothing more: no trail, no people who sign in, no answers of a family, no plan inside. Each is
matched to its child, since there is no request to match. Everything about them is drawn from one
fixed seed, so that the same day gives the same cases in any database; only the outside identifiers differ.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count

from ehcp import references
from ehcp.models import Assignment, Case, CaseDeadline, CaseEvent, Request
from ehcp.services.casework import deadlines_from, put_on_the_list
from ehcp.states import ENDED, State
from ehcp.timeline import Fact
from send.accounts.models import User
from send.organisations.models import LocalAuthority
from send.people.models import Child
from send.people.rules import compulsory_school_age_ends

SEED = 2014
HOW_MANY = 5000
BATCH = 2000
AT_LEAST = 5  # in each authority, while there are that many
DAYS_BACK = 400
A_CASELOAD = 20
BY = "Simulated council"
SATURDAY = 5


@dataclass(frozen=True)
class Step:
    """One step of a simulated case: after how many days in time, and late; how often late; how often the case ends here instead."""

    fact: Fact
    state: State
    in_time: tuple[int, int]
    late: tuple[int, int]
    is_late: float
    ends: float = 0
    end_fact: Fact | None = None
    end_state: State | None = None


# Chances for show, not findings: they say nothing about any council.
STEPS = (
    Step(Fact.ASSESSMENT_AGREED, State.ASSESSING, (18, 42), (43, 75), 0.15, 0.25, Fact.ASSESSMENT_REFUSED, State.REFUSED_TO_ASSESS),
    Step(Fact.PLAN_AGREED, State.DRAFTING, (40, 66), (67, 130), 0.3, 0.06, Fact.PLAN_REFUSED, State.REFUSED_TO_ISSUE),
    Step(Fact.DRAFT_SERVED, State.DRAFT_WITH_FAMILY, (3, 12), (13, 40), 0.3),
    Step(Fact.PLAN_FINALISED, State.FINAL, (16, 22), (23, 60), 0.3),
)
WITHDRAWN = 0.03


def make(how_many: int, *, today: date, at: datetime, caseloads: dict[User, LocalAuthority], say: Callable[[str], object]) -> int:
    """Write the cases in batches and give each of these officers a caseload; answers how many cases were made."""
    chance = random.Random(SEED)
    taken = set(Case.objects.values_list("reference", flat=True))
    places = _places(chance, how_many)
    for first in range(0, how_many, BATCH):
        some = [_simulate(number, places[number], chance, taken, today) for number in range(first, min(first + BATCH, how_many))]
        _write(some, at)
        say(f"  {first + len(some)} of {how_many}")
    for officer, authority in caseloads.items():
        _give(officer, authority, today)
    return how_many


def walk(chance: random.Random, received_on: date, today: date) -> tuple[State, list[tuple[Fact, date]]]:
    """Where a case has got to by today and the dated facts on its way. No step of it lies after today. Pure, given the chances."""
    state, facts = State.REQUESTED, [(Fact.REQUEST_RECEIVED, received_on)]
    for step in STEPS:
        bounds = step.late if chance.random() < step.is_late else step.in_time
        on = _working_week(facts[-1][1] + timedelta(days=chance.randint(*bounds)))
        if on > today:
            break
        if chance.random() < WITHDRAWN:
            return State.WITHDRAWN, [*facts, (Fact.REQUEST_WITHDRAWN, on)]
        if chance.random() < step.ends:
            return step.end_state, [*facts, (step.end_fact, on)]
        state = step.state
        facts.append((step.fact, on))
    return state, facts


@dataclass
class Simulated:
    """One case with the rows that hang on it, not yet in the database."""

    case: Case
    facts: list[tuple[Fact, date]]
    deadlines: list[CaseDeadline]


def _simulate(number: int, authority: LocalAuthority, chance: random.Random, taken: set[str], today: date) -> Simulated:
    received_on = today - timedelta(days=chance.randint(0, DAYS_BACK))
    state, facts = walk(chance, received_on, today)
    child = _child(number, authority, chance, today)
    case = Case(
        reference=_reference(chance, taken), authority=authority, child=child,
        name_as_asked=child.full_name, state=state, received_on=received_on, rule_set=authority.rule_set,
        asked_by_kind=chance.choice([Request.AskedBy.PARENT, Request.AskedBy.PARENT, Request.AskedBy.SETTING]),
        last_event=facts[-1][0], last_event_on=facts[-1][1], ended_on=facts[-1][1] if state in ENDED else None,
    )  # fmt: skip
    deadlines = list(deadlines_from(case, {case.uuid: dict(facts)}))
    put_on_the_list(case, deadlines)
    return Simulated(case, facts, deadlines)


def _child(number: int, authority: LocalAuthority, chance: random.Random, today: date) -> Child:
    born_on = today - timedelta(days=chance.randint(3 * 365, 18 * 365))
    return Child(
        authority=authority, given_names="Simulated", family_name=f"Child {number + 1:05}", born_on=born_on,
        rights_pass_after=compulsory_school_age_ends(born_on),
    )  # fmt: skip


def _write(some: list[Simulated], at: datetime) -> None:
    Child.objects.bulk_create([each.case.child for each in some])
    Case.objects.bulk_create([each.case for each in some])
    CaseEvent.objects.bulk_create(
        CaseEvent(
            case=each.case,
            authority_id=each.case.authority_id,
            subject=each.case.uuid,
            kind=fact,
            on=on,
            recorded_at=at,
            by_name=BY,
        )
        for each in some
        for fact, on in each.facts
    )
    CaseDeadline.objects.bulk_create([row for each in some for row in each.deadlines])


def _places(chance: random.Random, how_many: int) -> list[LocalAuthority]:
    """Which authority each case is in: some in each, the rest by how many settings it has."""
    open_now = LocalAuthority.objects.filter(closed_on__isnull=True).annotate(size=Count("settings")).order_by("code")
    authorities = list(open_now)
    some_in_each = (authorities * AT_LEAST)[:how_many]
    weights = [1 + authority.size for authority in authorities]
    return some_in_each + chance.choices(authorities, weights, k=how_many - len(some_in_each))


def _give(officer: User, authority: LocalAuthority, today: date) -> None:
    """Open simulated cases of the authority, already matched, as this officer's caseload."""
    theirs = Case.objects.filter(
        authority=authority, officer__isnull=True, child__given_names="Simulated", next_due_on__isnull=False
    ).order_by("name_as_asked")[:A_CASELOAD]
    cases = list(theirs)
    Assignment.objects.bulk_create([Assignment(case=case, user=officer, starts_on=today) for case in cases])
    Case.objects.filter(pk__in=[case.pk for case in cases]).update(officer=officer)


def _reference(chance: random.Random, taken: set[str]) -> str:
    return next(made for made in _references(chance) if made not in taken and not taken.add(made))


def _references(chance: random.Random) -> Iterator[str]:
    while True:
        body = "".join(chance.choices(references.ALPHABET, k=7))
        yield references.read_reference(body + references.check_letter(body))


def _working_week(on: date) -> date:
    """Councils write on Monday to Friday: a weekend moves to Monday."""
    return on + timedelta(days=max(0, 7 - on.weekday())) if on.weekday() >= SATURDAY else on
