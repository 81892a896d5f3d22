"""The lock of a plan: in the service, and in the database behind it (SEND Regs 2014 reg 13)."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from ehcp.models import Comment, FamilyStep, Need, PlanVersion
from ehcp.services import drafting, issuing
from send import clock
from send.errors import NotAllowed, RuleBroken
from tests.factories import MONDAY, NOON

LAST_DAY = date(2026, 3, 16)  # served Monday 2 March: 15 days beginning with that day
FIRST_DAY_OF_ISSUE = date(2026, 3, 17)


def refused_by_the_database():
    return pytest.raises(IntegrityError)


def test_a_draft_is_served_on_the_parent_with_fifteen_days_beginning_with_that_day(journey):
    journey.served()
    step = FamilyStep.objects.get(version=journey.draft)
    assert (step.user, step.served_on, step.window_ends_on) == (journey.parent, MONDAY, LAST_DAY)


def test_a_draft_without_its_advice_is_refused(journey):
    journey.drafting()
    journey.asked.advice.delete()
    type(journey.asked).objects.filter(pk=journey.asked.pk).update(state="withdrawn", submitted_on=None)
    with pytest.raises(RuleBroken, match="advice"):
        issuing.serve_draft(journey.draft.pk, by=journey.officer, on=MONDAY, at=NOON)


def test_a_draft_with_section_i_filled_is_refused(journey):
    journey.drafting()
    PlanVersion.objects.filter(pk=journey.draft.pk).update(setting_type="special school")
    with pytest.raises(RuleBroken, match="Section I must be blank"):
        issuing.serve_draft(journey.draft.pk, by=journey.officer, on=MONDAY, at=NOON)


def test_a_draft_is_served_once(journey):
    journey.served()
    with pytest.raises(NotAllowed):
        issuing.serve_draft(journey.draft.pk, by=journey.officer, on=MONDAY, at=NOON)


def test_a_plan_is_not_final_on_the_last_day_of_the_window(journey):
    journey.proposed()
    clock.set_today(LAST_DAY)
    with pytest.raises(NotAllowed, match="16 March 2026"):
        issuing.finalise_plan(journey.final.pk, by=journey.manager, on=LAST_DAY, at=NOON, is_fresh=True)


def test_a_plan_is_final_the_day_after_the_window(journey):
    journey.proposed()
    clock.set_today(FIRST_DAY_OF_ISSUE)
    issuing.finalise_plan(journey.final.pk, by=journey.manager, on=FIRST_DAY_OF_ISSUE, at=NOON, is_fresh=True)
    journey.case.refresh_from_db()
    assert journey.case.state == "final"


def test_a_plan_is_final_at_once_when_the_family_has_finished(journey):
    journey.proposed()
    issuing.finish_representations(journey.draft.pk, by=journey.parent, on=MONDAY)
    issuing.finalise_plan(journey.final.pk, by=journey.manager, on=MONDAY, at=NOON, is_fresh=True)
    assert PlanVersion.objects.get(pk=journey.final.pk).issued_on == MONDAY


def test_a_comment_does_not_close_the_window(journey):
    journey.proposed()
    issuing.comment(journey.draft.pk, by=journey.parent, stance=Comment.Stance.COMMENT, text="Twice a week, please.", at=NOON)
    with pytest.raises(NotAllowed):
        issuing.finalise_plan(journey.final.pk, by=journey.manager, on=MONDAY, at=NOON, is_fresh=True)


def test_one_parent_who_has_finished_does_not_close_the_others_window(journey):
    journey.matched().another_parent()
    journey.case.refresh_from_db()
    journey_of_two = _go_on_from_matched(journey)
    issuing.finish_representations(journey_of_two.draft.pk, by=journey.parent, on=MONDAY)
    with pytest.raises(NotAllowed):
        issuing.finalise_plan(journey_of_two.final.pk, by=journey.manager, on=MONDAY, at=NOON, is_fresh=True)


def _go_on_from_matched(journey):
    journey.matched = lambda: journey
    return journey.proposed()


def test_the_person_who_proposed_does_not_issue(journey):
    journey.proposed()
    issuing.finish_representations(journey.draft.pk, by=journey.parent, on=MONDAY)
    with pytest.raises(NotAllowed, match="second authorised person"):
        issuing.finalise_plan(journey.final.pk, by=journey.officer, on=MONDAY, at=NOON, is_fresh=True)


def test_a_plan_is_not_issued_on_an_old_sign_in(journey):
    journey.proposed()
    issuing.finish_representations(journey.draft.pk, by=journey.parent, on=MONDAY)
    with pytest.raises(NotAllowed, match="Sign in again"):
        issuing.finalise_plan(journey.final.pk, by=journey.manager, on=MONDAY, at=NOON, is_fresh=False)


def test_a_plan_is_issued_once(journey):
    journey.proposed()
    issuing.finish_representations(journey.draft.pk, by=journey.parent, on=MONDAY)
    issuing.finalise_plan(journey.final.pk, by=journey.manager, on=MONDAY, at=NOON, is_fresh=True)
    with pytest.raises(NotAllowed):
        issuing.finalise_plan(journey.final.pk, by=journey.manager, on=MONDAY, at=NOON, is_fresh=True)


def test_a_day_of_issue_in_the_future_is_refused(journey):
    journey.proposed()
    with pytest.raises(NotAllowed, match="future"):
        issuing.finalise_plan(journey.final.pk, by=journey.manager, on=FIRST_DAY_OF_ISSUE, at=NOON, is_fresh=True)


def test_an_unanswered_comment_needs_an_answer_or_a_reason_that_the_family_sees(journey):
    journey.served()
    issuing.comment(journey.draft.pk, by=journey.parent, stance=Comment.Stance.SUGGEST, text="Twice a week.", at=NOON)
    final = issuing.begin_final(journey.draft.pk, by=journey.officer, at=NOON)
    with pytest.raises(RuleBroken, match="no answer"):
        issuing.propose_final(final.pk, by=journey.officer, at=NOON, setting_type="mainstream primary school")
    proposed = issuing.propose_final(
        final.pk, by=journey.officer, at=NOON, setting_type="mainstream primary school",
        without={"answers": "We will write this week."},
    )  # fmt: skip
    assert proposed.state == "proposed"


# --- round the screen: straight to the database ---


def test_the_database_refuses_a_final_plan_inside_the_window(journey):
    journey.proposed()
    row = PlanVersion.objects.filter(pk=journey.final.pk)
    with refused_by_the_database(), transaction.atomic():
        row.update(state="final", finalised_by=journey.manager, issued_on=LAST_DAY)


def test_the_database_accepts_the_day_after_the_window(journey):
    journey.proposed()
    row = PlanVersion.objects.filter(pk=journey.final.pk)
    assert row.update(state="final", finalised_by=journey.manager, issued_on=FIRST_DAY_OF_ISSUE) == 1


def test_the_database_refuses_a_final_plan_that_nobody_was_served(journey):
    journey.drafting()
    row = PlanVersion.objects.filter(pk=journey.draft.pk)
    row.update(state="proposed", proposed_by=journey.officer)
    with refused_by_the_database(), transaction.atomic():
        row.update(state="final", finalised_by=journey.manager, issued_on=FIRST_DAY_OF_ISSUE)


def test_the_database_refuses_one_person_as_proposer_and_issuer(journey):
    journey.proposed()
    row = PlanVersion.objects.filter(pk=journey.final.pk)
    with refused_by_the_database(), transaction.atomic():
        row.update(state="final", finalised_by=journey.officer, issued_on=FIRST_DAY_OF_ISSUE)


def test_the_database_refuses_an_order_as_basis_without_its_reference_and_date(journey):
    journey.drafting()
    row = PlanVersion.objects.filter(pk=journey.draft.pk)
    row.update(state="proposed", proposed_by=journey.officer, basis="tribunal_order")
    with refused_by_the_database(), transaction.atomic():
        row.update(state="final", finalised_by=journey.manager, issued_on=FIRST_DAY_OF_ISSUE)


@pytest.mark.parametrize("change", [{"rule_set": "other"}, {"state": "writing"}, {"served_on": date(2026, 1, 1)}])
def test_the_database_refuses_to_change_a_served_draft(journey, change):
    journey.served()
    with refused_by_the_database(), transaction.atomic():
        PlanVersion.objects.filter(pk=journey.draft.pk).update(**change)


def test_the_database_refuses_to_change_or_remove_or_add_a_line_of_a_served_draft(journey):
    journey.served()
    lines = Need.objects.filter(version=journey.draft)
    with refused_by_the_database(), transaction.atomic():
        lines.update(text="Something else")
    with refused_by_the_database(), transaction.atomic():
        lines._raw_delete(lines.db)
    with refused_by_the_database(), transaction.atomic():
        Need.objects.create(version=journey.draft, line=journey.draft.uuid, section="B", text="Slipped in")


def test_the_database_refuses_a_window_shorter_than_fifteen_days(journey):
    journey.served()
    other = journey.another_parent()
    with refused_by_the_database(), transaction.atomic():
        FamilyStep.objects.create(
            version=journey.draft, user=other, how="post", served_on=MONDAY, window_ends_on=date(2026, 3, 15)
        )  # fmt: skip


def test_the_database_refuses_to_backdate_service_or_to_unsay_finished(journey):
    journey.served()
    step = FamilyStep.objects.filter(version=journey.draft)
    with refused_by_the_database(), transaction.atomic():
        step.update(served_on=date(2026, 2, 1))
    step.update(finished_on=MONDAY)
    with refused_by_the_database(), transaction.atomic():
        step.update(finished_on=None)


def test_the_text_of_a_served_draft_cannot_be_edited_by_the_service(journey):
    journey.served()
    with pytest.raises(NotAllowed):
        drafting.write_section(journey.draft.pk, by=journey.officer, letter="A", text="Other words", revision=1)
