"""Which rights a decision opens, and until when (CFA 2014 ss.51-57)."""

from datetime import date

import pytest

from ehcp.rights import GROUNDS, DecisionKind, grounds_of, rights_opened_by
from send.calendar import PastKnownHolidays

SENT = date(2026, 12, 31)
APPEALABLE = [
    (DecisionKind.REFUSE_ASSESS, ["refuse_assess"], "CFA 2014 s.51(2)(a)"),
    (DecisionKind.REFUSE_ISSUE, ["refuse_issue"], "CFA 2014 s.51(2)(b)"),
    (DecisionKind.FINALISE, ["contents_b", "contents_f", "placement_i"], "CFA 2014 s.51(2)(c)(i)"),
    (DecisionKind.AMEND, ["contents_b", "contents_f", "placement_i"], "CFA 2014 s.51(2)(c)(i)"),
    (DecisionKind.REFUSE_REASSESS, ["refuse_reassess"], "CFA 2014 s.51(2)(d)"),
    (DecisionKind.REFUSE_AMEND, ["refuse_amend"], "CFA 2014 s.51(2)(e)"),
    (DecisionKind.MAINTAIN, ["refuse_amend"], "CFA 2014 s.51(2)(e)"),
    (DecisionKind.CEASE, ["cease"], "CFA 2014 s.51(2)(f)"),
]


def right(code: str, kind=DecisionKind.REFUSE_ASSESS, **dates):
    return next(each for each in rights_opened_by(kind, **{"notice_sent_on": SENT, **dates}) if each.code == code)


@pytest.mark.parametrize(("kind", "grounds", "law"), APPEALABLE, ids=[row[0] for row in APPEALABLE])
def test_each_appealable_decision_opens_its_grounds(kind, grounds, law):
    assert [ground.code for ground in grounds_of(kind)] == grounds
    assert law in right("appeal", kind).law


def test_every_ground_is_opened_by_some_decision():
    opened = {ground.code for kind in DecisionKind for ground in grounds_of(kind)}
    assert opened == {ground.code for ground in GROUNDS}


@pytest.mark.parametrize("kind", [DecisionKind.ASSESS, DecisionKind.ISSUE, DecisionKind.REASSESS])
def test_a_decision_in_favour_opens_no_appeal(kind):
    """CFA 2014 s.51(2) lists what may be appealed."""
    codes = [each.code for each in rights_opened_by(kind, notice_sent_on=SENT)]
    assert codes == ["disagreement_resolution", "complaint", "ombudsman"]


def test_a_refusal_opens_every_right_in_the_order_of_the_notice():
    """SEND Regs 2014 regs 5(3), 32."""
    codes = [each.code for each in rights_opened_by("refuse_assess", notice_sent_on=SENT)]
    assert codes == ["mediation", "appeal", "disagreement_resolution", "complaint", "ombudsman"]


@pytest.mark.parametrize(
    ("sent_on", "last_day"),
    [
        (date(2026, 12, 30), date(2027, 2, 28)),
        (date(2026, 12, 31), date(2027, 2, 28)),
        (date(2027, 1, 1), date(2027, 3, 1)),
        (date(2027, 12, 31), date(2028, 2, 29)),
        (date(2026, 10, 25), date(2026, 12, 25)),
    ],
)
def test_the_mediation_adviser_is_contacted_within_two_months_of_sending(sent_on, last_day):
    """SEND Regs 2014 reg 33: no roll, not even from Christmas Day."""
    assert right("mediation", notice_sent_on=sent_on).last_day == last_day


@pytest.mark.parametrize(
    ("sent_on", "certificate_on", "last_day"),
    [
        (date(2026, 12, 31), None, date(2027, 3, 1)),
        (date(2026, 12, 31), date(2027, 1, 28), date(2027, 3, 1)),
        (date(2026, 12, 31), date(2027, 2, 2), date(2027, 3, 2)),
        (date(2026, 5, 14), date(2026, 7, 10), date(2026, 9, 1)),
        (date(2026, 10, 1), date(2026, 11, 29), date(2027, 1, 4)),
    ],
)
def test_an_appeal_is_in_time_for_two_months_or_one_after_the_certificate(sent_on, certificate_on, last_day):
    """SI 2008/2699 rules 20(1)(c), 12(2)-(3)."""
    appeal = right("appeal", notice_sent_on=sent_on, certificate_issued_on=certificate_on)
    assert appeal.last_day == last_day
    assert appeal.needs_certificate


def test_an_appeal_about_the_setting_alone_needs_no_certificate_and_gains_nothing_from_one():
    """CFA 2014 s.55(2)."""
    alone = right("appeal_setting_alone", DecisionKind.FINALISE, certificate_issued_on=date(2027, 2, 2))
    both = right("appeal", DecisionKind.FINALISE, certificate_issued_on=date(2027, 2, 2))
    assert (alone.needs_certificate, alone.last_day) == (False, date(2027, 3, 1))
    assert (both.needs_certificate, both.last_day) == (True, date(2027, 3, 2))


def test_only_a_refusal_to_assess_has_its_own_form_and_no_recommendations():
    """SEND35A; SI 2017/1306 leaves out refusals to assess."""
    assert "SEND35A" in right("appeal").how
    assert "SEND35A" not in right("appeal", DecisionKind.REFUSE_ISSUE).how
    assert [ground.code for ground in GROUNDS if not ground.may_recommend] == ["refuse_assess"]


def test_disagreement_resolution_and_complaint_have_no_last_day():
    """CFA 2014 s.57."""
    assert right("disagreement_resolution").last_day is None
    assert right("complaint").last_day is None


@pytest.mark.parametrize(("sent_on", "last_day"), [(date(2027, 3, 4), date(2028, 3, 4)), (date(2028, 2, 29), date(2029, 2, 28))])
def test_the_ombudsman_is_asked_within_twelve_months(sent_on, last_day):
    """Local Government Act 1974 s.26B."""
    assert right("ombudsman", DecisionKind.ASSESS, notice_sent_on=sent_on).last_day == last_day


def test_every_last_day_comes_with_its_working():
    rights = rights_opened_by(DecisionKind.FINALISE, notice_sent_on=SENT)
    assert [each.code for each in rights if (each.last_day is None) is bool(each.working)] == []
    assert (
        rights[0].working
        == "Notice sent on 31 December 2026; two months after that day is 28 February 2027 (SEND Regs 2014 reg 33)."
    )


def test_a_last_day_past_the_known_holidays_is_an_error_and_not_a_guess():
    with pytest.raises(PastKnownHolidays):
        rights_opened_by(DecisionKind.CEASE, notice_sent_on=date(2028, 12, 1))
