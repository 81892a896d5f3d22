"""Nothing leaves quarantine unseen, and a check that dies or comes twice has one effect."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest

from send import clock
from send.audit.models import AuditEvent
from send.documents import sandbox, scanning, services, storage
from send.documents.models import Document
from tests.send.documents import corpus

pytestmark = pytest.mark.django_db
WORDS = b"A letter about how the day goes."
AT = datetime(2027, 3, 4, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def clamav(tmp_path_factory):
    """A real daemon with one signature, that of the EICAR file; its address."""
    folder = tmp_path_factory.mktemp("clamav")
    (folder / "signatures").mkdir()
    (folder / "signatures" / "eicar.ndb").write_text(f"Eicar-Test-Signature:0:*:{scanning.EICAR[:60].hex()}\n")
    (folder / "clamd.conf").write_text(
        f"LocalSocket {folder}/clamd.sock\nDatabaseDirectory {folder}/signatures\nForeground yes\nStreamMaxLength 1M\n"
        f"TemporaryDirectory {folder}\nFixStaleSocket yes\n"
    )
    os.chmod(folder, 0o755)
    daemon = subprocess.Popen([shutil.which("clamd"), f"--config-file={folder}/clamd.conf"], stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not (folder / "clamd.sock").exists() and daemon.poll() is None and time.monotonic() < deadline:
        time.sleep(0.2)
    yield f"unix:{folder}/clamd.sock"
    daemon.send_signal(signal.SIGTERM)
    daemon.wait(timeout=30)


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.txt", scanning.EICAR), ("a.docx", corpus.docx(more={"word/media/a.txt": scanning.EICAR}))],
)
def test_the_daemon_s_find_destroys_the_file_and_keeps_its_hash(checked, clamav, settings, name, content):
    settings.CLAMAV_URL = clamav
    document = checked(name, content)
    assert (document.state, document.original) == ("rejected", "")
    assert document.refusal.startswith("We could not accept this file")
    assert len(document.sha256) == 64
    assert list(storage.files().names()) == []


def test_what_the_daemon_passes_becomes_readable(checked, clamav, settings):
    settings.CLAMAV_URL = clamav
    document = checked("a.txt", WORDS)
    assert (document.state, document.checked_by) == ("clean", "ClamAV")


def test_a_file_past_the_daemon_s_limit_was_not_scanned_and_waits(checked, clamav, settings):
    settings.CLAMAV_URL = clamav
    assert checked("a.txt", b"word " * 400_000).state == "quarantined"


def test_a_daemon_that_is_away_leaves_files_waiting_and_the_sweep_brings_them_on(checked, settings, clamav):
    settings.CLAMAV_URL = "unix:/nowhere/clamd.sock"
    document = checked("a.txt", WORDS)
    assert (document.state, document.get_state_display()) == ("quarantined", "Waiting to be checked")
    settings.CLAMAV_URL = clamav
    services.sweep(at=document.checking_since + timedelta(minutes=3))
    document.refresh_from_db()
    assert document.state == "clean"


def test_a_real_service_without_a_scanner_passes_nothing(checked, settings):
    settings.EMBEDDED = False
    assert checked("a.txt", WORDS).state == "quarantined"
    assert not scanning.is_stand_in()


def test_the_stand_in_says_what_it_is(checked):
    assert checked("a.txt", WORDS).checked_by == "development stand-in"
    assert scanning.is_stand_in()


def test_a_check_that_is_delivered_three_times_is_told_once(checked):
    document = checked("a.txt", WORDS)
    for _ in range(2):
        services.check_document(document.pk)
    assert AuditEvent.objects.filter(action="documents.accept").count() == 1
    assert len(list(storage.files().names())) == 2


def test_a_check_whose_worker_died_is_taken_over(upload):
    document = upload("a.txt", WORDS)
    Document.objects.filter(pk=document.pk).update(state="scanning", checking_since=AT)
    services.check_document(document.pk, at=AT + timedelta(minutes=5))
    document.refresh_from_db()
    assert document.state == "scanning"
    services.check_document(document.pk, takeover=True, at=AT + timedelta(minutes=5))
    document.refresh_from_db()
    assert document.state == "clean"


@pytest.mark.parametrize(("minutes", "state"), [(15, "scanning"), (17, "clean")])
def test_the_sweep_takes_over_what_was_abandoned(upload, minutes, state):
    document = upload("a.txt", WORDS)
    since = clock.now() - timedelta(minutes=minutes)
    Document.objects.filter(pk=document.pk).update(state="scanning", checking_since=since)
    services.sweep()
    document.refresh_from_db()
    assert document.state == state


def test_a_file_that_takes_too_long_to_rebuild_is_refused(tmp_path):
    (tmp_path / "a.txt").write_bytes(WORDS)
    assert sandbox.rebuild(tmp_path / "a.txt", ending="txt", room=tmp_path, wall_seconds=0.01).refusal == sandbox.TOO_MUCH


def test_the_rebuilding_process_has_no_secrets_no_network_and_little_memory(tmp_path):
    code = (
        "import resource, socket, sys\n"
        "from send.documents.rebuild.__main__ import limit_ourselves\n"
        "limit_ourselves()\n"
        "print(resource.getrlimit(resource.RLIMIT_AS)[0], socket.socket().connect_ex(('127.0.0.1', int(sys.argv[1]))))\n"
    )
    environment = sandbox.environment(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as server:
        command = [sys.executable, "-c", code, str(server.getsockname()[1])]
        memory, refused = subprocess.run(command, capture_output=True, check=True, timeout=60, env=environment).stdout.split()
    assert int(memory) == 1536 * 1024 * 1024
    assert int(refused) != 0
    assert set(environment) == {"PATH", "LANG", "HOME", "TMPDIR", "PYTHONPATH"}
