"""Signing in: two steps, the same answers for everybody, and nothing that locks out a whole school."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse

from send.accounts.models import User
from send.audit.models import AuditEvent

pytestmark = pytest.mark.django_db


class CountingHasher(MD5PasswordHasher):
    """Counts the passwords it was asked about."""

    asked = 0

    def encode(self, password, salt):
        CountingHasher.asked += 1
        return super().encode(password, salt)


def actions():
    return list(AuditEvent.objects.values_list("action", flat=True))


def test_the_sign_in_page_is_at_its_address():
    assert reverse("account_login") == "/sign-in/"
    assert Client().get("/sign-in/").status_code == 200
    assert Client().get("/account/login/").status_code in {302, 404}


def test_a_person_signs_in_with_password_and_code(person, sign_in):
    browser, answer = sign_in(person())
    assert answer.headers["location"] == "/home/"
    assert browser.get("/account/").status_code == 200
    assert "accounts.sign_in" in actions()


def test_a_password_alone_opens_nothing(person, password):
    person()
    browser = Client()
    answer = browser.post("/sign-in/", {"login": "ama@example.org", "password": password})
    assert answer.headers["location"] == "/account/2fa/authenticate/"
    assert browser.get("/account/").headers["location"].startswith("/sign-in/")


def test_a_code_works_once(person, sign_in, password, code_of):
    user = person()
    sign_in(user)
    second = Client()
    second.post("/sign-in/", {"login": user.email, "password": password})
    answer = second.post("/account/2fa/authenticate/", {"code": code_of(user)})
    assert answer.status_code == 200
    assert second.get("/account/").status_code == 302
    assert "accounts.wrong_code" in actions()


def test_the_session_has_a_new_id_after_sign_in(person, sign_in):
    browser = Client()
    browser.get("/sign-in/")
    session = browser.session
    session["something"] = 1
    session.save()
    before = session.session_key
    browser, _ = sign_in(person(), browser)
    assert browser.session.session_key != before


@pytest.mark.parametrize("email", ["ama@example.org", "nobody@example.org"])
def test_known_and_unknown_addresses_get_the_same_words(person, email):
    person()
    body = Client().post("/sign-in/", {"login": email, "password": "wrong wrong wrong"}).content.decode()
    assert "email address and/or password you specified are not correct" in body
    assert body.count(email) == 1  # only what was typed, given back in its box


def test_known_and_unknown_addresses_take_the_same_work(person):
    person()
    asked = []
    with override_settings(PASSWORD_HASHERS=[f"{__name__}.CountingHasher"]):
        for email in ("ama@example.org", "nobody@example.org"):
            CountingHasher.asked = 0
            Client().post("/sign-in/", {"login": email, "password": "wrong wrong wrong"})
            asked.append(CountingHasher.asked)
    assert asked[0] == asked[1] == 1


@pytest.mark.parametrize("email", ["ama@example.org", "nobody@example.org"])
def test_a_forgotten_password_gets_the_same_answer_for_everybody(person, email):
    person()
    answer = Client().post("/account/password/reset/", {"email": email})
    assert answer.headers["location"] == "/account/password/reset/done/"
    assert [sent.to for sent in mail.outbox] == [[email]]


def test_one_bad_user_does_not_lock_out_the_school(person, sign_in):
    person()
    for _ in range(11):
        last = Client().post("/sign-in/", {"login": "ama@example.org", "password": "wrong wrong wrong"})
    assert last.status_code in {200, 429}
    _, answer = sign_in(person("ben@example.org", "Ben Osei"))
    assert answer.headers["location"] == "/home/"


def test_ten_failures_lock_that_address_even_for_the_right_password(person, password):
    person()
    for _ in range(11):
        Client().post("/sign-in/", {"login": "ama@example.org", "password": "wrong wrong wrong"})
    answer = Client().post("/sign-in/", {"login": "ama@example.org", "password": password})
    assert not answer.has_header("location")
    assert Client().post("/account/2fa/authenticate/", {"code": "123456"}).headers["location"] == "/sign-in/"


def test_a_failed_sign_in_is_kept_without_the_address(person):
    person()
    Client().post("/sign-in/", {"login": "ama@example.org", "password": "wrong wrong wrong"})
    event = AuditEvent.objects.get(action="accounts.failed_sign_in")
    assert "ama@" not in str(event.__dict__)


def test_signing_out_is_a_form_never_a_link(person, sign_in):
    browser, _ = sign_in(person())
    assert browser.get("/account/logout/").status_code == 200
    assert browser.get("/account/").status_code == 200
    browser.post("/account/logout/")
    assert browser.get("/account/").status_code == 302
    assert "accounts.sign_out" in actions()


def test_a_form_without_its_token_is_refused(person, password):
    person()
    browser = Client(enforce_csrf_checks=True)
    assert browser.post("/sign-in/", {"login": "ama@example.org", "password": password}).status_code == 403


def test_a_sign_in_never_leads_to_another_site(person, password, code_of):
    user = person()
    browser = Client()
    browser.post("/sign-in/?next=//evil.example/", {"login": user.email, "password": password, "next": "//evil.example/"})
    answer = browser.post("/account/2fa/authenticate/", {"code": code_of(user)})
    assert answer.headers["location"] == "/home/"


def test_a_family_creates_an_account_confirms_the_address_and_sets_up_the_second_step(code_of):
    browser, words = Client(), "purple kettle under seven"
    answer = browser.post(
        "/account/signup/", {"name": "Ama Mensah", "email": "ama@example.org", "password1": words, "password2": words}
    )
    assert answer.headers["location"] == "/account/confirm-email/"
    code = re.search(r"^\s*([A-Z0-9]{4}-[A-Z0-9]{4})\s*$", mail.outbox[0].body, re.MULTILINE).group(1)
    assert browser.post("/account/confirm-email/", {"code": code}).status_code == 302
    assert EmailAddress.objects.get(email="ama@example.org").verified
    assert browser.get("/account/").headers["location"] == "/account/2fa/totp/activate/"
    assert User.objects.get(email="ama@example.org").name == "Ama Mensah"


def test_a_password_of_fourteen_letters_is_too_short():
    words = {"name": "Ama", "email": "ama@example.org", "password1": "abcdefghijklmn", "password2": "abcdefghijklmn"}
    answer = Client().post("/account/signup/", words)
    assert answer.status_code == 200
    assert not User.objects.exists()


def test_the_secret_of_an_authenticator_is_not_readable_in_the_database(person):
    user = person()
    kept = Authenticator.objects.get(user=user).data["secret"]
    assert kept.startswith("gAAAA")
