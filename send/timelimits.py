"""Time limits: what must be done, from which fact, within what, under which law; and how a duty stands on a day.

The arithmetic that every `timeline.py` shares. Pure: facts are dated, `on` is an argument, and nothing is counted down.
A lawful exception never moves the date: it stands beside it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from send.calendar import PastKnownHolidays, Period, day_in_words, working_day_on_or_before
from send.errors import RuleBroken

IN_FORCE = "in_force"

Facts = Mapping[str, date]


@dataclass(frozen=True)
class Also:
    """Another dated fact that a limit looks at, in the words that its working uses."""

    fact: str
    words: str
    is_needed: bool = True


@dataclass(frozen=True)
class Combined:
    """A period that more than one fact decides, such as the later of two. `work(started_on, facts)` gives the last day."""

    in_words: str
    work: Callable[[date, Facts], date]


@dataclass(frozen=True)
class Limit:
    """One row of law: the duty, the fact that starts its clock, those that meet it, and how long.

    `ended_by` are facts that end the clock with nobody late (a request withdrawn). `is_window` marks time that somebody
    is given, which closes and is never late. `counts_back` marks a date before a coming event.
    `in_force_from` and `in_force_to` are inclusive, and about the clock's start.
    """

    code: str
    duty: str
    runs_from: str
    within: Period | Combined
    law: str
    started: str
    subject: str = "case"
    met_by: frozenset[str] = frozenset()
    ended_by: frozenset[str] = frozenset()
    also: tuple[Also, ...] = ()
    lifted_under: tuple[str, ...] = ()
    lifting_law: str = ""
    statutory: bool = True
    is_window: bool = False
    counts_back: bool = False
    in_force_from: date | None = None
    in_force_to: date | None = None
    rule_set: str = IN_FORCE


@dataclass(frozen=True)
class Working:
    """A computed date with how it came about. `due_on` is the statutory date, exception or not."""

    limit: Limit
    started_on: date
    due_on: date
    met_on: date | None = None
    lifted_under: tuple[str, ...] = ()
    sentence: str = ""

    @property
    def act_by(self) -> date | None:
        """The working day on or before the due date, since dates under the Regulations do not roll.

        None past the known holidays.
        """
        try:
            return working_day_on_or_before(self.due_on)
        except PastKnownHolidays:
            return None


class Stage(StrEnum):
    """How a duty stands."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    MET_IN_TIME = "met_in_time"
    MET_LATE = "met_late"
    MET_LATE_WITH_EXCEPTION = "met_late_with_exception"
    LATE = "late"
    LATE_WITH_EXCEPTION = "late_with_exception"
    WINDOW_CLOSED = "window_closed"
    ENDED = "ended"


IS_LATE = frozenset({Stage.LATE, Stage.LATE_WITH_EXCEPTION})


@dataclass(frozen=True)
class Standing:
    """How one duty stands on one day. `days` are calendar days left while it runs, and days late when it is or was late."""

    limit: Limit
    stage: Stage
    days: int = 0
    working: Working | None = None

    @property
    def is_late(self) -> bool:
        """Late and still not done."""
        return self.stage in IS_LATE

    @property
    def in_words(self) -> str:
        """'9 days left', '3 days late, exception claimed'."""
        days = f"{self.days} day{'' if self.days == 1 else 's'}"
        return {
            Stage.NOT_STARTED: "Not started",
            Stage.RUNNING: f"{days} left" if self.days else "Due today",
            Stage.MET_IN_TIME: "Done in time",
            Stage.MET_LATE: f"Done {days} late",
            Stage.MET_LATE_WITH_EXCEPTION: f"Done {days} late, exception claimed",
            Stage.LATE: f"{days} late",
            Stage.LATE_WITH_EXCEPTION: f"{days} late, exception claimed",
            Stage.WINDOW_CLOSED: "Closed",
            Stage.ENDED: "Ended",
        }[self.stage]


def in_force(limits: Iterable[Limit], *, on: date, rule_set: str = IN_FORCE) -> tuple[Limit, ...]:
    """The limits that a clock starting on that day is under: the law in force, and the rows of the area's own rule set."""
    return tuple(
        limit
        for limit in limits
        if limit.rule_set in (IN_FORCE, rule_set) and (limit.in_force_from or on) <= on <= (limit.in_force_to or on)
    )


def due_on(limit: Limit, facts: Facts) -> date | None:
    """The last day in time, or None while the clock has not started (or a fact that decides the date is not known yet)."""
    started_on = facts.get(limit.runs_from)
    if started_on is None or any(each.is_needed and each.fact not in facts for each in limit.also):
        return None
    if isinstance(limit.within, Combined):
        return limit.within.work(started_on, facts)
    return limit.within.after(started_on)


def working(limit: Limit, facts: Facts, *, lifted: Iterable[str] = ()) -> Working | None:
    """The date and how it was worked out, or None while the clock has not started.

    Of `lifted`, the exceptions claimed, those that this limit knows are kept.
    """
    if (due := due_on(limit, facts)) is None:
        return None
    claimed = tuple(code for code in lifted if code in limit.lifted_under)
    return Working(limit, facts[limit.runs_from], due, _first(limit.met_by, facts), claimed, _sentence(limit, facts, due))


def standing(limit: Limit, facts: Facts, *, on: date, lifted: Iterable[str] = ()) -> Standing:
    """How the duty stands at the end of the day `on`; facts dated after it are not known yet.

    Done counts before ended on the same day, and whichever came first otherwise.
    """
    ahead = {each.fact for each in limit.also if each.is_needed}  # a coming move is known before its day
    if limit.counts_back:
        ahead.add(limit.runs_from)
    known = {fact: day for fact, day in facts.items() if day <= on or fact in ahead}
    if (work := working(limit, known, lifted=lifted)) is None:
        return Standing(limit, Stage.NOT_STARTED)
    ended_on = _first(limit.ended_by, known)
    if ended_on is not None and (work.met_on is None or ended_on < work.met_on):
        return Standing(limit, Stage.ENDED, working=work)
    return _standing_of(limit, work, on)


def check_exception(limit: Limit, code: str) -> None:
    """Raise RuleBroken unless the law of this limit knows the exception."""
    if code not in limit.lifted_under:
        raise RuleBroken(f"That exception does not apply to the time limit to {limit.duty}.", law=limit.lifting_law or limit.law)


def _standing_of(limit: Limit, work: Working, on: date) -> Standing:
    days_over = ((work.met_on or on) - work.due_on).days
    claimed = bool(work.lifted_under)
    if days_over <= 0:
        return Standing(limit, Stage.MET_IN_TIME if work.met_on else Stage.RUNNING, 0 if work.met_on else -days_over, work)
    if limit.is_window:
        return Standing(limit, Stage.WINDOW_CLOSED, working=work)
    if work.met_on:
        return Standing(limit, Stage.MET_LATE_WITH_EXCEPTION if claimed else Stage.MET_LATE, days_over, work)
    return Standing(limit, Stage.LATE_WITH_EXCEPTION if claimed else Stage.LATE, days_over, work)


def _first(kinds: Iterable[str], facts: Facts) -> date | None:
    return min((facts[kind] for kind in kinds if kind in facts), default=None)


def _sentence(limit: Limit, facts: Facts, due: date) -> str:
    """'Received on 2 March 2027; six weeks after that day is 13 April 2027 (SEND Regs 2014 reg 5(1)).'"""
    known = [f"{limit.started} on {day_in_words(facts[limit.runs_from])}"]
    if isinstance(limit.within, Combined):
        known += [f"{each.words} on {day_in_words(facts[each.fact])}" for each in limit.also if each.fact in facts]
    return f"{', '.join(known)}; {limit.within.in_words} is {day_in_words(due)} ({limit.law})."
