"""A notice is written with the change it tells of, and one delivery has one effect."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import transaction

from send.accounts.models import User
from send.notifications import kinds, selectors
from send.notifications.delivery import deliver
from send.notifications.models import Channel, Message, State
from send.notifications.services import Recipient, opened, tell
from send.notifications.tasks import sweep_outbox

pytestmark = pytest.mark.django_db
AT = datetime(2027, 3, 4, 10, 0, tzinfo=UTC)


class Thing:
    audit_stream = "case:0190a000-0000-7000-8000-000000000001"
    audit_reference = "EHC-7K3M-92QX"


@pytest.fixture(autouse=True)
def words():
    kinds.register("test_news", subject="There is something new", text="There is something new for you.")


@pytest.fixture
def parent():
    return User.objects.create_user("ama@example.org", name="Ama Mensah")


def test_a_notice_is_sent_after_the_change_is_kept(parent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        message = tell("test_news", to=parent, about=Thing)
        assert mail.outbox == []
    assert [sent.to for sent in mail.outbox] == [["ama@example.org"]]
    assert Message.objects.get(pk=message.pk).state == State.SENT


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_undone_leaves_no_notice(parent):
    with transaction.atomic():
        tell("test_news", to=parent, about=Thing)
        transaction.set_rollback(True)
    assert not Message.objects.exists()
    assert mail.outbox == []


def test_five_deliveries_of_one_notice_send_one_email(parent):
    message = tell("test_news", to=parent, about=Thing, at=AT)
    assert [deliver(message.pk, at=AT) for _ in range(5)] == [True, False, False, False, False]
    assert len(mail.outbox) == 1


def test_the_email_says_where_to_sign_in_and_nothing_of_the_case(parent):
    deliver(tell("test_news", to=parent, about=Thing, at=AT).pk, at=AT)
    [sent] = mail.outbox
    assert "Dear Ama Mensah" in sent.body
    assert "/sign-in/" in sent.body
    assert Thing.audit_reference not in sent.subject + sent.body


def test_a_name_with_line_breaks_becomes_one_line():
    message = tell("test_news", to=Recipient("Ama\r\nBcc: all@example.org", email="ama@example.org"), about=Thing, at=AT)
    deliver(message.pk, at=AT)
    assert mail.outbox[0].body.startswith("Dear Ama Bcc: all@example.org,")
    assert mail.outbox[0].recipients() == ["ama@example.org"]


def test_an_address_with_a_line_break_is_refused():
    with pytest.raises(ValidationError):
        tell("test_news", to=Recipient("Ama", email="ama@example.org\nBcc: all@example.org"), about=Thing)


def test_a_subject_with_a_line_break_is_refused():
    with pytest.raises(ValueError, match="one line"):
        kinds.register("test_broken", subject="News\nBcc: all@example.org", text="There is something new.")


def test_a_person_without_email_gets_a_letter_that_waits_to_be_posted():
    message = tell("test_news", to=Recipient("Ama Mensah", address="1 High Street"), about=Thing, at=AT)
    assert message.channel == Channel.LETTER
    assert deliver(message.pk, at=AT) is False
    assert Message.objects.get(pk=message.pk).state == State.QUEUED


def test_a_notice_lost_on_its_way_is_sent_by_the_sweeper(parent):
    old = tell("test_news", to=parent, about=Thing, at=datetime.now(UTC) - timedelta(minutes=6))
    new = tell("test_news", to=parent, about=Thing, at=datetime.now(UTC) - timedelta(minutes=4))
    assert sweep_outbox() == 1
    assert Message.objects.get(pk=old.pk).state == State.SENT
    assert Message.objects.get(pk=new.pk).state == State.QUEUED


def test_a_notice_that_a_dead_worker_had_is_taken_over_after_sixteen_minutes(parent):
    message = tell("test_news", to=parent, about=Thing, at=AT)
    Message.objects.filter(pk=message.pk).update(state=State.SENDING, claimed_at=AT, tries=1)
    assert deliver(message.pk, at=AT + timedelta(minutes=15)) is False
    assert deliver(message.pk, at=AT + timedelta(minutes=16)) is True


def test_opening_marks_my_notices_about_a_thing_and_nobody_elses(parent):
    other = User.objects.create_user("ben@example.org", name="Ben Osei")
    mine, theirs = (tell("test_news", to=person, about=Thing, at=AT) for person in (parent, other))
    assert opened(Thing, by=parent, at=AT) == 1
    assert selectors.message_for(parent, uuid=mine.uuid).state == State.OPENED
    assert selectors.message_for(other, uuid=theirs.uuid).opened_at is None


def test_a_notice_opened_while_it_is_being_sent_stays_opened(parent):
    message = tell("test_news", to=parent, about=Thing, at=AT)
    opened(message, by=parent, at=AT)
    assert deliver(message.pk, at=AT) is False
    assert Message.objects.get(pk=message.pk).state == State.OPENED
