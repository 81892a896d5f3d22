"""Whatever is done to one row of the chain is found, named, and called what it is."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from send.audit import chain
from send.audit.models import AuditEvent

EVENTS, TEXTS, STREAMS = "audit_auditevent", "audit_audittext", "audit_stream"
CHANGES = {
    "at": "'2026-01-01 00:00:00+00:00'", "actor_kind": "'nobody'", "actor_id": "999", "actor_uuid": "NULL", "system_name": "'x'",
    "role": "'auditor'", "organisation": "NULL", "subject_reference": "'EHC-z'", "action": "'test.other'", "outcome": "'undone'",
    "request_id": "'x'", "erases_to": "2", "text_digest": "'0'", "previous_hash": "'0'", "hash": "'0'",
}  # fmt: skip
COPIED = "stream, at, actor_kind, system_name, role, subject_reference, action, outcome, request_id, text_digest"
INSERT = (
    f"INSERT INTO audit_auditevent ({COPIED}, sequence, previous_hash, hash) "
    f"SELECT {COPIED}, {{sequence}}, {{previous}}, {{hash}} FROM audit_auditevent WHERE stream = 'case:a' AND sequence = {{like}}"
)


def _at(sequence):
    return f"stream = 'case:a' AND sequence = {sequence}"


def _shift(after, by):
    """In two steps, because no two rows may share a place on the way."""
    return (
        f"UPDATE {EVENTS} SET sequence = sequence + 1000 WHERE stream = 'case:a' AND sequence > {after}",
        f"UPDATE {EVENTS} SET sequence = sequence - 1000 + ({by}) WHERE stream = 'case:a' AND sequence > 1000",
    )


def _swap(one, other):
    return tuple(f"UPDATE {EVENTS} SET sequence = {new} WHERE {_at(old)}" for old, new in ((one, -1), (other, one), (-1, other)))


def _rewrite(sequence, damage):
    """Change a row and give it the hash that its new content deserves."""
    event = AuditEvent.objects.get(stream="case:a", sequence=sequence)
    event.action = "test.other"
    body = chain.body(getattr(event, name) for name in chain.EVENT_COLUMNS)
    new_hash = chain.link(event.previous_hash, sequence, body)
    damage(f"UPDATE {EVENTS} SET action = 'test.other', hash = '{new_hash}' WHERE {_at(sequence)}")
    return new_hash


def test_a_trail_that_nobody_touched_is_sound(a_chain, found):
    assert found() is None


@pytest.mark.parametrize(("column", "value"), CHANGES.items())
def test_a_change_to_any_column_is_found(a_chain, damage, found, row, column, value):
    damage(f"UPDATE {EVENTS} SET {column} = {value} WHERE {_at(3)}")
    assert found() == ("changed", "case:a", 3, row(3))


@pytest.mark.parametrize("sequence", [1, 3])
def test_a_row_taken_out_is_found(a_chain, damage, found, sequence):
    damage(f"DELETE FROM {EVENTS} WHERE {_at(sequence)}")
    assert found() == ("missing", "case:a", sequence, None)


def test_a_row_taken_out_and_the_gap_closed_is_found(a_chain, damage, found):
    damage(f"DELETE FROM {EVENTS} WHERE {_at(3)}", *_shift(3, -1))
    assert found() == ("missing", "case:a", 3, None)


@pytest.mark.parametrize("left", [5, 3, 0])
def test_a_cut_tail_is_found(a_chain, damage, found, left):
    damage(f"DELETE FROM {EVENTS} WHERE stream = 'case:a' AND sequence > {left}")
    assert found() == ("tail removed", "case:a", left + 1, None)


@pytest.mark.parametrize(("one", "other"), [(2, 5), (3, 4), (1, 6), (5, 6)])
def test_two_rows_swapped_are_found(a_chain, damage, found, row, one, other):
    damage(*_swap(one, other))
    assert found() == ("reordered", "case:a", one, row(one))


def test_a_row_put_in_between_is_found(a_chain, damage, found, row):
    damage(*_shift(2, 1), INSERT.format(sequence=3, like=1, previous="'0'", hash="'0'"))
    assert found() == ("inserted", "case:a", 3, row(3))


def test_a_row_put_in_between_with_the_right_hash_is_found(a_chain, damage, found, row):
    damage(*_shift(2, 1), INSERT.format(sequence=3, like=1, previous="'0'", hash="'0'"))
    forged, before = AuditEvent.objects.get(stream="case:a", sequence=3), AuditEvent.objects.get(stream="case:a", sequence=2)
    body = chain.body(getattr(forged, name) for name in chain.EVENT_COLUMNS)
    link = chain.link(before.hash, 3, body)
    damage(
        f"UPDATE {EVENTS} SET previous_hash = '{before.hash}', hash = '{link}' WHERE {_at(3)}",
        f"INSERT INTO {TEXTS} SELECT {forged.pk}, salt, text FROM {TEXTS} WHERE event_id = {row(1)}",
    )
    assert found() == ("inserted", "case:a", 3, row(3))


@pytest.mark.parametrize("place", [0, 7, 50])
def test_a_row_put_before_or_after_the_chain_is_found(a_chain, damage, found, row, place):
    damage(INSERT.format(sequence=place, like=6, previous="hash", hash="'0'"))
    assert found() == ("inserted", "case:a", place, row(place))


def test_a_stream_without_its_head_is_found(a_chain, damage, found, row):
    damage(f"DELETE FROM {STREAMS} WHERE name = 'case:a'")
    assert found() == ("head missing", "case:a", 1, row(1))


def test_an_altered_head_is_found(a_chain, damage, found, row):
    damage(f"UPDATE {STREAMS} SET hash = '{'0' * 64}' WHERE name = 'case:a'")
    assert found() == ("changed", "case:a", 6, row(6))


def test_a_head_moved_back_over_the_tail_is_found(a_chain, damage, found, row):
    damage(f"UPDATE {STREAMS} SET sequence = 4, hash = '{a_chain[3].hash}' WHERE name = 'case:a'")
    assert found() == ("inserted", "case:a", 5, row(5))


@pytest.mark.parametrize("sequence", [1, 3, 5, 6])
def test_a_row_rewritten_with_a_new_hash_is_found(a_chain, damage, found, row, sequence):
    _rewrite(sequence, damage)
    assert found() == ("changed", "case:a", sequence, row(sequence))


@pytest.mark.parametrize("column", ["salt", "text"])
def test_changed_words_are_found(a_chain, damage, found, row, column):
    damage(f"UPDATE {TEXTS} SET {column} = 'x' WHERE event_id = {row(3)}")
    assert found() == ("text changed", "case:a", 3, row(3))


def test_swapped_words_are_found(a_chain, damage, found, row):
    damage(
        *(
            f"UPDATE {TEXTS} SET event_id = {new} WHERE event_id = {old}"
            for old, new in ((row(2), -1), (row(4), row(2)), (-1, row(4)))
        )
    )
    assert found() == ("text changed", "case:a", 2, row(2))


def test_words_destroyed_without_an_erasure_are_found(a_chain, damage, found, row):
    damage(f"DELETE FROM {TEXTS} WHERE event_id = {row(3)}")
    assert found() == ("text missing", "case:a", 3, row(3))


def test_damage_in_two_streams_is_told_of_each(a_chain, damage, found):
    damage(f"UPDATE {EVENTS} SET action = 'test.other' WHERE sequence = 2 AND stream IN ('case:a', 'case:b')")
    assert found()[1] == "case:a"
    assert found(stream="case:b")[1:3] == ("case:b", 2)
    assert found(stream="case:0") is None


def test_guards_that_are_gone_are_told(a_chain, found):
    on = f" ON {EVENTS}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER append_only_audit_auditevent_update" + on)
    assert found() == ("unguarded", "audit_auditevent", None, None)


def test_the_command_says_in_one_line_that_all_is_sound(a_chain, capsys):
    call_command("verify_audit")
    assert capsys.readouterr().out.startswith("Audit trail sound: 10 events checked in ")


def test_the_command_names_the_first_bad_event_and_fails(a_chain, damage, row):
    damage(f"UPDATE {EVENTS} SET action = 'test.other' WHERE {_at(3)}")
    with pytest.raises(CommandError, match=f"changed: case:a, sequence 3, id {row(3)} "):
        call_command("verify_audit")
