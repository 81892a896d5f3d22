"""The database itself refuses to change the trail, and lets words go only for a lawful erasure."""

import pytest
from django.db import IntegrityError, connection, transaction

from send.audit import checkpoints, services, triggers
from send.audit.actors import system
from send.audit.models import AuditEvent, AuditText
from send.audit.verify import GUARDED, verify

VERBS = ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"]
COLUMN = {"audit_audittext": "event_id"}


@pytest.fixture
def a_row_in_each(write):
    write()
    services.seen("case page", by=system("test"), subjects=["00000000-0000-7000-8000-000000000001"])
    checkpoints.make()


def _run(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("table", GUARDED)
@pytest.mark.parametrize("verb", VERBS)
def test_change_and_removal_are_refused(a_row_in_each, table, verb):
    with pytest.raises(IntegrityError, match="append-only"):
        _run(verb.format(table, COLUMN.get(table, "id")))


@pytest.mark.parametrize("table", GUARDED)
def test_emptying_or_replacing_is_refused(a_row_in_each, table):
    way = "TRUNCATE {0}" if connection.vendor == "postgresql" else "REPLACE INTO {0} SELECT * FROM {0}"
    with pytest.raises(IntegrityError, match="append-only"):
        _run(way.format(table))


def test_erased_words_are_gone_and_the_chain_is_valid(an_officer, a_chain):
    services.erase_text("case:a", by=an_officer, why="Asked for under article 17")
    assert AuditText.objects.filter(event__stream="case:a").count() == 1
    assert AuditText.objects.filter(event__stream="case:b").count() == 2
    assert verify().findings == []


def test_an_erasure_records_itself(an_officer, a_chain):
    services.erase_text("case:a", by=an_officer, why="Asked for under article 17", subject_reference="EHC-a")
    last = AuditEvent.objects.filter(stream="case:a").order_by("sequence").last()
    assert (last.action, last.sequence, last.erases_to, last.subject_reference) == ("audit.erase_text", 7, 6, "EHC-a")
    assert "article 17" in last.text.text


def test_words_written_after_an_erasure_are_kept(an_officer, a_chain, write):
    services.erase_text("case:a", by=an_officer, why="Asked for")
    (later,) = write(name="a")
    with pytest.raises(IntegrityError, match="append-only"):
        _run(f"DELETE FROM audit_audittext WHERE event_id = {later.pk}")


def test_a_row_may_go_where_the_condition_holds(a_table):
    a_table(triggers.append_only("audit_test_table", allow_delete_if="OLD.id > 1"))
    _run("DELETE FROM audit_test_table WHERE id = 2")
    with pytest.raises(IntegrityError, match="append-only"):
        _run("DELETE FROM audit_test_table WHERE id = 1")


def test_another_app_can_guard_its_table_and_unguard_it(a_table):
    operation = a_table("audit_test_table")
    assert triggers.missing(connection, tables=["audit_test_table"]) == []
    with connection.schema_editor(atomic=False) as editor:
        operation.reverse_code(None, editor)
    _run("UPDATE audit_test_table SET id = 3 WHERE id = 1")
    assert triggers.missing(connection, tables=["audit_test_table"]) == ["audit_test_table"]


@pytest.fixture
def a_table(committed):
    def guard(table):
        (operation,) = triggers.operations(table)
        with connection.schema_editor(atomic=False) as editor:
            operation.code(None, editor)
        return operation

    _run("CREATE TABLE audit_test_table (id integer PRIMARY KEY)")
    _run("INSERT INTO audit_test_table VALUES (1), (2)")
    yield guard
    _run("DROP TABLE audit_test_table")


def test_guards_taken_away_come_back_as_they_were(a_row_in_each):
    triggers.drop_all(connection)
    assert triggers.missing(connection, tables=GUARDED) == GUARDED
    triggers.create_all(connection)
    triggers.create_all(connection)
    assert triggers.missing(connection, tables=GUARDED) == []
