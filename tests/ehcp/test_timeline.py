"""Every row of the table of time limits, with its law; the exceptions; and the dates that several facts decide."""

from datetime import date, timedelta

import pytest

from ehcp.timeline import (
    BY_CODE,
    EXCEPTIONS,
    LIMITS,
    OTHER_RULES,
    Fact,
    absent_from_area_exception_available,
    appeal_last_day,
    personal_circumstances_exception_available,
    school_closed_exception_available,
)
from send.calendar import PastKnownHolidays
from send.timelimits import Stage, due_on, in_force, standing, working

REVIEW_OF_2026 = {Fact.LAST_REVIEW: date(2026, 3, 20)}
MOVE_OF_2026 = {Fact.MOVE: date(2026, 12, 21)}
CERTIFICATE = {Fact.CERTIFICATE_ISSUED: date(2027, 1, 20)}

ROWS = [
    ("assess_decision_6w", date(2027, 3, 2), {}, date(2027, 4, 13), "SEND Regs 2014 reg 5(1)"),
    ("advice_return_6w", date(2026, 11, 13), {}, date(2026, 12, 25), "SEND Regs 2014 reg 8(1)"),
    ("no_plan_16w", date(2026, 9, 4), {}, date(2026, 12, 25), "SEND Regs 2014 reg 10(1)"),
    ("draft_window_15d", date(2028, 2, 15), {}, date(2028, 2, 29), "SEND Regs 2014 reg 13(1)(a)"),
    ("school_consult_15d", date(2028, 2, 15), {}, date(2028, 3, 1), "Code of Practice 9.83"),
    ("final_plan_20w", date(2028, 1, 20), {}, date(2028, 6, 8), "SEND Regs 2014 reg 13(2)"),
    ("reassess_decision_15d", date(2028, 2, 14), {}, date(2028, 2, 29), "SEND Regs 2014 reg 25"),
    ("reassess_final_14w", date(2027, 1, 8), {}, date(2027, 4, 16), "SEND Regs 2014 reg 27(2)"),
    ("transfer_15wd", date(2026, 12, 17), MOVE_OF_2026, date(2027, 1, 11), "SEND Regs 2014 reg 15(2)"),
    ("transfer_notice_6w", date(2027, 1, 11), {}, date(2027, 2, 22), "SEND Regs 2014 reg 15(4)"),
    ("transfer_review", date(2027, 1, 11), REVIEW_OF_2026, date(2027, 4, 10), "SEND Regs 2014 reg 15(5)"),
    ("review_12m", date(2028, 2, 29), {}, date(2029, 2, 28), "CFA 2014 s.44(1)"),
    ("review_report_2w", date(2027, 3, 12), {}, date(2027, 3, 26), "SEND Regs 2014 reg 20(7)-(9)"),
    ("review_decision_4w", date(2027, 3, 12), {}, date(2027, 4, 9), "SEND Regs 2014 reg 20(10)"),
    ("amend_notice_4w", date(2026, 11, 12), {}, date(2026, 12, 10), "[2022] EWHC 493 (Admin)"),
    ("amend_window_15d", date(2026, 12, 18), {}, date(2027, 1, 1), "SEND Regs 2014 reg 22(2)(c)"),
    ("amended_final_8w", date(2026, 12, 10), {}, date(2027, 2, 4), "SEND Regs 2014 reg 22(3)"),
    ("phase_transfer_other", date(2027, 9, 1), {}, date(2027, 2, 14), "SEND Regs 2014 reg 18(1)(b)"),
    ("phase_transfer_post16", date(2028, 9, 4), {}, date(2028, 3, 30), "SEND Regs 2014 reg 18(1)(a)"),
    ("post16_move_5m", date(2027, 9, 1), {}, date(2027, 4, 1), "SEND Regs 2014 reg 18(2)"),
    ("mediation_contact_2m", date(2026, 12, 31), {}, date(2027, 2, 28), "SEND Regs 2014 reg 33"),
    ("mediation_certificate_3wd", date(2027, 3, 25), {}, date(2027, 4, 1), "CFA 2014 s.55(4)-(5)"),
    ("mediation_health_notice_3wd", date(2026, 12, 23), {}, date(2026, 12, 30), "SEND Regs 2014 reg 35"),
    ("mediation_arrange_30d", date(2027, 1, 30), {}, date(2027, 3, 1), "SEND Regs 2014 reg 36"),
    ("agreement_other_2w", date(2028, 2, 15), {}, date(2028, 2, 29), "SEND Regs 2014 reg 42"),
    ("agreement_notify_1w", date(2028, 2, 22), {}, date(2028, 2, 29), "SEND Regs 2014 reg 42"),
    ("appeal_deadline", date(2026, 12, 31), CERTIFICATE, date(2027, 3, 1), "SI 2008/2699 rules 20(1)(c), 12"),
    ("la_response_30wd", date(2026, 7, 15), {}, date(2026, 9, 24), "SI 2008/2699 rules 21, 12(3)(b)"),
    ("order_assess_notify_2w", date(2026, 10, 9), {}, date(2026, 10, 23), "SEND Regs 2014 reg 44(2)"),
    ("order_assess_no_plan_10w", date(2026, 10, 9), {}, date(2026, 12, 18), "SEND Regs 2014 reg 44(2)"),
    ("order_assess_final_14w", date(2026, 10, 9), {}, date(2027, 1, 15), "SEND Regs 2014 reg 44(2)(b)(ii)"),
    ("order_draft_5w", date(2026, 10, 9), {}, date(2026, 11, 13), "SEND Regs 2014 reg 44(2)"),
    ("order_final_11w", date(2026, 10, 9), {}, date(2026, 12, 25), "SEND Regs 2014 reg 44(2)"),
    ("order_reconsider_2w", date(2026, 10, 9), {}, date(2026, 10, 23), "SEND Regs 2014 reg 44(2)"),
    ("order_amend_5w", date(2026, 10, 9), {}, date(2026, 11, 13), "SEND Regs 2014 reg 44(2)"),
    ("order_name_2w", date(2026, 10, 9), {}, date(2026, 10, 23), "SEND Regs 2014 reg 44(2)"),
    ("order_maintain_now", date(2026, 10, 9), {}, date(2026, 10, 9), "SEND Regs 2014 reg 44(2)"),
    ("order_maintain_amend_5w", date(2026, 10, 9), {}, date(2026, 11, 13), "SEND Regs 2014 reg 44(2)"),
    ("order_cease_now", date(2026, 10, 9), {}, date(2026, 10, 9), "SEND Regs 2014 reg 44(2)"),
    ("recommendation_response_5w", date(2026, 10, 9), {}, date(2026, 11, 13), "SI 2017/1306 regs 6-7"),
    ("dd_claim_6m", date(2026, 2, 20), {}, date(2026, 8, 19), "Equality Act 2010 Sch 17 para 4"),
    ("ombudsman_12m", date(2028, 2, 29), {}, date(2029, 2, 28), "Local Government Act 1974 s.26B"),
    ("jr_3m", date(2026, 11, 30), {}, date(2027, 2, 28), "CPR 54.5"),
    ("sar_1m", date(2027, 1, 31), {}, date(2027, 3, 1), "UK GDPR art 12(3)"),
]
A_DAY = timedelta(days=1)


@pytest.mark.parametrize(("code", "started_on", "others", "due", "law"), ROWS, ids=[row[0] for row in ROWS])
def test_each_limit_falls_on_the_day_its_law_says(code, started_on, others, due, law):
    limit = BY_CODE[code]
    facts = {limit.runs_from: started_on, **others}
    assert due_on(limit, facts) == due
    assert law in limit.law
    assert limit.law in working(limit, facts).sentence


@pytest.mark.parametrize(("code", "started_on", "others", "due", "law"), ROWS, ids=[row[0] for row in ROWS])
def test_each_limit_is_in_time_on_its_last_day_and_over_the_day_after(code, started_on, others, due, law):
    limit = BY_CODE[code]
    facts = {limit.runs_from: started_on, **others}
    assert standing(limit, facts, on=due).in_words == "Due today"
    assert standing(limit, facts, on=due + A_DAY).stage is (Stage.WINDOW_CLOSED if limit.is_window else Stage.LATE)


@pytest.mark.parametrize("limit", [limit for limit in (*LIMITS, *OTHER_RULES) if limit.met_by], ids=lambda limit: limit.code)
def test_each_fact_that_meets_a_limit_meets_it_in_time_on_the_last_day(limit):
    row = next(row for row in ROWS if row[0] == limit.code)
    for fact in limit.met_by:
        facts = {limit.runs_from: row[1], fact: row[3]}
        assert standing(limit, facts, on=date(2029, 12, 31)).stage is Stage.MET_IN_TIME


def test_every_row_of_the_table_is_tested_and_named_once():
    assert {row[0] for row in ROWS} == set(BY_CODE)
    assert len(BY_CODE) == len(LIMITS) + len(OTHER_RULES)


def test_every_exception_that_a_limit_names_is_described():
    assert {code for limit in BY_CODE.values() for code in limit.lifted_under} == set(EXCEPTIONS)


def test_a_limit_with_exceptions_says_which_regulation_gives_them():
    assert BY_CODE["assess_decision_6w"].lifting_law == "SEND Regs 2014 reg 5(4)"
    assert BY_CODE["no_plan_16w"].lifting_law == "SEND Regs 2014 reg 10(4)"
    assert BY_CODE["final_plan_20w"].lifting_law == "SEND Regs 2014 reg 13(3)"
    assert [limit.code for limit in BY_CODE.values() if limit.lifted_under and not limit.lifting_law] == []


def test_closing_of_a_school_is_no_exception_for_advice():
    """SEND Regs 2014 reg 8(2) has no such case, unlike reg 10(4)(a)."""
    assert "school_closed" not in BY_CODE["advice_return_6w"].lifted_under
    assert "school_closed" in BY_CODE["final_plan_20w"].lifted_under


def test_the_family_window_and_the_reviews_know_no_exception():
    """SEND Regs 2014 regs 13(1), 20, 22: summer does not excuse them."""
    codes = ("draft_window_15d", "review_12m", "review_report_2w", "review_decision_4w", "amend_notice_4w", "amended_final_8w")
    assert [code for code in codes if BY_CODE[code].lifted_under] == []


def test_only_the_answer_of_a_setting_is_guidance_and_not_law():
    assert [limit.code for limit in LIMITS if not limit.statutory] == ["school_consult_15d"]


@pytest.mark.parametrize("ending", [Fact.REQUEST_WITHDRAWN, Fact.MOVED_AWAY, Fact.DIED])
def test_withdrawal_a_move_or_a_death_ends_the_clocks_of_a_case_without_lateness(ending):
    facts = {Fact.REQUEST_RECEIVED: date(2026, 5, 11), ending: date(2026, 11, 2)}
    stages = {
        standing(BY_CODE[code], facts, on=date(2026, 12, 1)).stage
        for code in ("assess_decision_6w", "no_plan_16w", "final_plan_20w")
    }
    assert stages == {Stage.ENDED}


@pytest.mark.parametrize("refusal", [Fact.ASSESSMENT_REFUSED, Fact.PLAN_REFUSED])
def test_a_refusal_ends_the_twenty_weeks(refusal):
    """A plan made later on the tribunal's order is under SEND Regs 2014 reg 44, not reg 13."""
    facts = {Fact.REQUEST_RECEIVED: date(2026, 5, 11), refusal: date(2026, 6, 20), Fact.PLAN_FINALISED: date(2027, 3, 1)}
    assert standing(BY_CODE["final_plan_20w"], facts, on=date(2027, 4, 1)).stage is Stage.ENDED


def test_once_a_plan_is_to_be_made_nobody_is_late_with_refusing_one():
    """SEND Regs 2014 reg 10(1) speaks of a decision not to make a plan."""
    facts = {Fact.REQUEST_RECEIVED: date(2026, 5, 11), Fact.PLAN_AGREED: date(2026, 9, 10)}
    assert standing(BY_CODE["no_plan_16w"], facts, on=date(2026, 9, 9)).stage is Stage.LATE
    assert standing(BY_CODE["no_plan_16w"], facts, on=date(2026, 9, 10)).stage is Stage.ENDED


def test_the_regulations_are_in_force_from_1_september_2014():
    assert in_force(LIMITS, on=date(2014, 8, 31)) == ()
    assert in_force(LIMITS, on=date(2014, 9, 1)) == LIMITS


SUMMER = {"closed_from": date(2026, 7, 22), "reopens_on": date(2026, 9, 2)}


@pytest.mark.parametrize(
    ("asked_on", "available"),
    [
        (date(2026, 7, 14), False),
        (date(2026, 7, 15), True),
        (date(2026, 8, 26), True),
        (date(2026, 8, 27), False),
    ],
)
def test_closing_excuses_only_when_advice_was_asked_around_it(asked_on, available):
    """SEND Regs 2014 regs 5(4)(a), 10(4)(a), 13(3): from a week before closing to a week before reopening."""
    assert school_closed_exception_available(**SUMMER, advice_requested_on=asked_on) is available


@pytest.mark.parametrize(
    ("reopens_on", "available"), [(date(2026, 8, 18), False), (date(2026, 8, 19), True), (date(2026, 8, 20), True)]
)
def test_closing_must_last_four_weeks_in_a_row(reopens_on, available):
    """SEND Regs 2014 reg 10(4)(a): closed from 22 July 2026, 28 days end on 18 August."""
    asked_on = date(2026, 7, 22)
    assert (
        school_closed_exception_available(closed_from=date(2026, 7, 22), reopens_on=reopens_on, advice_requested_on=asked_on)
        is available
    )


@pytest.mark.parametrize(
    ("closed_from", "reopens_on"),
    [(date(2027, 3, 26), date(2027, 4, 12)), (date(2026, 12, 19), date(2027, 1, 4))],
    ids=["Easter", "Christmas"],
)
def test_easter_and_christmas_never_excuse(closed_from, reopens_on):
    assert not school_closed_exception_available(closed_from=closed_from, reopens_on=reopens_on, advice_requested_on=closed_from)


@pytest.mark.parametrize(
    ("away_from", "away_until", "available"),
    [
        (date(2027, 3, 10), date(2027, 4, 6), True),  # 28 days
        (date(2027, 3, 10), date(2027, 4, 5), False),  # 27 days
        (date(2027, 2, 15), date(2027, 3, 28), False),  # 42 days, of which 27 since 2 March
        (date(2027, 2, 15), date(2027, 3, 29), True),
        (date(2027, 3, 17), date(2027, 6, 1), True),  # 28 days to 13 April
        (date(2027, 3, 18), date(2027, 6, 1), False),
    ],
)
def test_absence_excuses_when_four_weeks_of_it_fall_within_the_time(away_from, away_until, available):
    """SEND Regs 2014 reg 5(4)(d): received on 2 March 2027, due on 13 April 2027."""
    limits = {"started_on": date(2027, 3, 2), "due_on": date(2027, 4, 13)}
    assert absent_from_area_exception_available(away_from=away_from, away_until=away_until, **limits) is available


@pytest.mark.parametrize("left_out", ["reason", "evidence", "approved_by"])
def test_personal_circumstances_need_their_reason_evidence_and_approver(left_out):
    """SEND Regs 2014 reg 5(4)(c)."""
    given = {"reason": "In hospital", "evidence": "Letter of 4 March 2027", "approved_by": "A. Manager"}
    assert personal_circumstances_exception_available(**given)
    assert not personal_circumstances_exception_available(**{**given, left_out: "  "})


@pytest.mark.parametrize(
    ("notice_sent_on", "certificate_issued_on", "last_day"),
    [
        (date(2026, 12, 31), None, date(2027, 3, 1)),  # 28 February 2027 is a Sunday
        (date(2027, 12, 31), None, date(2028, 2, 29)),  # a Tuesday in a leap year
        (date(2026, 5, 14), date(2026, 7, 10), date(2026, 9, 1)),  # 10 August
        (date(2026, 5, 29), None, date(2026, 7, 29)),
        (date(2026, 5, 31), None, date(2026, 7, 31)),
        (date(2026, 6, 1), None, date(2026, 9, 1)),  # 1 August
        (date(2026, 10, 1), date(2026, 11, 29), date(2027, 1, 4)),  # 29 December
        (date(2026, 10, 24), None, date(2026, 12, 24)),
        (date(2026, 10, 25), None, date(2027, 1, 4)),
        (date(2026, 11, 1), None, date(2027, 1, 4)),
        (date(2026, 11, 5), None, date(2027, 1, 5)),
        (date(2027, 1, 26), None, date(2027, 3, 30)),  # Good Friday, then Easter Monday
        (date(2026, 9, 1), date(2026, 9, 20), date(2026, 11, 2)),  # two months: Sunday 1 November; the certificate gives less
    ],
)
def test_the_last_day_to_appeal(notice_sent_on, certificate_issued_on, last_day):
    """SI 2008/2699 rules 20(1)(c), 12(2)-(3): only the end point moves."""
    assert appeal_last_day(notice_sent_on, certificate_issued_on) == last_day


def test_an_appeal_that_ends_past_the_known_holidays_is_an_error_and_not_a_guess():
    with pytest.raises(PastKnownHolidays):
        appeal_last_day(date(2028, 12, 1))


@pytest.mark.parametrize(
    ("known_on", "moves_on", "due"),
    [
        (date(2027, 2, 1), date(2027, 2, 22), date(2027, 2, 22)),  # exactly 15 working days' warning
        (date(2027, 2, 1), date(2027, 6, 1), date(2027, 6, 1)),
        (date(2027, 2, 1), date(2027, 2, 19), date(2027, 2, 19)),
        (date(2027, 2, 1), date(2027, 2, 10), date(2027, 2, 19)),
        (date(2027, 2, 1), date(2027, 2, 20), date(2027, 2, 20)),  # a Saturday: not before the child
        (date(2027, 2, 1), date(2027, 1, 4), date(2027, 2, 19)),  # heard of after the move
    ],
)
def test_a_plan_goes_with_its_child_or_fifteen_working_days_after_it_was_known(known_on, moves_on, due):
    """SEND Regs 2014 reg 15(2)."""
    assert due_on(BY_CODE["transfer_15wd"], {Fact.MOVE_KNOWN: known_on, Fact.MOVE: moves_on}) == due


@pytest.mark.parametrize(
    ("last_review", "due"),
    [(date(2026, 4, 11), date(2027, 4, 10)), (date(2026, 4, 12), date(2027, 4, 11)), (date(2026, 3, 20), date(2027, 4, 10))],
)
def test_a_transferred_plan_is_reviewed_by_the_later_of_two_dates(last_review, due):
    """SEND Regs 2014 reg 15(5): three months beginning with 11 January 2027 end on 10 April."""
    assert due_on(BY_CODE["transfer_review"], {Fact.PLAN_TRANSFERRED: date(2027, 1, 11), Fact.LAST_REVIEW: last_review}) == due


def test_a_transfer_waits_for_the_date_of_the_move():
    assert due_on(BY_CODE["transfer_15wd"], {Fact.MOVE_KNOWN: date(2027, 2, 1)}) is None
