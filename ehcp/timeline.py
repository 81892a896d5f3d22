"""The time limits of EHC needs assessments, plans, reviews, moves and redress, as one table of named rows.

Children and Families Act 2014 Part 3; SEND Regulations 2014 (SI 2014/1530); tribunal rules (SI 2008/2699). `LIMITS` are
the rows of the assessment and first plan; `OTHER_RULES` the rest, which `due_dates` computes too. A new law is a new row.
"""

from datetime import date, timedelta
from enum import StrEnum
from functools import partial

from send.calendar import (
    BeforeNamedDay,
    Days,
    DaysBeginningWith,
    MonthsAfter,
    MonthsBeginningWith,
    ToWorkingDay,
    TribunalWorkingDaysAfter,
    Weeks,
    WorkingDaysAfter,
    WorkingDaysBeginningWith,
    tribunal_end_day,
)
from send.timelimits import Also, Combined, Facts, Limit


class Fact(StrEnum):
    """What happened, on a legal date, to one subject."""

    REQUEST_RECEIVED = "request_received"
    ASSESSMENT_AGREED = "assessment_agreed"
    ASSESSMENT_REFUSED = "assessment_refused"
    ADVICE_REQUESTED = "advice_requested"
    ADVICE_RECEIVED = "advice_received"
    ADVICE_NOT_NEEDED = "advice_not_needed"
    PLAN_AGREED = "plan_agreed"
    PLAN_REFUSED = "plan_refused"
    DRAFT_SERVED = "draft_served"
    REPRESENTATIONS_FINISHED = "representations_finished"
    CONSULTATION_SENT = "consultation_sent"
    CONSULTATION_ANSWERED = "consultation_answered"
    PLAN_FINALISED = "plan_finalised"
    REQUEST_WITHDRAWN = "request_withdrawn"
    MOVED_AWAY = "moved_away"
    DIED = "died"
    # of later steps
    REASSESSMENT_REQUESTED = "reassessment_requested"
    REASSESSMENT_NOTIFIED = "reassessment_notified"
    MOVE_KNOWN = "move_known"
    MOVE = "move_date"
    PLAN_TRANSFERRED = "plan_transferred"
    LAST_REVIEW = "last_review"
    PLAN_MADE_OR_REVIEWED = "plan_made_or_reviewed"
    REVIEW_MEETING = "review_meeting"
    AMENDMENT_SERVED = "amendment_served"
    AMENDMENT_NOTICE_SENT = "amendment_notice_sent"
    PHASE_TRANSFER = "phase_transfer"
    POST16_MOVE = "post16_move"
    DECISION_NOTICE_SENT = "decision_notice_sent"
    CERTIFICATE_ISSUED = "certificate_issued"
    MEDIATION_ADVISER_TOLD = "mediation_adviser_told"
    MEDIATION_WANTED = "mediation_wanted"
    MEDIATION_AGREED = "mediation_agreed"
    APPEAL_RECEIVED = "appeal_received"
    ORDER_MADE = "order_made"
    RECOMMENDATION_MADE = "recommendation_made"
    ACT_COMPLAINED_OF = "act_complained_of"
    MATTER_KNOWN = "matter_known"
    GROUNDS_AROSE = "grounds_arose"
    ACCESS_REQUESTED = "access_requested"
    # of the exceptions
    HEAD_ADVICE_REQUESTED = "head_advice_requested"
    SCHOOL_CLOSED_FROM = "school_closed_from"
    SCHOOL_REOPENS = "school_reopens"


class Subject(StrEnum):
    """What a fact, and so a limit, is about (one clock each)."""

    CASE = "case"
    ADVICE_REQUEST = "advice_request"
    VERSION = "version"
    CONSULTATION = "consultation"
    REVIEW = "review"
    MOVE = "move"
    DECISION = "decision"
    MEDIATION = "mediation"
    APPEAL = "appeal"
    CLAIM = "claim"
    ACCESS_REQUEST = "access_request"


# --- exceptions: they never move a date; the step stays due as soon as practicable ---

EXCEPTIONS = {
    "school_closed": "(a) the school was closed for at least four weeks in a row when the head was asked for advice",
    "early_years_closed": "(b) the early years provider was closed for at least four weeks in a row when it was asked for advice",
    "personal_circumstances": "(c) exceptional personal circumstances of the child, the parent or the young person in that time",
    "absent_from_area": "(d) the child, the parent or the young person was away from the area for four weeks in a row or more",
    "missed_appointment": "the child missed an appointment that the adviser had made",
    "absent_two_weeks": "the child, the parent or the young person was away from the area for two weeks or more",
}
STATUTORY_EXCEPTIONS = ("school_closed", "early_years_closed", "personal_circumstances", "absent_from_area")
ADVICE_EXCEPTIONS = ("personal_circumstances", "absent_from_area", "missed_appointment")
ORDER_EXCEPTIONS = (*STATUTORY_EXCEPTIONS, "absent_two_weeks")
FOUR_WEEKS = timedelta(weeks=4)
ONE_WEEK = timedelta(weeks=1)


def school_closed_exception_available(*, closed_from: date, reopens_on: date, advice_requested_on: date) -> bool:
    """SEND Regs 2014 regs 5(4)(a), 10(4)(a), 13(3), and (b) for an early years provider.

    At least four weeks in a row closed (`reopens_on` is the first open day), and the advice asked for from one week before
    closing to one week before reopening, both inclusive. In practice the summer holiday only.
    """
    closed_long_enough = reopens_on - closed_from >= FOUR_WEEKS
    return closed_long_enough and closed_from - ONE_WEEK <= advice_requested_on <= reopens_on - ONE_WEEK


early_years_closed_exception_available = school_closed_exception_available


def personal_circumstances_exception_available(*, reason: str, evidence: str, approved_by: str) -> bool:
    """SEND Regs 2014 regs 5(4)(c), 10(4)(c), 13(3): only with its reason, what shows it, and who approved it."""
    return all(text.strip() for text in (reason, evidence, approved_by))


def absent_from_area_exception_available(
    *, away_from: date, away_until: date, started_on: date, due_on: date, at_least: timedelta = FOUR_WEEKS
) -> bool:
    """SEND Regs 2014 regs 5(4)(d), 10(4)(d), 13(3): four weeks in a row away within the time of the limit.

    `away_until` is the last day away; `started_on` and `due_on` are inclusive. Orders of the tribunal know two weeks (reg 44(3)).
    """
    return min(away_until, due_on) - max(away_from, started_on) + timedelta(days=1) >= at_least


# --- dates that more than one fact decides ---


def appeal_last_day(notice_sent_on: date, certificate_issued_on: date | None = None) -> date:
    """The last day to appeal to the tribunal (SI 2008/2699 rules 20(1)(c), 12(2)-(3)); received there by 17:00.

    The later of two months after the notice was sent and one month after the mediation certificate. An end in August, at
    Christmas or on another day that is not a working day moves on; the days inside are not skipped. Raises PastKnownHolidays.
    """
    due = MonthsAfter(2).after(notice_sent_on)
    if certificate_issued_on is not None:
        due = max(due, MonthsAfter(1).after(certificate_issued_on))
    return tribunal_end_day(due)


def _appeal(notice_sent_on: date, facts: Facts) -> date:
    return appeal_last_day(notice_sent_on, facts.get(Fact.CERTIFICATE_ISSUED))


def _transfer(known_on: date, facts: Facts) -> date:
    """The day of the move; on short warning, 15 working days beginning with the day of knowing (reg 15(2))."""
    moves_on = facts[Fact.MOVE]
    if WorkingDaysAfter(15).after(known_on) <= moves_on:
        return moves_on
    # A move on the weekend right after the fifteen days is later than they are: no plan goes before its child.
    return max(moves_on, WorkingDaysBeginningWith(15).after(known_on))


def _transfer_review(transferred_on: date, facts: Facts) -> date:
    return max(MonthsBeginningWith(12).after(facts[Fact.LAST_REVIEW]), MonthsBeginningWith(3).after(transferred_on))


# --- the table ---

SEND_REGS_IN_FORCE = date(2014, 9, 1)
NOBODY_LATE = frozenset({Fact.REQUEST_WITHDRAWN, Fact.MOVED_AWAY, Fact.DIED})
CLOSURE = (
    Also(Fact.HEAD_ADVICE_REQUESTED, "advice asked of the head", is_needed=False),
    Also(Fact.SCHOOL_CLOSED_FROM, "school closed", is_needed=False),
    Also(Fact.SCHOOL_REOPENS, "school reopens", is_needed=False),
)
_row = partial(Limit, in_force_from=SEND_REGS_IN_FORCE)
_from_request = partial(
    _row, runs_from=Fact.REQUEST_RECEIVED, started="Received", lifted_under=STATUTORY_EXCEPTIONS, also=CLOSURE, subject=Subject.CASE
)

LIMITS = (
    _from_request(
        "assess_decision_6w",
        "decide whether to assess",
        within=Weeks(6),
        law="SEND Regs 2014 reg 5(1)",
        lifting_law="SEND Regs 2014 reg 5(4)",
        met_by=frozenset({Fact.ASSESSMENT_AGREED, Fact.ASSESSMENT_REFUSED}),
        ended_by=NOBODY_LATE,
    ),
    _row(
        "advice_return_6w",
        "give advice",
        runs_from=Fact.ADVICE_REQUESTED,
        within=Weeks(6),
        law="SEND Regs 2014 reg 8(1)",
        started="Asked",
        subject=Subject.ADVICE_REQUEST,
        met_by=frozenset({Fact.ADVICE_RECEIVED}),
        ended_by=NOBODY_LATE | {Fact.ADVICE_NOT_NEEDED},
        lifted_under=ADVICE_EXCEPTIONS,
        lifting_law="SEND Regs 2014 reg 8(2)",
    ),
    _from_request(
        "no_plan_16w",
        "tell the family if no plan will be made",
        within=Weeks(16),
        law="SEND Regs 2014 reg 10(1)",
        lifting_law="SEND Regs 2014 reg 10(4)",
        met_by=frozenset({Fact.PLAN_REFUSED}),
        # Once a plan is to be made, or no assessment, this duty has no object: nobody is late with it.
        ended_by=NOBODY_LATE | {Fact.ASSESSMENT_REFUSED, Fact.PLAN_AGREED, Fact.DRAFT_SERVED, Fact.PLAN_FINALISED},
    ),
    _row(
        "draft_window_15d",
        "say what you think of the draft plan",
        runs_from=Fact.DRAFT_SERVED,
        within=DaysBeginningWith(15),
        law="SEND Regs 2014 reg 13(1)(a)",
        started="Served",
        subject=Subject.VERSION,
        met_by=frozenset({Fact.REPRESENTATIONS_FINISHED}),
        ended_by=NOBODY_LATE,
        is_window=True,
    ),
    _row(
        "school_consult_15d",
        "answer the consultation on naming the setting",
        runs_from=Fact.CONSULTATION_SENT,
        within=Days(15),
        law="Code of Practice 9.83",
        started="Sent",
        subject=Subject.CONSULTATION,
        met_by=frozenset({Fact.CONSULTATION_ANSWERED}),
        ended_by=NOBODY_LATE,
        statutory=False,
    ),
    _from_request(
        "final_plan_20w",
        "issue the final plan",
        within=Weeks(20),
        law="SEND Regs 2014 reg 13(2)",
        lifting_law="SEND Regs 2014 reg 13(3)",
        met_by=frozenset({Fact.PLAN_FINALISED}),
        ended_by=NOBODY_LATE | {Fact.ASSESSMENT_REFUSED, Fact.PLAN_REFUSED},
    ),
)

_review = partial(_row, subject=Subject.REVIEW)
_meeting = partial(_review, runs_from=Fact.REVIEW_MEETING, started="Review meeting held")
_mediation = partial(_row, subject=Subject.MEDIATION)
_move = partial(_row, subject=Subject.MOVE)
_agreement = partial(_mediation, runs_from=Fact.MEDIATION_AGREED, started="Agreement made", law="SEND Regs 2014 reg 42")
_order = partial(
    _row,
    runs_from=Fact.ORDER_MADE,
    started="Ordered",
    subject=Subject.APPEAL,
    lifted_under=ORDER_EXCEPTIONS,
    lifting_law="SEND Regs 2014 reg 44(3)",
)
_amendment = partial(_review, also=(Also(Fact.REVIEW_MEETING, "review meeting held", is_needed=False),))
_claim = partial(Limit, subject=Subject.CLAIM, is_window=True)

OTHER_RULES = (
    _row(
        "reassess_decision_15d",
        "decide whether to re-assess",
        Fact.REASSESSMENT_REQUESTED,
        Days(15),
        "SEND Regs 2014 reg 25",
        "Asked for",
    ),
    _row(
        "reassess_final_14w",
        "issue the plan after re-assessment",
        Fact.REASSESSMENT_NOTIFIED,
        Weeks(14),
        "SEND Regs 2014 reg 27(2)",
        "Notified",
        lifted_under=STATUTORY_EXCEPTIONS,
        lifting_law="SEND Regs 2014 reg 27(3)",
    ),
    _move(
        "transfer_15wd",
        "transfer the plan to the new authority",
        Fact.MOVE_KNOWN,
        Combined(
            "the day of the move, or on short warning the last of 15 working days beginning with the day of knowing,", _transfer
        ),
        "SEND Regs 2014 reg 15(2)",
        "Known",
        also=(Also(Fact.MOVE, "move"),),
    ),
    _move(
        "transfer_notice_6w",
        "tell the family about the transfer",
        Fact.PLAN_TRANSFERRED,
        Weeks(6),
        "SEND Regs 2014 reg 15(4)",
        "Transferred",
    ),
    _move(
        "transfer_review",
        "review the transferred plan",
        Fact.PLAN_TRANSFERRED,
        Combined(
            "the later of twelve months beginning with the last review and three months beginning with the transfer",
            _transfer_review,
        ),
        "SEND Regs 2014 reg 15(5)",
        "Transferred",
        also=(Also(Fact.LAST_REVIEW, "last made or reviewed"),),
    ),
    _review(
        "review_12m",
        "review the plan",
        Fact.PLAN_MADE_OR_REVIEWED,
        MonthsBeginningWith(12),
        "CFA 2014 s.44(1)",
        "Made or last reviewed",
    ),
    _meeting("review_report_2w", "send the report of the review", within=Weeks(2), law="SEND Regs 2014 reg 20(7)-(9)"),
    _meeting("review_decision_4w", "decide after the review", within=Weeks(4), law="SEND Regs 2014 reg 20(10)"),
    _meeting(
        "amend_notice_4w",
        "send the amendment notice",
        within=Weeks(4),
        law="SEND Regs 2014 regs 20(10), 22(2); R (L, M and P) v Devon [2022] EWHC 493 (Admin)",
    ),
    _amendment(
        "amend_window_15d",
        "say what you think of the amendments",
        Fact.AMENDMENT_SERVED,
        DaysBeginningWith(15),
        "SEND Regs 2014 reg 22(2)(c)",
        "Served",
        is_window=True,
    ),
    _amendment(
        "amended_final_8w",
        "issue the amended plan",
        Fact.AMENDMENT_NOTICE_SENT,
        Weeks(8),
        "SEND Regs 2014 reg 22(3)",
        "Amendment notice sent",
    ),
    _review(
        "phase_transfer_other",
        "review and amend before the change of school",
        Fact.PHASE_TRANSFER,
        BeforeNamedDay(2, 15),
        "SEND Regs 2014 reg 18(1)(b)",
        "Transfer",
        counts_back=True,
    ),
    _review(
        "phase_transfer_post16",
        "review and amend before the move to college",
        Fact.PHASE_TRANSFER,
        BeforeNamedDay(3, 31),
        "SEND Regs 2014 reg 18(1)(a)",
        "Transfer",
        counts_back=True,
    ),
    _review(
        "post16_move_5m",
        "review and amend before the move between colleges",
        Fact.POST16_MOVE,
        MonthsAfter(-5),
        "SEND Regs 2014 reg 18(2)",
        "Move",
        counts_back=True,
    ),
    _mediation(
        "mediation_contact_2m",
        "contact the mediation adviser",
        Fact.DECISION_NOTICE_SENT,
        MonthsAfter(2),
        "SEND Regs 2014 reg 33",
        "Notice sent",
        is_window=True,
    ),
    _mediation(
        "mediation_certificate_3wd",
        "issue the mediation certificate",
        Fact.MEDIATION_ADVISER_TOLD,
        WorkingDaysAfter(3),
        "CFA 2014 s.55(4)-(5); SEND Regs 2014 reg 34",
        "Adviser told, or mediation ended,",
    ),
    _mediation(
        "mediation_health_notice_3wd",
        "tell the health commissioner about mediation",
        Fact.MEDIATION_WANTED,
        WorkingDaysAfter(3),
        "SEND Regs 2014 reg 35",
        "Authority told",
    ),
    _mediation(
        "mediation_arrange_30d",
        "arrange mediation and take part",
        Fact.MEDIATION_WANTED,
        Days(30),
        "SEND Regs 2014 reg 36",
        "Authority told",
    ),
    _agreement("agreement_other_2w", "do what was agreed (matters outside appeal)", within=Weeks(2)),
    _agreement("agreement_notify_1w", "tell the authority what was agreed", within=Weeks(1)),
    Limit(
        "appeal_deadline",
        "appeal to the tribunal",
        Fact.DECISION_NOTICE_SENT,
        Combined(
            "the later of two months after the notice and one month after a mediation certificate, "
            "moved past August, past 25 December to 1 January, and to a working day,",
            _appeal,
        ),
        "SI 2008/2699 rules 20(1)(c), 12",
        "Notice sent",
        subject=Subject.DECISION,
        also=(Also(Fact.CERTIFICATE_ISSUED, "certificate issued", is_needed=False),),
        is_window=True,
    ),
    Limit(
        "la_response_30wd",
        "answer the appeal",
        Fact.APPEAL_RECEIVED,
        TribunalWorkingDaysAfter(30),
        "SI 2008/2699 rules 21, 12(3)(b)",
        "Appeal received",
        subject=Subject.APPEAL,
    ),
    _order("order_assess_notify_2w", "tell the family that it will assess", within=Weeks(2), law="SEND Regs 2014 reg 44(2)(b)(i)"),
    _order(
        "order_assess_no_plan_10w", "tell the family that no plan will be made", within=Weeks(10), law="SEND Regs 2014 reg 44(2)(b)"
    ),
    _order("order_assess_final_14w", "issue the final plan", within=Weeks(14), law="SEND Regs 2014 reg 44(2)(b)(ii)"),
    _order("order_draft_5w", "send the draft plan", within=Weeks(5), law="SEND Regs 2014 reg 44(2)"),
    _order("order_final_11w", "issue the final plan", within=Weeks(11), law="SEND Regs 2014 reg 44(2)"),
    _order("order_reconsider_2w", "send a draft, or refuse with reasons", within=Weeks(2), law="SEND Regs 2014 reg 44(2)"),
    _order("order_amend_5w", "issue the amended plan", within=Weeks(5), law="SEND Regs 2014 reg 44(2)"),
    _order("order_name_2w", "issue the plan with the setting as ordered", within=Weeks(2), law="SEND Regs 2014 reg 44(2)"),
    _order("order_maintain_now", "keep the plan", within=Days(0), law="SEND Regs 2014 reg 44(2)"),
    _order("order_maintain_amend_5w", "keep the plan and amend it", within=Weeks(5), law="SEND Regs 2014 reg 44(2)"),
    _order("order_cease_now", "cease to maintain the plan", within=Days(0), law="SEND Regs 2014 reg 44(2)"),
    Limit(
        "recommendation_response_5w",
        "answer the tribunal's recommendation",
        Fact.RECOMMENDATION_MADE,
        Weeks(5),
        "SI 2017/1306 regs 6-7",
        "Recommended",
        subject=Subject.APPEAL,
    ),
    _claim(
        "dd_claim_6m",
        "claim disability discrimination",
        Fact.ACT_COMPLAINED_OF,
        MonthsBeginningWith(6),
        "Equality Act 2010 Sch 17 para 4",
        "Act complained of",
    ),
    _claim(
        "ombudsman_12m",
        "complain to the Ombudsman",
        Fact.MATTER_KNOWN,
        MonthsAfter(12),
        "Local Government Act 1974 s.26B",
        "Matter known",
    ),
    _claim("jr_3m", "ask for judicial review (promptly)", Fact.GROUNDS_AROSE, MonthsAfter(3), "CPR 54.5", "Grounds arose"),
    Limit(
        "sar_1m",
        "answer the request for personal data",
        Fact.ACCESS_REQUESTED,
        ToWorkingDay(MonthsAfter(1)),
        "UK GDPR art 12(3)",
        "Received",
        subject=Subject.ACCESS_REQUEST,
    ),
)
BY_CODE = {limit.code: limit for limit in (*LIMITS, *OTHER_RULES)}
