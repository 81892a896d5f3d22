"""Pages of the front door: what they say, what a refusal looks like, and what browsers are told."""

import json

import pytest
from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from send import context, middleware, urls
from send.accounts.models import User
from send.csp_reports import summary_of
from send.errors import NotAllowed, RuleBroken, Stale

PUBLIC = ["/", "/accessibility/", "/cookies/", "/help-now/", "/privacy/", "/privacy/children/"]
ERRORS = {
    "rule": RuleBroken("A plan needs a need.", "SEND Regs 2014 reg 12"),
    "state": NotAllowed("The plan is final already."),
    "stale": Stale("Sam Lee saved this part at 2pm.", theirs="Three hours a week"),
    "broken": ZeroDivisionError("secret detail"),
}


def fail(request, how):
    raise ERRORS[how]


urlpatterns = [*urls.urlpatterns, path("fail/<str:how>/", fail)]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
fails = override_settings(ROOT_URLCONF=__name__)


@pytest.fixture
def a_parent(db):
    return User.objects.create_user("parent@example.org", "a long pass phrase", name="Pat Green")


@pytest.fixture
def signed_in(client, a_parent):
    """Past the second factor, as after a real sign-in."""
    client.force_login(a_parent, "allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["second_factor"] = a_parent.pk
    session.save()
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("address", PUBLIC)
def test_anyone_may_read_a_public_page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.content.decode().count("<h1") == 1


@pytest.mark.parametrize("address", PUBLIC)
def test_a_page_holds_no_inline_script_or_style(client, address):
    page = client.get(address).content.decode()
    assert " style=" not in page
    assert "<style" not in page
    assert page.count("<script") == page.count("<script src") + page.count('<script type="module" src')


def test_the_cookies_page_names_the_cookies_that_are_set(client):
    page = client.get("/cookies/").content.decode()
    assert f"<code>{settings.SESSION_COOKIE_NAME}</code>" in page
    assert f"<code>{settings.CSRF_COOKIE_NAME}</code>" in page


@fails
def test_a_broken_rule_is_a_page_that_says_the_rule(signed_in):
    answer = signed_in.get("/fail/rule/")
    assert answer.status_code == 422
    assert "A plan needs a need." in answer.content.decode()
    assert "SEND Regs 2014 reg 12" in answer.content.decode()


@fails
def test_a_step_that_cannot_be_taken_now_is_a_conflict(signed_in):
    answer = signed_in.get("/fail/state/")
    assert answer.status_code == 409
    assert "The plan is final already." in answer.content.decode()


@fails
def test_who_saved_second_sees_both_texts(signed_in):
    answer = signed_in.post("/fail/stale/", {"provision": "Two <b>hours</b>"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Three hours a week" in page
    assert "Two &lt;b&gt;hours&lt;/b&gt;" in page


@fails
def test_an_unexpected_error_is_an_apology_without_detail(signed_in):
    answer = signed_in.get("/fail/broken/")
    assert answer.status_code == 500
    assert "problem with the service" in answer.content.decode()
    assert "secret detail" not in answer.content.decode()


def test_an_unknown_address_is_a_page_in_plain_words(signed_in):
    answer = signed_in.get("/no-such-page/")
    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode()


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_in_words():
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"login": "a@example.org"})
    assert answer.status_code == 403
    assert "This form could not be sent" in answer.content.decode()


def test_pages_of_signed_in_people_are_kept_out_of_caches(signed_in):
    answer = signed_in.get("/")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_the_browser_forgets_at_sign_out(signed_in):
    answer = signed_in.post("/account/logout/")
    assert answer["Clear-Site-Data"] == middleware.CLEAR_AT_SIGN_OUT
    assert answer["Cache-Control"] == "private, no-store"


def test_staying_signed_in_needs_a_sign_in(client, db):
    assert client.get("/stay-signed-in/").status_code == 302


def test_a_script_can_renew_the_session(signed_in):
    answer = signed_in.post("/stay-signed-in/", headers={"accept": "application/json"})
    assert answer.json() == {"minutes": 60}


def test_a_page_says_how_long_a_session_lasts_and_how_to_keep_it_without_scripts(signed_in):
    page = signed_in.get("/").content.decode()
    assert "signed out after 60 minutes" in page
    assert 'href="/stay-signed-in/"' in page
    assert 'data-idle-seconds="3600"' in page


def test_a_form_sent_too_late_gives_back_what_was_typed(signed_in):
    session = signed_in.session
    session["seen_at"] = 1
    session.save()
    answer = signed_in.post("/stay-signed-in/", {"views": "She <loves> horses", "password": "never shown"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "She &lt;loves&gt; horses" in page
    assert "never shown" not in page
    assert "/sign-in/?next=/stay-signed-in/" in page


def test_a_page_opened_too_late_asks_to_sign_in(signed_in):
    session = signed_in.session
    session["seen_at"] = 1
    session.save()
    assert signed_in.get("/stay-signed-in/")["Location"] == "/sign-in/?next=/stay-signed-in/"


def test_security_txt_says_whom_to_tell(client):
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"].startswith("text/plain")
    assert b"Contact: mailto:" in answer.content
    assert b"Expires: 20" in answer.content


def test_search_engines_are_kept_from_cases(client):
    assert b"Disallow: /cases/" in client.get("/robots.txt").content


def test_a_report_of_a_browser_is_taken_without_a_word(client):
    report = {"csp-report": {"effective-directive": "script-src", "blocked-uri": "https://evil.example/a?b=EHC-1"}}
    answer = client.post("/security/csp-report/", json.dumps(report), content_type="application/csp-report")
    assert answer.status_code == 204


def test_too_many_reports_are_refused(client):
    answers = [client.post("/security/csp-report/", b"{}", content_type="application/csp-report").status_code for _ in range(31)]
    assert answers[-2:] == [204, 429]
    cache.clear()


@pytest.mark.parametrize("body", [b"", b"[]", b"[1]", b"null", b"\xff", b'{"csp-report": 3}', b"[" * 100_000, b'"x"'])
def test_a_report_that_is_none_is_nothing(body):
    assert summary_of(body) is None


def test_a_report_keeps_no_address_and_no_line_breaks():
    report = {"csp-report": {"effective-directive": "img-src\nforged: line", "blocked-uri": "https://evil.example/EHC-7K3M-92QX"}}
    assert summary_of(json.dumps(report).encode()) == {"directive": "img-srcforged: line", "blocked": "evil.example"}


def test_navigation_leads_only_to_what_is_there():
    links = context.navigation("/standards/", is_signed_in=False, is_staff=False)
    assert {"text": "Standards", "href": "/standards/", "is_current": True} in links
    assert all(link["href"] for link in links)


def test_only_staff_are_led_to_the_work_list():
    words = [[link["text"] for link in context.navigation("/", is_signed_in=True, is_staff=staff)] for staff in (True, False)]
    assert "Cases" in words[0]
    assert "Cases" not in words[1]


def test_a_page_that_may_be_cached_elsewhere_stays_so():
    request = RequestFactory().get("/")
    request.user = type("Nobody", (), {"is_authenticated": False})()
    answer = middleware.private_pages(lambda request: HttpResponse(headers={"Cache-Control": "public"}))(request)
    assert answer["Cache-Control"] == "public"
