"""No name, address or word of a person reaches the logs."""

import json
import logging
import uuid

import pytest
import structlog
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import path

from send.accounts.models import User
from send.logs import JsonFormatter

FORMATTER = JsonFormatter()


@login_not_required
def page(request, name):
    structlog.get_logger("send.example").info("page_shown", child_name="Amina Yusuf", count=3)
    return HttpResponse("fine")


@login_not_required
def broken(request):
    raise ValueError("no child called Amina Yusuf, mother at amina@example.org")


urlpatterns = [path("cases/<str:name>/", page), path("broken/", broken)]


@pytest.fixture
def lines(caplog, settings):
    """The log of the service as it is written, one dictionary a line."""
    settings.ROOT_URLCONF = __name__
    caplog.set_level(logging.INFO)
    return lambda: [json.loads(FORMATTER.format(record)) for record in caplog.records]


def record(message, *args, name="send.example", error=None):
    exc_info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord(name, logging.ERROR, __file__, 1, message, args, exc_info)


@pytest.mark.django_db
def test_a_request_is_logged_by_its_route_and_an_id_that_the_answer_carries(client, lines):
    answer = client.get("/cases/EHC-7K3M-92QX/")
    finished = [line for line in lines() if line["event"] == "request_finished"]
    assert [(line["route"], line["code"], line["method"]) for line in finished] == [("cases/<str:name>/", 200, "GET")]
    assert finished[0]["request_id"] == answer["X-Request-Id"]


@pytest.mark.django_db
def test_neither_the_address_nor_the_search_words_of_a_request_are_logged(client, lines):
    client.get("/cases/jane.doe@example.org/?q=Amina+Yusuf", headers={"user-agent": "Amina's phone"})
    assert lines()
    assert not any(word in json.dumps(lines()) for word in ("jane", "Amina", "Yusuf", "phone", "127.0.0.1"))


@pytest.mark.django_db
def test_who_asked_is_logged_by_reference_only(client, lines):
    user = User.objects.create_user("amina@example.org", "a long enough password", name="Amina Yusuf")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get("/cases/EHC-7K3M-92QX/")
    finished = next(line for line in lines() if line["event"] == "request_finished")
    assert uuid.UUID(finished["user_id"]) == user.uuid
    assert "amina" not in json.dumps(lines()).lower()


@pytest.mark.django_db
def test_an_unexpected_error_is_logged_by_type_and_place_without_its_words(client, lines):
    client.raise_request_exception = False
    client.get("/broken/")
    failed = next(line for line in lines() if line["event"] == "request_failed")
    assert failed["exception"] == "ValueError"
    assert failed["where"][-1].endswith(" broken")
    assert "amina" not in json.dumps(lines()).lower()


def test_what_a_library_quotes_is_masked():
    line = FORMATTER.format(record("login failed by {'username': '%s'} at /sign-in/?next=/x", "jane@example.org", name="axes"))
    assert "jane" not in line
    assert "next" not in line


def test_a_line_is_one_line_whatever_is_in_it():
    line = FORMATTER.format(record({"event": "made\nup\x1b[31m\u2028line", "count": 2}))
    assert json.loads(line)["event"] == "made up [31m line"
    assert len(line.splitlines()) == 1


def test_a_field_that_nobody_has_allowed_is_left_out():
    assert "child_name" not in json.loads(FORMATTER.format(record({"event": "saved", "child_name": "Amina Yusuf"})))
