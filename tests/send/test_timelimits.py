"""The arithmetic that every table of time limits shares."""

from dataclasses import replace
from datetime import date

import pytest

from send.calendar import DaysBeginningWith, MonthsAfter, Weeks
from send.errors import RuleBroken
from send.timelimits import Also, Combined, Limit, Stage, check_exception, due_on, in_force, standing, working

DECIDE = Limit(
    "decide",
    "decide whether to assess",
    "received",
    Weeks(6),
    "SEND Regs 2014 reg 5(1)",
    "Received",
    met_by=frozenset({"agreed", "refused"}),
    ended_by=frozenset({"withdrawn"}),
    lifted_under=("school_closed",),
    lifting_law="SEND Regs 2014 reg 5(4)",
)
WINDOW = Limit(
    "window", "comment", "served", DaysBeginningWith(15), "reg 13(1)", "Served", met_by=frozenset({"finished"}), is_window=True
)
RECEIVED = {"received": date(2027, 3, 2)}  # due on 13 April 2027


def test_a_clock_that_nothing_started_has_no_date():
    assert due_on(DECIDE, {}) is None
    assert working(DECIDE, {}) is None
    assert standing(DECIDE, {}, on=date(2027, 3, 2)).stage is Stage.NOT_STARTED


def test_the_date_comes_with_its_working():
    work = working(DECIDE, RECEIVED)
    assert work.due_on == date(2027, 4, 13)
    assert work.sentence == "Received on 2 March 2027; six weeks after that day is 13 April 2027 (SEND Regs 2014 reg 5(1))."


@pytest.mark.parametrize(
    ("on", "stage", "days", "words"),
    [
        (date(2027, 3, 1), Stage.NOT_STARTED, 0, "Not started"),
        (date(2027, 3, 2), Stage.RUNNING, 42, "42 days left"),
        (date(2027, 4, 12), Stage.RUNNING, 1, "1 day left"),
        (date(2027, 4, 13), Stage.RUNNING, 0, "Due today"),
        (date(2027, 4, 14), Stage.LATE, 1, "1 day late"),
        (date(2027, 5, 1), Stage.LATE, 18, "18 days late"),
    ],
)
def test_a_duty_runs_to_its_last_day_and_is_late_the_day_after(on, stage, days, words):
    stands = standing(DECIDE, RECEIVED, on=on)
    assert (stands.stage, stands.days, stands.in_words) == (stage, days, words)


@pytest.mark.parametrize(
    ("met_on", "stage", "words"),
    [
        (date(2027, 4, 12), Stage.MET_IN_TIME, "Done in time"),
        (date(2027, 4, 13), Stage.MET_IN_TIME, "Done in time"),
        (date(2027, 4, 14), Stage.MET_LATE, "Done 1 day late"),
    ],
)
def test_a_duty_is_met_in_time_up_to_and_on_its_last_day(met_on, stage, words):
    stands = standing(DECIDE, RECEIVED | {"refused": met_on}, on=date(2027, 6, 1))
    assert (stands.stage, stands.in_words) == (stage, words)
    assert stands.working.met_on == met_on
    assert not stands.is_late


def test_the_first_of_two_facts_that_meet_a_duty_counts():
    facts = RECEIVED | {"refused": date(2027, 4, 10), "agreed": date(2027, 5, 20)}
    assert standing(DECIDE, facts, on=date(2027, 6, 1)).working.met_on == date(2027, 4, 10)


def test_an_exception_stands_beside_the_date_and_never_moves_it():
    stands = standing(DECIDE, RECEIVED, on=date(2027, 4, 14), lifted=("school_closed",))
    assert stands.stage is Stage.LATE_WITH_EXCEPTION
    assert stands.in_words == "1 day late, exception claimed"
    assert stands.working.due_on == date(2027, 4, 13)
    assert stands.is_late


def test_a_duty_met_late_under_an_exception_says_both():
    stands = standing(DECIDE, RECEIVED | {"agreed": date(2027, 4, 15)}, on=date(2027, 6, 1), lifted=("school_closed",))
    assert stands.in_words == "Done 2 days late, exception claimed"


def test_an_exception_claimed_for_a_duty_still_in_time_changes_nothing():
    assert standing(DECIDE, RECEIVED, on=date(2027, 4, 13), lifted=("school_closed",)).stage is Stage.RUNNING


def test_an_exception_of_another_law_does_not_count():
    assert standing(DECIDE, RECEIVED, on=date(2027, 4, 14), lifted=("missed_appointment",)).stage is Stage.LATE
    with pytest.raises(RuleBroken, match="does not apply to the time limit to decide whether to assess") as refused:
        check_exception(DECIDE, "missed_appointment")
    assert refused.value.law == "SEND Regs 2014 reg 5(4)"


@pytest.mark.parametrize("withdrawn_on", [date(2027, 4, 1), date(2027, 5, 1)])
def test_a_clock_that_ended_leaves_nobody_late(withdrawn_on):
    stands = standing(DECIDE, RECEIVED | {"withdrawn": withdrawn_on}, on=date(2027, 6, 1))
    assert (stands.stage, stands.is_late, stands.in_words) == (Stage.ENDED, False, "Ended")


def test_a_duty_done_before_the_request_was_withdrawn_stays_done():
    facts = RECEIVED | {"agreed": date(2027, 4, 1), "withdrawn": date(2027, 4, 1)}
    assert standing(DECIDE, facts, on=date(2027, 6, 1)).stage is Stage.MET_IN_TIME


def test_what_happened_later_is_not_known_yet():
    facts = RECEIVED | {"agreed": date(2027, 4, 20)}
    assert standing(DECIDE, facts, on=date(2027, 4, 19)).stage is Stage.LATE
    assert standing(DECIDE, facts, on=date(2027, 4, 20)).stage is Stage.MET_LATE


@pytest.mark.parametrize(
    ("on", "stage"),
    [(date(2027, 1, 1), Stage.RUNNING), (date(2027, 1, 2), Stage.WINDOW_CLOSED), (date(2027, 3, 1), Stage.WINDOW_CLOSED)],
)
def test_a_window_closes_and_is_never_late(on, stage):
    """SEND Regs 2014 reg 13(1)(a): served on 18 December 2026, last day 1 January 2027."""
    stands = standing(WINDOW, {"served": date(2026, 12, 18)}, on=on)
    assert (stands.stage, stands.is_late) == (stage, False)


def test_a_fact_that_decides_the_date_is_waited_for_and_named():
    later = Combined("the later of two", lambda day, facts: max(day, facts["other"]))
    limit = Limit("both", "do it", "one", later, "a law", "One", also=(Also("other", "the other"),))
    assert due_on(limit, {"one": date(2027, 3, 4)}) is None
    work = working(limit, {"one": date(2027, 3, 4), "other": date(2027, 3, 9)})
    assert work.sentence == "One on 4 March 2027, the other on 9 March 2027; the later of two is 9 March 2027 (a law)."


def test_a_date_before_a_coming_event_runs_before_the_event():
    """SEND Regs 2014 reg 18(2): five months before a move on 1 September 2027."""
    limit = Limit("move", "review", "move", MonthsAfter(-5), "reg 18(2)", "Move", counts_back=True)
    facts = {"move": date(2027, 9, 1)}
    assert standing(limit, facts, on=date(2027, 4, 1)).in_words == "Due today"
    assert standing(limit, facts, on=date(2027, 4, 2)).stage is Stage.LATE


def test_staff_are_told_to_act_on_the_working_day_before():
    assert working(DECIDE, {"received": date(2026, 11, 13)}).act_by == date(2026, 12, 24)  # due on Christmas Day
    assert working(DECIDE, RECEIVED).act_by == date(2027, 4, 13)
    assert working(DECIDE, {"received": date(2029, 3, 1)}).act_by is None


@pytest.mark.parametrize(
    ("on", "applies"),
    [(date(2027, 8, 31), False), (date(2027, 9, 1), True), (date(2028, 8, 31), True), (date(2028, 9, 1), False)],
)
def test_a_limit_is_in_force_from_and_to_its_days_inclusive(on, applies):
    dated = replace(DECIDE, in_force_from=date(2027, 9, 1), in_force_to=date(2028, 8, 31))
    assert bool(in_force([dated], on=on)) is applies


def test_the_rows_of_a_rule_set_apply_only_where_it_is_chosen():
    proposed = replace(DECIDE, code="proposed", rule_set="green_paper_2022")
    codes = [limit.code for limit in in_force([DECIDE, proposed], on=date(2027, 3, 2))]
    assert codes == ["decide"]
    assert len(in_force([DECIDE, proposed], on=date(2027, 3, 2), rule_set="green_paper_2022")) == 2
