"""A decision that nobody opens is followed by a letter after two days, and by a word to the officer after two more."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.http import Http404

from send.accounts.demo import make_demo_user
from send.accounts.models import Membership
from send.accounts.roles import Role
from send.audit.models import AuditEvent
from send.errors import NotAllowed, RuleBroken
from send.notifications import kinds, selectors
from send.notifications.models import Channel, Message, State
from send.notifications.services import follow_up, opened, record_posting, tell
from send.notifications.signals import decision_unopened
from send.organisations.models import LocalAuthority, Organisation, Region

pytestmark = pytest.mark.django_db
AT = datetime(2027, 3, 4, 22, 30, tzinfo=UTC)  # a Thursday, half past ten at night
MORNING = datetime(2027, 3, 6, 6, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def words():
    kinds.register("test_decision", subject="There is a decision", text="There is a decision for you to read.")


def an_authority(code):
    region, _ = Region.objects.get_or_create(code="E12000001", defaults={"name": "North East", "slug": "north-east"})
    return LocalAuthority.objects.create(
        kind=Organisation.Kind.AUTHORITY, name=f"Town {code}", code=code, gss_code=f"E06000{code}", region=region, type="Unitary"
    )


@pytest.fixture
def case():
    return SimpleNamespace(audit_stream="case:1", audit_reference="EHC-7K3M-92QX", authority=an_authority("901"))


@pytest.fixture
def parent():
    return make_demo_user("ama@example.org", "Ama Mensah", "correct horse battery staple")


@pytest.fixture
def officer(case):
    user = make_demo_user("olu@example.org", "Olu Officer", "correct horse battery staple")
    Membership.objects.create(user=user, organisation=case.authority, role=Role.CASE_OFFICER, starts_on=date(2026, 9, 1))
    return user


@pytest.fixture
def decision(parent, case):
    return tell("test_decision", to=parent, about=case, decision=True, at=AT)


@pytest.fixture
def told():
    """What was said to the work list."""
    heard = []

    def hear(sender, message, on, **kwargs):
        heard.append((message.about_reference, on))

    decision_unopened.connect(hear)
    yield heard
    decision_unopened.disconnect(hear)


@pytest.mark.parametrize(("on", "followed"), [(date(2027, 3, 5), 0), (date(2027, 3, 6), 1)])
def test_a_letter_follows_on_the_second_day(decision, on, followed):
    assert follow_up(on=on, at=MORNING) == followed
    assert Message.objects.filter(follows=decision, channel=Channel.LETTER).count() == followed


def test_the_letter_follows_once_however_often_the_watch_runs(decision):
    assert [follow_up(on=date(2027, 3, 6), at=MORNING) for _ in range(3)] == [1, 0, 0]


def test_an_opened_decision_is_followed_by_nothing(decision, parent):
    opened(decision, by=parent, at=AT)
    assert follow_up(on=date(2027, 3, 20), at=AT) == 0


def test_what_is_no_decision_is_followed_by_nothing(parent, case):
    tell("test_decision", to=parent, about=case, at=AT)
    assert follow_up(on=date(2027, 3, 20), at=AT) == 0


def test_the_officer_is_told_once_two_days_after_the_letter(decision, told):
    follow_up(on=date(2027, 3, 6), at=datetime(2027, 3, 6, 6, 30, tzinfo=UTC))
    follow_up(on=date(2027, 3, 7), at=datetime(2027, 3, 7, 6, 30, tzinfo=UTC))
    assert told == []
    for _ in range(2):
        follow_up(on=date(2027, 3, 8), at=datetime(2027, 3, 8, 6, 30, tzinfo=UTC))
    assert told == [("EHC-7K3M-92QX", date(2027, 3, 8))]


def test_opening_on_the_screen_takes_the_letter_off_the_list(decision, parent, officer):
    follow_up(on=date(2027, 3, 6), at=MORNING)
    assert selectors.letters_to_post(officer, on=date(2027, 3, 6)).count() == 1
    assert opened(decision, by=parent, at=AT) == 2
    assert selectors.letters_to_post(officer, on=date(2027, 3, 6)).count() == 0


def test_opening_twice_keeps_the_first_moment(decision, parent):
    opened(decision, by=parent, at=AT)
    assert opened(decision, by=parent, at=datetime(2027, 3, 9, tzinfo=UTC)) == 0
    assert Message.objects.get(pk=decision.pk).opened_at == AT


def a_letter(parent, case):
    return tell("test_decision", to=parent, about=case, channel=Channel.LETTER, decision=True, at=AT)


def test_an_officer_records_the_day_of_posting(parent, case, officer):
    letter = a_letter(parent, case)
    record_posting(letter.pk, by=officer, on=date(2027, 3, 5), today=date(2027, 3, 8), at=AT)
    letter.refresh_from_db()
    assert (letter.posted_on, letter.posted_by, letter.state) == (date(2027, 3, 5), officer, State.SENT)
    assert AuditEvent.objects.filter(action="notifications.record_posting", stream="case:1").exists()


@pytest.mark.parametrize("on", [date(2027, 3, 3), date(2027, 3, 9)])
def test_a_letter_is_posted_neither_before_it_was_written_nor_tomorrow(parent, case, officer, on):
    with pytest.raises(RuleBroken):
        record_posting(a_letter(parent, case).pk, by=officer, on=on, today=date(2027, 3, 8), at=AT)


def test_a_letter_is_posted_once(parent, case, officer):
    letter = a_letter(parent, case)
    record_posting(letter.pk, by=officer, on=date(2027, 3, 5), today=date(2027, 3, 8), at=AT)
    with pytest.raises(NotAllowed):
        record_posting(letter.pk, by=officer, on=date(2027, 3, 6), today=date(2027, 3, 8), at=AT)


def test_another_authoritys_letter_is_not_found(parent, case, officer):
    theirs = a_letter(parent, SimpleNamespace(audit_stream="case:2", audit_reference="EHC-X", authority=an_authority("902")))
    assert selectors.letters_to_post(officer, on=date(2027, 3, 8)).count() == 0
    with pytest.raises(Http404):
        record_posting(theirs.pk, by=officer, on=date(2027, 3, 5), today=date(2027, 3, 8), at=AT)


@pytest.fixture
def as_parent(client, parent):
    client.force_login(parent, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_a_person_opens_a_message_by_a_form_and_reads_it(as_parent, decision):
    assert "There is a decision" in as_parent.get("/messages/").content.decode()
    assert as_parent.get(f"/messages/{decision.uuid}/open/").status_code == 405
    assert Message.objects.get(pk=decision.pk).opened_at is None
    answer = as_parent.post(f"/messages/{decision.uuid}/open/", follow=True)
    assert "There is a decision for you to read." in answer.content.decode()
    assert Message.objects.get(pk=decision.pk).opened_at is not None


def test_nobody_reads_a_message_to_another(as_parent, officer, case):
    theirs = tell("test_decision", to=officer, about=case, at=AT)
    assert as_parent.get(f"/messages/{theirs.uuid}/").status_code == 404
    assert as_parent.post(f"/messages/{theirs.uuid}/open/").status_code == 404


def test_an_officer_sees_the_letters_and_records_one_on_the_page(client, officer, parent, case):
    letter = a_letter(parent, case)
    Message.objects.update(created_at=datetime(2026, 1, 5, tzinfo=UTC))
    client.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Ama Mensah" in client.get("/letters/").content.decode()
    answer = client.post(f"/letters/{letter.uuid}/posted/", {"on_day": "6", "on_month": "1", "on_year": "2026"})
    assert answer.headers["location"] == "/letters/"
    assert Message.objects.get(pk=letter.pk).posted_on == date(2026, 1, 6)
