"""Pages that anyone may read, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from send.accounts.models import User
from tests.journeys.pages import axe, runs_off

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = ["/", "/accessibility/", "/cookies/", "/help-now/", "/privacy/", "/privacy/children/", "/no-such-page/"]


@pytest.mark.parametrize("address", PAGES)
def test_a_public_page_has_no_accessibility_violation_on_a_phone(page_phone, address):
    page_phone.goto(address)
    axe(page_phone)


@pytest.mark.parametrize("address", PAGES)
def test_a_public_page_has_no_accessibility_violation_on_a_desktop(page_desktop, address):
    page_desktop.goto(address)
    axe(page_desktop)


@pytest.mark.parametrize("address", PAGES)
def test_nothing_runs_off_the_narrowest_screen(open_window, address):
    page = open_window({"width": 320, "height": 640})
    page.goto(address)
    assert runs_off(page) <= 0


@pytest.mark.parametrize("address", PAGES)
def test_a_public_page_breaks_no_rule_of_the_content_security_policy(page_desktop, address):
    told = []
    page_desktop.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page_desktop.goto(address)
    assert [text for text in told if "404 (Not Found)" not in text] == []


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_one_heading_and_says_its_language(page_desktop, address):
    page_desktop.goto(address)
    expect(page_desktop.locator("h1")).to_have_count(1)
    expect(page_desktop.locator("html")).to_have_attribute("lang", "en-GB")


def test_the_pages_at_the_foot_can_be_reached_without_scripts(page_without_scripts):
    page_without_scripts.goto("/")
    page_without_scripts.get_by_role("link", name="Privacy for children").click()
    expect(page_without_scripts.get_by_role("heading", level=1)).to_have_text("Your information and you")


def test_the_first_stop_of_the_keyboard_leads_past_the_header(page_desktop):
    page_desktop.goto("/")
    page_desktop.keyboard.press("Tab")
    expect(page_desktop.get_by_role("link", name="Skip to main content")).to_be_focused()
    page_desktop.keyboard.press("Enter")
    expect(page_desktop.locator("#main-content")).to_be_focused()


def test_a_family_can_go_from_the_start_page_to_asking_for_an_assessment(page_phone):
    page_phone.goto("/")
    page_phone.get_by_role("button", name="Ask for an assessment").click()
    expect(page_phone).to_have_url(re.compile(r"/requests/start/$"))


def test_a_form_with_errors_takes_focus_to_what_is_wrong(page_phone):
    page_phone.goto("/sign-in/")
    page_phone.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page_phone).to_have_title(re.compile("^Error: "))
    expect(page_phone.locator(".govuk-error-summary")).to_be_focused()
    axe(page_phone)


def test_an_idle_session_is_warned_of_its_end_and_can_be_kept(page_desktop, sign_in):
    sign_in(page_desktop, User.objects.create_user("parent@example.org", "a long pass phrase", name="Pat Green"))
    page_desktop.clock.install()
    page_desktop.goto("/")
    page_desktop.clock.fast_forward("58:30")
    warning = page_desktop.get_by_role("dialog", name="Are you still there?")
    expect(warning).to_be_visible()
    axe(page_desktop)
    warning.get_by_role("button", name="Stay signed in").click()
    expect(warning).to_be_hidden()
