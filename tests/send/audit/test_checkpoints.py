"""Signed checkpoints find what a chain alone cannot: a history rewritten from end to end."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from send.audit import chain, checkpoints, services, tasks
from send.audit.actors import system
from send.audit.models import GENESIS, AuditEvent, Checkpoint, ReadEvent


@pytest.fixture
def two_checkpoints(a_chain, write):
    services.seen("case page", by=system("test"), subjects=["00000000-0000-7000-8000-000000000001"])
    services.seen("case page", by=system("test"), subjects=["00000000-0000-7000-8000-000000000002"])
    checkpoints.make()
    write(3, name="a")
    return checkpoints.make()


def _rewrite_everything(stream, damage):
    """Everything that somebody with all the database's rights can do: rows, links and the head, all in agreement."""
    previous, statements = GENESIS, []
    for event in AuditEvent.objects.filter(stream=stream).order_by("sequence"):
        event.action = "test.other"
        link = chain.link(previous, event.sequence, chain.body(getattr(event, name) for name in chain.EVENT_COLUMNS))
        statements.append(
            "UPDATE audit_auditevent SET action = 'test.other', "
            f"previous_hash = '{previous}', hash = '{link}' WHERE id = {event.pk}"
        )
        previous = link
    damage(*statements, f"UPDATE audit_stream SET hash = '{previous}' WHERE name = '{stream}'")


def test_a_checkpoint_covers_each_row_once(two_checkpoints):
    first, second = Checkpoint.objects.order_by("sequence")
    assert (first.statement["events_count"], second.statement["events_count"]) == (10, 3)
    assert (first.statement["reads_count"], second.statement["reads_count"]) == (2, 0)


def test_the_trail_and_its_checkpoints_are_sound(two_checkpoints, found):
    assert found() is None
    assert found(since_checkpoint=True) is None


def test_a_checkpoint_is_kept_outside_the_database(two_checkpoints, settings):
    kept = [json.loads(line) for line in (settings.CHECKPOINT_DIR / "checkpoints").read_text().splitlines()]
    assert [row["sequence"] for row in kept] == [1, 2]
    assert kept[1]["signature"] == two_checkpoints.signature


def test_the_key_is_readable_by_its_owner_only(two_checkpoints, settings):
    assert (settings.VAR_DIR / "audit_signing_key").stat().st_mode & 0o777 == 0o600


def test_a_key_from_the_environment_is_used_and_not_kept(a_chain, settings, found):
    settings.AUDIT_SIGNING_KEY = "11" * 32
    checkpoints.make()
    assert not (settings.VAR_DIR / "audit_signing_key").exists()
    assert found() is None


def test_a_changed_key_leaves_older_checkpoints_valid(two_checkpoints, settings, found):
    settings.AUDIT_SIGNING_KEY = "22" * 32
    checkpoints.make()
    assert found() is None


def test_a_history_rewritten_from_end_to_end_is_found(two_checkpoints, damage, found):
    _rewrite_everything("case:a", damage)
    assert found()[:3] == ("checkpoint mismatch", "checkpoints", 1)


def test_a_stream_removed_with_its_head_is_found(two_checkpoints, damage, found):
    damage(
        "DELETE FROM audit_audittext WHERE event_id IN (SELECT id FROM audit_auditevent WHERE stream = 'case:b')",
        "DELETE FROM audit_auditevent WHERE stream = 'case:b'", "DELETE FROM audit_stream WHERE name = 'case:b'",
    )  # fmt: skip
    assert found()[:3] == ("checkpoint mismatch", "checkpoints", 1)


def test_a_rewritten_history_with_rewritten_statements_lacks_the_signature(two_checkpoints, damage, found):
    _rewrite_everything("case:a", damage)
    first = Checkpoint.objects.get(sequence=1)
    first.statement = checkpoints.window(checkpoints.START, first.statement)
    digest = checkpoints.digest_of(first)
    key = Ed25519PrivateKey.generate()
    public, signature = key.public_key().public_bytes_raw().hex(), key.sign(digest.encode()).hex()
    damage(
        f"UPDATE audit_checkpoint SET statement = '{json.dumps(first.statement)}', digest = '{digest}', "
        f"public_key = '{public}', signature = '{signature}' WHERE sequence = 1"
    )
    assert found()[:3] == ("bad signature", "checkpoints", 1)


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ("at = '2026-01-01 00:00:00+00:00'", "checkpoint mismatch"),
        ("signature = '00'", "bad signature"),
        ("signature = 'é'", "bad signature"),
    ],
)
def test_a_changed_checkpoint_is_found(two_checkpoints, damage, found, change, kind):
    damage(f"UPDATE audit_checkpoint SET {change} WHERE sequence = 2")
    assert found()[:3] == (kind, "checkpoints", 2)
    assert found(since_checkpoint=True)[:3] == (kind, "checkpoints", 2)


@pytest.mark.parametrize("sequence", [1, 2])
def test_a_removed_checkpoint_is_found(two_checkpoints, damage, found, sequence):
    damage(f"DELETE FROM audit_checkpoint WHERE sequence = {sequence}")
    assert found()[0] == "checkpoint missing"


def test_a_copy_outside_that_differs_is_found(two_checkpoints, settings, found):
    path = settings.CHECKPOINT_DIR / "checkpoints"
    path.write_text(path.read_text().replace('"events_count": 3', '"events_count": 4'))
    assert found()[:3] == ("checkpoint mismatch", "checkpoints", 2)


def test_what_a_crash_kept_from_the_file_is_added_with_the_next(two_checkpoints, settings, found):
    path = settings.CHECKPOINT_DIR / "checkpoints"
    path.write_text(path.read_text().splitlines(keepends=True)[0])
    checkpoints.make()
    assert len(path.read_text().splitlines()) == 3
    assert found() is None


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_readevent SET role = 'auditor' WHERE id = {first}",
        "DELETE FROM audit_readevent WHERE id = {first}",
        "DELETE FROM audit_readsubject WHERE read_id = {first}",
        "UPDATE audit_readsubject SET read_id = {second} WHERE read_id = {first}",
    ],
)
def test_a_change_to_the_log_of_reads_is_found(two_checkpoints, damage, found, change):
    first, second = ReadEvent.objects.order_by("id").values_list("id", flat=True)
    damage(change.format(first=first, second=second))
    assert found()[0] == "read log altered"


def test_what_is_new_since_the_checkpoint_is_checked_alone(two_checkpoints, write, damage, found, row):
    write(2, name="a")
    damage("UPDATE audit_auditevent SET action = 'test.other' WHERE stream = 'case:a' AND sequence = 11")
    assert found(since_checkpoint=True) == ("changed", "case:a", 11, row(11))


def test_the_job_makes_a_checkpoint_and_the_nightly_check_counts_damage(two_checkpoints, damage):
    assert tasks.make_checkpoint.delay().get() == 3
    assert tasks.verify_trail.delay().get() == 0
    damage("UPDATE audit_auditevent SET action = 'test.other' WHERE stream = 'case:b' AND sequence = 1")
    assert tasks.verify_trail.delay().get() >= 1
