"""The log of reads and refusals, and what a family sees of it."""

from datetime import date
from uuid import UUID

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.signals import request_finished, request_started
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from send import clock
from send.accounts.roles import Role
from send.audit import refusals, services
from send.audit.models import ReadEvent
from send.audit.selectors import Look, who_looked
from send.audit.verify import verify

CHILD = UUID("00000000-0000-7000-8000-000000000001")
OTHER = UUID("00000000-0000-7000-8000-000000000002")


@pytest.fixture
def on_3_march():
    clock.set_today(date(2027, 3, 3))
    yield
    clock.set_today(None)


def test_a_list_is_one_row_that_names_the_records(an_officer):
    services.seen("work list", by=an_officer, subjects=[CHILD, OTHER])
    read = ReadEvent.objects.get()
    assert (read.what, read.outcome, read.actor_uuid) == ("work list", "seen", an_officer.uuid)
    assert set(read.subjects.values_list("subject", flat=True)) == {CHILD, OTHER}


def test_a_long_list_takes_no_more_queries_than_a_short_one(an_officer):
    services.seen("work list", by=an_officer, subjects=[CHILD])
    with CaptureQueriesContext(connection) as queries:
        services.seen("work list", by=an_officer, subjects=[UUID(int=number) for number in range(100)])
    assert len(queries) == 2


def test_a_family_sees_organisation_role_and_day(on_3_march, an_officer):
    services.seen("case page", by=an_officer, subjects=[CHILD])
    services.seen("plan", by=an_officer, subjects=[CHILD, OTHER])
    assert who_looked(CHILD) == [Look(date(2027, 3, 3), "Barsetshire Council", "SEND case officer", 2)]


def test_a_family_sees_no_name_of_staff(an_officer):
    services.seen("case page", by=an_officer, subjects=[CHILD])
    page = render_to_string("audit/_who_looked.html", {"looks": who_looked(CHILD)})
    assert "Barsetshire Council" in page
    assert "Ada" not in page


def test_a_withheld_look_is_kept_and_not_shown(an_officer):
    services.seen("case page", by=an_officer, subjects=[CHILD], withheld=True)
    assert ReadEvent.objects.get().withheld is True
    assert who_looked(CHILD) == []


@pytest.mark.parametrize("role", [Role.PARENT_CARER, ""])
def test_what_another_parent_looked_at_is_not_told(a_user, role):
    services.seen("case page", by=a_user("Other Parent"), subjects=[CHILD], role=role)
    assert who_looked(CHILD) == []


def test_looks_at_another_child_are_not_told(an_officer):
    services.seen("case page", by=an_officer, subjects=[OTHER])
    assert who_looked(CHILD) == []


def test_a_refusal_is_noted_and_not_shown_to_the_family(an_officer):
    services.denied("ehcp.view_case", by=an_officer, subject_reference="EHC-a")
    refusal = ReadEvent.objects.get()
    assert (refusal.what, refusal.outcome, refusal.subject_reference) == ("ehcp.view_case", "denied", "EHC-a")
    assert who_looked(CHILD) == []


@pytest.mark.django_db
def test_a_refusal_of_somebody_unknown_is_noted():
    services.denied("ehcp.view_case", by=AnonymousUser(), subject_reference="x" * 500)
    assert ReadEvent.objects.get().actor_kind == "nobody"


def test_noting_a_refusal_never_raises(an_officer, caplog):
    services.denied("x" * 500 + "\x00", by=an_officer, subject_reference=object())
    services.denied("ehcp.view_case", by=an_officer, subject_reference="EHC-a")
    assert ReadEvent.objects.filter(subject_reference="EHC-a").count() == 1


def test_a_refusal_outlives_the_roll_back_it_causes(committed, an_officer):
    request_started.send(sender=None)
    with transaction.atomic():
        services.denied("ehcp.decide", by=an_officer, subject_reference="EHC-a")
        transaction.set_rollback(True)
    assert ReadEvent.objects.count() == 0
    request_finished.send(sender=None)
    assert ReadEvent.objects.get().what == "ehcp.decide"
    assert verify().findings == []


def test_a_refusal_that_was_kept_is_not_written_twice(an_officer):
    refusals.forget()
    services.denied("ehcp.decide", by=an_officer, subject_reference="EHC-a")
    refusals.write_again()
    assert ReadEvent.objects.count() == 1
