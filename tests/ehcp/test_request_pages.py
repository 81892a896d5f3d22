"""Asking for an assessment, page by page, without scripts."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.html import escape

from ehcp.models import Case, Request
from ehcp.questions import PAGES
from send import clock
from standards import loading as standards
from standards.selectors import ordinarily_available
from tests.factories import MONDAY, a_person, a_request, an_authority
from tests.web import signed_in


@pytest.fixture
def parent(db):
    clock.set_today(MONDAY)
    return a_person("Robin Sample")


def _post_page(client, asked, slug, **answers):
    asked.refresh_from_db()
    return client.post(reverse("ehcp:request_page", args=[asked.uuid, slug]), {"revision": asked.revision} | answers)


def test_anybody_can_read_how_to_ask(client, db):
    answer = client.get(reverse("ehcp:request_start"))
    assert b"You do not need anybody" in answer.content


def test_the_start_page_quotes_the_standards_in_force(client, db):
    standards.load()
    quoted = ordinarily_available(clock.today())[0]
    assert escape(quoted.text) in client.get(reverse("ehcp:request_start")).content.decode()


def test_a_parent_asks_and_gets_a_reference_and_the_dates(parent):
    council, client = an_authority(code="886", name="Sample Council"), signed_in(parent)
    client.post(reverse("ehcp:request_begin"))
    asked = Request.objects.get(asker=parent)
    _post_page(
        client,
        asked,
        "child",
        child_given_names="Ada",
        child_family_name="Sample",
        child_born_on_day="27",
        child_born_on_month="3",
        child_born_on_year="2017",
    )
    _post_page(client, asked, "you", asker_name="Robin Sample", asker_reply_to="robin@example.org")
    client.post(reverse("ehcp:request_authority", args=[asked.uuid]), {"authority": council.code})
    sent = client.post(reverse("ehcp:request_check", args=[asked.uuid]), {"agree": "on"}, follow=True)
    case = Case.objects.get(request=asked)
    assert case.reference in sent.content.decode()
    assert "13 April 2026" in sent.content.decode()  # 2 March and six weeks: SEND Regs 2014 reg 5(1)
    assert "20 July 2026" in sent.content.decode()  # and twenty: reg 13(2)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_each_page_can_be_left_empty_and_come_back_to(parent, page):
    asked = a_request(by=parent)
    answer = _post_page(signed_in(parent), asked, page.slug)
    assert answer.status_code == 302


def test_a_date_that_is_none_is_said_so_and_what_was_typed_stays(parent):
    asked = a_request(by=parent)
    answer = _post_page(
        signed_in(parent),
        asked,
        "child",
        child_given_names="Ada-Mae",
        child_born_on_day="31",
        child_born_on_month="2",
        child_born_on_year="2017",
    )
    assert "<title>Error:" in answer.content.decode()
    assert "Ada-Mae" in answer.content.decode()


def test_what_was_saved_is_there_when_the_parent_comes_back(parent):
    asked = a_request(by=parent)
    _post_page(signed_in(parent), asked, "hopes", hopes="That she has a friend.")
    again = signed_in(parent).get(reverse("ehcp:request_page", args=[asked.uuid, "hopes"]))
    assert "That she has a friend." in again.content.decode()


def test_a_page_saved_in_another_window_is_not_overwritten(parent):
    asked, client = a_request(by=parent), signed_in(parent)
    old = Request.objects.get(pk=asked.pk).revision
    _post_page(client, asked, "hopes", hopes="First window")
    answer = client.post(reverse("ehcp:request_page", args=[asked.uuid, "hopes"]), {"revision": old, "hopes": "Second window"})
    asked.refresh_from_db()
    assert (answer.status_code, asked.answers["hopes"]) == (409, "First window")


def test_a_double_click_sends_one_request(parent):
    asked, client = a_request(by=parent), signed_in(parent)
    address = reverse("ehcp:request_check", args=[asked.uuid])
    client.post(address, {"agree": "on"})
    client.post(address, {"agree": "on"})
    assert Case.objects.filter(request__asker=parent).count() == 1


def test_a_request_without_a_way_to_reply_says_what_is_missing_and_is_not_sent(parent):
    asked = a_request(by=parent, asker_reply_to="")
    answer = signed_in(parent).post(reverse("ehcp:request_check", args=[asked.uuid]), {"agree": "on"})
    assert "a way to reach you" in answer.content.decode()
    assert not Case.objects.filter(request=asked).exists()


@pytest.mark.parametrize("name", ["request_check", "request_status", "request_evidence", "request_authority"])
def test_somebody_elses_request_is_not_found(parent, name):
    asked = a_request(by=a_person())
    assert signed_in(parent).get(reverse(f"ehcp:{name}", args=[asked.uuid])).status_code == 404


def test_a_request_received_on_a_day_in_february_of_a_leap_year_counts_every_day(parent):
    clock.set_today(date(2028, 1, 20))
    asked, client = a_request(by=parent), signed_in(parent)
    sent = client.post(reverse("ehcp:request_check", args=[asked.uuid]), {"agree": "on"}, follow=True)
    assert "8 June 2028" in sent.content.decode()
