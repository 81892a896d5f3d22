"""Nobody gets past the pages of their own sign-in without a second factor, and every change ends the other sessions."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from send.accounts.codes import claim_code
from send.accounts.middleware import FAMILY_IDLE_SECONDS, STAFF_IDLE_SECONDS
from send.accounts.models import User
from send.accounts.sessions import end_sessions

pytestmark = pytest.mark.django_db
NEW = "another kettle over seventy"


def aged(browser, **seconds_ago):
    """The same session, as it would be if those moments had been so long ago."""
    session = browser.session
    for name, seconds in seconds_ago.items():
        session[name] -= seconds
    session.save()


@pytest.mark.parametrize("page", ["/account/", "/messages/", "/organisation/people/", "/account/sessions/"])
def test_without_an_authenticator_every_page_leads_to_setting_one_up(a_newcomer, password, page):
    browser = Client()
    browser.post("/sign-in/", {"login": a_newcomer.email, "password": password})
    assert browser.get(page).headers["location"] == "/account/2fa/totp/activate/"


def test_public_pages_stay_open_without_an_authenticator(a_newcomer, password):
    browser = Client()
    browser.post("/sign-in/", {"login": a_newcomer.email, "password": password})
    assert browser.get("/healthz").status_code == 200
    assert browser.get("/account/logout/").status_code == 200


def test_setting_up_an_app_right_after_sign_in_asks_for_no_second_password(a_newcomer, password):
    browser = Client()
    browser.post("/sign-in/", {"login": a_newcomer.email, "password": password})
    body = browser.get("/account/2fa/totp/activate/").content.decode()
    assert 'src="data:image/svg+xml;base64,' in body
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", body).group(1)
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    assert browser.post("/account/2fa/totp/activate/", {"code": code}).headers["location"] == "/account/2fa/recovery-codes/"
    assert browser.get("/account/2fa/recovery-codes/").status_code == 200
    assert browser.get("/account/").status_code == 200


def test_a_used_code_is_refused_by_the_database_whichever_server_is_asked(person):
    user = person()
    assert claim_code(user, "123456", seconds=1_800_000_010) is True
    assert claim_code(user, "123 456", seconds=1_800_000_012) is False
    assert claim_code(user, "123456", seconds=1_800_000_031) is False
    assert claim_code(user, "123456", seconds=1_800_000_090) is True


def test_a_changed_password_signs_out_the_other_browser_and_keeps_this_one(person, sign_in, password, code_of):
    user = person()
    here, _ = sign_in(user)
    elsewhere = Client()
    elsewhere.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert elsewhere.get("/account/").status_code == 200
    here.post("/account/password/change/", {"oldpassword": password, "password1": NEW, "password2": NEW})
    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").headers["location"].startswith("/sign-in/")


def test_a_removed_authenticator_signs_out_the_other_browser_and_asks_for_a_new_one_here(person, sign_in):
    user = person()
    here, _ = sign_in(user)
    elsewhere = Client()
    elsewhere.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    here.post("/account/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=user, type="totp").exists()
    assert here.get("/account/").headers["location"] == "/account/2fa/totp/activate/"
    assert elsewhere.get("/account/").headers["location"].startswith("/sign-in/")


def test_ended_sessions_are_over_on_the_next_request(person, sign_in):
    browser, _ = sign_in(person())
    end_sessions(User.objects.get())
    assert browser.get("/account/").headers["location"].startswith("/sign-in/")


def test_an_account_that_is_closed_is_out_on_the_next_request(person, sign_in):
    browser, _ = sign_in(person())
    User.objects.update(is_active=False)
    assert browser.get("/account/").headers["location"].startswith("/sign-in/")


def test_the_other_sessions_are_listed_and_can_be_ended(person, sign_in, password):
    user = person()
    here, _ = sign_in(user)
    assert "This one" in here.get("/account/sessions/").content.decode()


@pytest.mark.parametrize(("seconds", "is_in"), [(STAFF_IDLE_SECONDS - 5, True), (STAFF_IDLE_SECONDS + 5, False)])
def test_staff_are_signed_out_after_thirty_idle_minutes(head, sign_in, seconds, is_in):
    browser, _ = sign_in(head)
    aged(browser, seen_at=seconds)
    assert (browser.get("/account/").status_code == 200) is is_in


@pytest.mark.parametrize(("seconds", "is_in"), [(FAMILY_IDLE_SECONDS - 5, True), (FAMILY_IDLE_SECONDS + 5, False)])
def test_families_are_signed_out_after_sixty_idle_minutes(person, sign_in, seconds, is_in):
    browser, _ = sign_in(person())
    aged(browser, seen_at=seconds)
    assert (browser.get("/account/").status_code == 200) is is_in


def test_everybody_is_signed_out_after_twelve_hours(person, sign_in):
    browser, _ = sign_in(person())
    aged(browser, signed_in_at=12 * 3600 + 1)
    assert browser.get("/account/").headers["location"].startswith("/sign-in/")


def test_after_five_minutes_an_important_step_asks_again(head, school, sign_in):
    browser, _ = sign_in(head)
    assert browser.get(f"/organisation/{school.uuid}/people/invite/").status_code == 200
    session = browser.session
    session["account_authentication_methods"] = [
        record | {"at": record["at"] - 301} for record in session["account_authentication_methods"]
    ]
    session.save()
    answer = browser.get(f"/organisation/{school.uuid}/people/invite/")
    assert answer.headers["location"].startswith("/account/reauthenticate/")
