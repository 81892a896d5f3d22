"""Writing the trail."""

import json
from threading import Thread

import pytest
import structlog
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from send.audit import chain, services
from send.audit.actors import system
from send.audit.models import AuditEvent, AuditText, Stream
from send.audit.verify import verify


def test_an_event_says_who_did_what_for_whom(an_officer, write):
    (event,) = write(action="test.agree", change={"state": ["asked", "agreed"]}, why="Advice received")
    kept = AuditEvent.objects.get()
    assert (kept.stream, kept.sequence, kept.action, kept.subject_reference) == ("case:a", 1, "test.agree", "EHC-a")
    assert (kept.actor_kind, kept.actor_uuid, kept.role) == ("user", an_officer.uuid, "la_case_officer")
    assert kept.organisation == an_officer.memberships.get().organisation.uuid
    assert kept.hash == event.hash == Stream.objects.get(name="case:a").hash


def test_names_and_values_stand_in_the_erasable_words_only(write):
    write(change={"town": ["York", "Leeds"]}, why="They moved")
    words = json.loads(AuditText.objects.get().text)
    assert words == {
        "by": "Ada Officer", "organisation": "Barsetshire Council", "change": {"town": ["York", "Leeds"]}, "why": "They moved",
    }  # fmt: skip
    assert "Ada" not in str(AuditEvent.objects.values().get())


def test_each_event_is_linked_to_the_one_before(write):
    first, second = write(2)
    assert first.previous_hash == "0" * 64
    assert second.previous_hash == first.hash
    assert second.sequence == 2


def test_the_hash_is_the_published_formula(write):
    write()
    event = AuditEvent.objects.get()
    body = chain.body(getattr(event, name) for name in chain.EVENT_COLUMNS)
    assert event.hash == chain.digest(f"{'0' * 64}\n1\n{body}")


def test_streams_count_for_themselves(write):
    write(2, name="a")
    (event,) = write(1, name="b")
    assert (event.stream, event.sequence) == ("case:b", 1)


@pytest.mark.django_db
def test_the_service_acts_under_a_name():
    with transaction.atomic():
        services.record("test.watch", by=system("deadline watch"), subject="system")
    event = AuditEvent.objects.get()
    assert (event.stream, event.actor_kind, event.system_name, event.actor_uuid) == ("system", "system", "deadline watch", None)


def test_the_request_is_named(write):
    with structlog.contextvars.bound_contextvars(request_id="req-7"):
        write()
    assert AuditEvent.objects.get().request_id == "req-7"


def test_words_of_any_alphabet_and_control_characters_are_kept(write):
    write(why="Zażółć\x00 \ud800 “plan”")
    assert verify().findings == []


def test_writing_takes_one_statement_on_postgresql_and_three_on_sqlite(an_officer, write):
    write()
    with CaptureQueriesContext(connection) as queries:
        write()
    statements = [query for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(statements) == (1 if connection.vendor == "postgresql" else 3)


def test_recording_outside_a_transaction_is_refused(committed):
    with pytest.raises(TransactionManagementError):
        services.record("test.note", by=system("test"), subject="system")
    assert AuditEvent.objects.count() == 0


def test_a_change_that_is_rolled_back_leaves_no_event(committed):
    with transaction.atomic():
        services.record("test.note", by=system("test"), subject="system")
        transaction.set_rollback(True)
    assert (AuditEvent.objects.count(), AuditText.objects.count(), Stream.objects.count()) == (0, 0, 0)


def test_writers_at_once_leave_one_chain_without_a_gap(committed):
    writers = 4 if connection.vendor == "postgresql" else 1  # the in-memory SQLite of the tests has one connection
    threads = [Thread(target=_write_fifty) for _ in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(AuditEvent.objects.order_by("sequence").values_list("sequence", flat=True)) == list(range(1, 50 * writers + 1))
    assert verify().findings == []


def _write_fifty():
    try:
        for _ in range(50):
            with transaction.atomic():
                services.record("test.note", by=system("test"), subject="system")
    finally:
        connection.close()
