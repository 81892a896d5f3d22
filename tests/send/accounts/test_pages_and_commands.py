"""Every page draws, with one heading and nothing inline; the two commands do what they say."""

import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from send.accounts.models import Invitation

pytestmark = pytest.mark.django_db
SIGNED_OUT = ["/sign-in/", "/account/signup/", "/account/password/reset/", "/account/password/reset/done/", "/mail/"]
SIGNED_IN = [
    "/account/", "/account/2fa/", "/account/2fa/recovery-codes/generate/", "/account/2fa/totp/deactivate/", "/account/sessions/",
    "/account/email/", "/account/password/change/", "/account/logout/", "/account/reauthenticate/", "/account/2fa/reauthenticate/",
    "/account/other/", "/messages/", "/letters/", "/invitation/",
]  # fmt: skip


def is_tidy(answer):
    body = answer.content.decode()
    nothing_inline = not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", body)
    return answer.status_code == 200 and body.count("<h1") == 1 and nothing_inline


@pytest.mark.parametrize("page", SIGNED_OUT)
def test_a_page_for_everybody_draws(page):
    with override_settings(EMBEDDED=True):
        assert is_tidy(Client().get(page))


@pytest.mark.parametrize("page", SIGNED_IN)
def test_a_page_for_a_person_draws(manager, sign_in, page):
    browser, _ = sign_in(manager)
    assert is_tidy(browser.get(page))


@pytest.mark.parametrize("page", ["people/", "people/invite/", "cover/"])
def test_a_page_of_an_organisation_draws(manager, authority, sign_in, page):
    browser, _ = sign_in(manager)
    assert is_tidy(browser.get(f"/organisation/{authority.uuid}/{page}"))


def test_the_command_prints_the_code_that_works_now(person, code_of):
    user, out = person(), io.StringIO()
    call_command("demo_code", user.email, stdout=out)
    assert out.getvalue()[:6] in {code_of(user), code_of(user, later=-1)}


@override_settings(EMBEDDED=False, TESTING=False)
def test_the_command_prints_no_code_in_a_real_service():
    with pytest.raises(CommandError, match="embedded default only"):
        call_command("demo_code", "ama@example.org")


def test_the_first_administrator_is_invited_by_command(school):
    call_command(
        "invite_administrator", "head@example.org", organisation=str(school.uuid), role="school_senco", stdout=io.StringIO()
    )
    row = Invitation.objects.get()
    assert (row.email, row.is_administrator, row.invited_by) == ("head@example.org", True, None)


def test_an_administrator_of_a_school_cannot_be_an_officer(school):
    with pytest.raises(CommandError, match="school_senco"):
        call_command("invite_administrator", "head@example.org", organisation=str(school.uuid), role="la_case_officer")
