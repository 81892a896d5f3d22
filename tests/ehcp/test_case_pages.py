"""The officer's work list and case page, and what a family sees of it."""

import pytest
from django.urls import reverse

from ehcp.models import Decision
from send.accounts.roles import Role
from tests.factories import MONDAY, a_case, a_child, a_link, a_member, a_person, a_restriction, an_authority
from tests.web import signed_in


def _case_page(case, person):
    return signed_in(person).get(reverse("ehcp:case", args=[case.reference]))


def test_the_work_list_shows_the_officers_own_case_with_its_date(journey):
    journey.matched()
    page = signed_in(journey.officer).get(reverse("ehcp:worklist")).content.decode()
    assert journey.case.reference in page
    assert "13 April 2026" in page


def test_the_work_list_asks_the_same_number_of_queries_whatever_its_length(journey, django_assert_max_num_queries):
    journey.matched()
    for _ in range(30):
        a_case(journey.authority, child=journey.child)
    client = signed_in(journey.manager)
    client.get(reverse("ehcp:worklist"))
    with django_assert_max_num_queries(12):
        client.get(reverse("ehcp:worklist"))


def test_an_officer_matches_the_request_to_a_child(journey):
    journey.matched()
    page = _case_page(journey.case, journey.officer).content.decode()
    assert "Decide whether to assess" in page


def test_an_officer_decides_to_assess_and_the_parent_reads_why(journey):
    journey.matched()
    said = {"decision": "assess", "reason": "Ada may need a plan to be understood at school."}
    signed_in(journey.officer).post(reverse("ehcp:decide", args=[journey.case.reference]), said)
    assert "Ada may need a plan" in _case_page(journey.case, journey.parent).content.decode()


def test_a_refusal_shows_the_family_its_rights_and_their_last_dates(journey):
    journey.matched()
    said = {"decision": "refuse", "reason": "Her needs are met.", "what_instead": "Weekly therapy at school."}
    signed_in(journey.officer).post(reverse("ehcp:decide", args=[journey.case.reference]), said)
    page = _case_page(journey.case, journey.parent).content.decode()
    assert "What you can do about it" in page
    assert "5 May 2026" in page  # two months after 2 March is 2 May, a Saturday; 4 May is a bank holiday (Tribunal Rules r.12)


def test_a_decision_without_reasons_is_not_made(journey):
    journey.matched()
    answer = signed_in(journey.officer).post(
        reverse("ehcp:decide", args=[journey.case.reference]), {"decision": "assess", "reason": " "}
    )
    assert "Error:" in answer.content.decode()
    assert not Decision.objects.filter(case=journey.case).exists()


def test_a_decision_posted_twice_is_made_once(journey):
    journey.matched()
    client, said = signed_in(journey.officer), {"decision": "assess", "reason": "Both limbs are met."}
    address = reverse("ehcp:decide", args=[journey.case.reference])
    client.post(address, said)
    assert client.post(address, said).status_code == 409
    assert Decision.objects.filter(case=journey.case).count() == 1


def test_the_history_reads_as_sentences_without_staff_names_for_the_family(journey):
    journey.assessing()
    address = reverse("ehcp:trail", args=[journey.case.reference])
    family = signed_in(journey.parent).get(address).content.decode()
    assert "decided to carry out an assessment" in family
    assert "Jo Example" not in family
    assert "Jo Example decided to assess" in signed_in(journey.officer).get(address).content.decode()


# --- the wrong person ---


def _strangers(journey):
    elsewhere = an_authority()
    return {
        "another parent": a_person(),
        "an officer of another council": a_member(elsewhere, Role.CASE_OFFICER),
        "a manager of another council": a_member(elsewhere, Role.SEND_MANAGER),
        "an officer without the case": a_member(journey.authority, Role.CASE_OFFICER),
        "a finance officer": a_member(journey.authority, Role.FINANCE_OFFICER),
        "a Regions Group adviser": a_member(elsewhere, Role.REGIONS_GROUP),
        "a system administrator": a_member(elsewhere, Role.SYSTEM_ADMIN),
    }


@pytest.mark.parametrize("name", ["case", "trail", "match", "decide", "ask_advice"])
def test_a_case_is_not_found_by_anybody_else(journey, name):
    journey.matched()
    answers = {
        who: signed_in(person).get(reverse(f"ehcp:{name}", args=[journey.case.reference])).status_code
        for who, person in _strangers(journey).items()
    }
    assert answers == dict.fromkeys(answers, 404)


@pytest.mark.parametrize("name", ["match", "decide", "ask_advice"])
def test_a_parent_may_know_but_not_decide(journey, name):
    journey.matched()
    answer = signed_in(journey.parent).get(reverse(f"ehcp:{name}", args=[journey.case.reference]))
    assert answer.status_code == 403


def test_a_restricted_parent_is_shut_out_on_the_next_request(journey):
    journey.matched()
    assert _case_page(journey.case, journey.parent).status_code == 200
    a_restriction(journey.child, journey.parent)
    assert _case_page(journey.case, journey.parent).status_code == 404


def test_an_unverified_asker_does_not_open_the_case(journey):
    assert _case_page(journey.case, journey.parent).status_code == 404


def test_a_parent_whose_rights_have_passed_to_the_young_person_is_shut_out(db):
    council, parent = an_authority(), a_person()
    child = a_child(council, born_on=MONDAY.replace(year=2008))
    a_link(child, parent)
    assert _case_page(a_case(council, child=child), parent).status_code == 404


def test_a_mistyped_reference_is_not_found(journey):
    assert signed_in(journey.officer).get(reverse("ehcp:case", args=["EHC-XXXX-1111"])).status_code == 404
