"""Notices that cannot go out are tried five times; GOV.UK Notify gets each once; the demonstration keeps its mail on a page."""

import json
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest
from django.core.mail import send_mail
from django.test import Client, override_settings

from send.notifications import kinds
from send.notifications.delivery import deliver
from send.notifications.models import KeptMail, Message, State
from send.notifications.retries import wait_after
from send.notifications.services import Recipient, tell

pytestmark = pytest.mark.django_db
AT = datetime(2027, 3, 4, 10, 0, tzinfo=UTC)
THING = SimpleNamespace(audit_stream="case:1", audit_reference="EHC-7K3M-92QX")
AMA = Recipient("Ama Mensah", email="ama@example.org")
KEY = "test-00000000-0000-0000-0000-000000000000-00000000-0000-0000-0000-000000000001"


@pytest.fixture(autouse=True)
def words():
    kinds.register("test_news", subject="There is something new", text="There is something new for you.")


@pytest.fixture
def notify():
    """GOV.UK Notify as its client sees it, on this machine: remembers what it was given; `answer` is its next status."""
    state = SimpleNamespace(given=[], answer=201)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if state.answer == 201:
                state.given.append(body)
            self._reply(state.answer, {"id": "1", "errors": [{"error": "ServiceUnavailable", "message": "Try later"}]})

        def do_GET(self):
            reference = self.path.partition("reference=")[2]
            self._reply(200, {"notifications": [sent for sent in state.given if sent["reference"] == reference]})

        def _reply(self, status, answer):
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    with override_settings(NOTIFY_API_KEY=KEY, NOTIFY_TEMPLATE_ID="0190a000-0000-7000-8000-000000000009", NOTIFY_URL=url):
        yield state
    server.shutdown()


def test_notify_gets_subject_body_and_our_reference(notify):
    message = tell("test_news", to=AMA, about=THING, at=AT)
    assert message.channel == "notify"
    assert deliver(message.pk, at=AT) is True
    [given] = notify.given
    assert (given["email_address"], given["reference"]) == ("ama@example.org", str(message.uuid))
    assert given["personalisation"]["subject"] == "There is something new"
    assert "EHC-" not in str(given)


def test_a_try_that_was_cut_short_after_notify_had_it_sends_nothing_twice(notify):
    message = tell("test_news", to=AMA, about=THING, at=AT)
    deliver(message.pk, at=AT)
    Message.objects.filter(pk=message.pk).update(state=State.SENDING, claimed_at=AT, sent_at=None)
    assert deliver(message.pk, at=AT + timedelta(minutes=16)) is True
    assert len(notify.given) == 1


def test_a_failed_try_waits_and_is_made_again(notify):
    message = tell("test_news", to=AMA, about=THING, at=AT)
    notify.answer = 503
    assert deliver(message.pk, at=AT) is False
    message.refresh_from_db()
    assert message.state == State.FAILED
    assert timedelta(seconds=30) <= message.next_try_at - AT <= timedelta(seconds=90)
    assert deliver(message.pk, at=AT + timedelta(seconds=29)) is False
    notify.answer = 201
    assert deliver(message.pk, at=AT + timedelta(seconds=91)) is True


def test_after_five_tries_a_person_must_look(notify):
    message = tell("test_news", to=AMA, about=THING, at=AT)
    notify.answer = 503
    for hours in range(6):
        deliver(message.pk, at=AT + timedelta(hours=hours))
    message.refresh_from_db()
    assert (message.state, message.tries) == (State.NEEDS_ATTENTION, 5)
    assert message.trouble == "HTTP503Error"


@pytest.mark.parametrize(("tries", "seconds"), [(1, 60), (2, 120), (3, 240), (4, 480)])
def test_waits_double_and_are_spread_by_half(tries, seconds):
    assert wait_after(tries, jitter=0.5) == timedelta(seconds=seconds)
    assert wait_after(tries, jitter=0.0) == timedelta(seconds=seconds / 2)
    assert wait_after(tries, jitter=1.0) == timedelta(seconds=seconds * 1.5)


@override_settings(EMAIL_BACKEND="send.notifications.backends.KeepOnPage", EMBEDDED=True)
def test_the_demonstration_shows_its_mail_to_everybody():
    send_mail("<b>News</b>", "Go to http://localhost:8000/sign-in/", None, ["ama@example.org"])
    body = Client().get("/mail/").content.decode()
    assert KeptMail.objects.count() == 1
    assert "&lt;b&gt;News&lt;/b&gt;" in body
    assert "ama@example.org" in body


@override_settings(EMBEDDED=False)
def test_a_real_service_has_no_page_of_mail():
    assert Client().get("/mail/").status_code == 404


@override_settings(EMAIL_BACKEND="send.notifications.backends.NoMail")
def test_a_real_service_without_mail_says_so_on_the_notice():
    message = tell("test_news", to=AMA, about=THING, at=AT)
    deliver(message.pk, at=AT)
    message.refresh_from_db()
    assert (message.state, message.trouble) == (State.FAILED, "ImproperlyConfigured")
