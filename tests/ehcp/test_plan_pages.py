"""A plan from its first line to its issue, through the pages, by the people whose steps they are."""

from datetime import date

import pytest
from django.urls import reverse

from ehcp.models import Comment, PlanDocument, PlanVersion
from ehcp.services import issuing, papers
from send import clock
from send.documents.models import Document
from tests.factories import MONDAY, NOON
from tests.web import signed_in


def _get(person, name, journey, *more):
    return signed_in(person).get(reverse(f"ehcp:{name}", args=[journey.case.reference, *more]))


def test_an_officer_writes_a_need_and_reads_what_is_still_missing(journey):
    journey.drafting()
    address = reverse("ehcp:plan_new_line", args=[journey.case.reference, "need"])
    signed_in(journey.officer).post(address, {"text": "Ada finds crowds hard.", "section": "B", "revision": 0})
    page = _get(journey.officer, "plan_write", journey).content.decode()
    assert "Ada finds crowds hard." in page


def test_two_people_who_save_one_section_see_both_texts(journey):
    journey.drafting()
    address = reverse("ehcp:plan_section", args=[journey.case.reference, "A"])
    signed_in(journey.officer).post(address, {"text": "First words", "revision": 1})
    answer = signed_in(journey.manager).post(address, {"text": "Second words", "revision": 1})
    assert answer.status_code == 409
    assert "First words" in answer.content.decode()


def test_the_parent_reads_the_draft_and_its_last_day(journey):
    journey.served()
    page = _get(journey.parent, "plan", journey).content.decode()
    assert "16 March 2026" in page
    assert "Ada needs help to be understood." in page


def test_the_parent_does_not_see_what_is_still_being_written(journey):
    journey.drafting()
    assert _get(journey.parent, "plan", journey).status_code in (403, 404)


def test_the_parent_comments_on_a_line_and_the_officer_answers_it(journey):
    journey.served()
    line = journey.draft.needs.get().line
    address = reverse("ehcp:comment", args=[journey.case.reference, line])
    signed_in(journey.parent).post(address, {"stance": "suggest", "text": "She needs help at home too."})
    said = Comment.objects.get(version=journey.draft)
    address = reverse("ehcp:answer_comment", args=[journey.case.reference, said.uuid])
    signed_in(journey.officer).post(address, {"answer": "We have added home."})
    assert "We have added home." in _get(journey.parent, "plan", journey).content.decode()


def test_the_family_finishes_and_the_manager_issues_the_plan(journey):
    journey.proposed()
    signed_in(journey.parent).post(reverse("ehcp:finish", args=[journey.case.reference]), {"setting_in_words": "Sample School"})
    issuing.finalise_plan(journey.final.pk, by=journey.manager, on=MONDAY, at=NOON, is_fresh=True)
    page = _get(journey.parent, "plan", journey).content.decode()
    assert "issued on 2 March 2026" in page
    assert "mainstream primary school" in page


def test_the_page_asks_for_a_fresh_sign_in_before_a_plan_is_issued(journey):
    journey.proposed()
    clock.set_today(date(2026, 3, 17))
    answer = signed_in(journey.manager).post(reverse("ehcp:finalise", args=[journey.case.reference]))
    assert answer.status_code == 302
    assert PlanVersion.objects.get(pk=journey.final.pk).state == "proposed"


def test_a_parent_cannot_write_send_propose_or_issue(journey):
    journey.served()
    client = signed_in(journey.parent)
    for name in ("serve_draft", "begin_final", "propose", "plan_write"):
        assert client.post(reverse(f"ehcp:{name}", args=[journey.case.reference])).status_code in (403, 404)


def test_the_pdf_is_made_once_however_often_its_job_is_delivered(journey):
    journey.served()
    for _ in range(5):
        papers.make_plan_document(journey.draft.pk)
    assert PlanDocument.objects.filter(version=journey.draft).count() == 1
    assert Document.objects.filter(kind="plan").count() == 1


def test_a_lost_job_is_found_by_the_sweep(journey):
    journey.served()
    assert papers.unmade() == [journey.draft.pk]
    papers.make_plan_document(journey.draft.pk)
    assert papers.unmade() == []


@pytest.mark.parametrize("who", ["parent", "officer"])
def test_both_can_open_the_pdf(journey, who):
    journey.served()
    papers.make_plan_document(journey.draft.pk)
    paper = PlanDocument.objects.get(version=journey.draft).document
    answer = signed_in(getattr(journey, who)).get(reverse("documents:download", args=[paper.uuid]))
    assert answer.status_code == 200


def test_the_adviser_cannot_open_the_pdf(journey):
    journey.served()
    papers.make_plan_document(journey.draft.pk)
    paper = PlanDocument.objects.get(version=journey.draft).document
    assert signed_in(journey.adviser).get(reverse("documents:download", args=[paper.uuid])).status_code == 404


def test_the_adviser_sees_the_request_without_how_to_reach_the_family(journey):
    journey.assessing()
    page = signed_in(journey.adviser).get(reverse("ehcp:advice", args=[journey.asked.uuid])).content.decode()
    assert "Ada" in page
    assert journey.parent.email not in page


def test_the_adviser_saves_then_sends_and_it_can_no_longer_be_changed(journey):
    journey.assessing()
    client, address = signed_in(journey.adviser), reverse("ehcp:advice", args=[journey.asked.uuid])
    words = {
        "needs": "Speech",
        "outcomes": "She is understood",
        "provision": "Weekly therapy",
        "author": "Dr Pat Example, psychologist",
    }
    client.post(address, words)
    journey.asked.refresh_from_db()
    assert journey.asked.state == "asked"
    client.post(address, words | {"send": "yes"})
    assert client.post(address, words | {"send": "yes"}).status_code == 409


def test_an_empty_answer_is_not_sent(journey):
    journey.assessing()
    address = reverse("ehcp:advice", args=[journey.asked.uuid])
    answer = signed_in(journey.adviser).post(
        address, {"needs": "", "outcomes": "", "provision": "", "author": "Dr Pat", "send": "yes"}
    )
    assert answer.status_code == 422


def test_somebody_elses_advice_request_is_not_found(journey):
    journey.assessing()
    assert signed_in(journey.parent).get(reverse("ehcp:advice", args=[journey.asked.uuid])).status_code == 404
