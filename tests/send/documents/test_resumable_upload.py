"""A big file on a bad line: it arrives in pieces, goes on where it stopped, and is never half a file."""

import base64
import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from django.http import UnreadablePostError
from django.urls import reverse

from send.documents import incoming, services, storage, tickets
from send.documents.models import Document, Upload
from send.documents.rules import TooMany

pytestmark = pytest.mark.django_db
WORDS = b"A letter about how the day goes. " * 3
TUS = {"Tus-Resumable": "1.0.0"}
AT = datetime(2027, 3, 4, 10, 0, tzinfo=UTC)


def _encoded(**said):
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in said.items())


@pytest.fixture
def announce(signed_in, a_parent, authority):
    def announced(name="letter.txt", size=99, ticket=None, **headers):
        ticket = tickets.issue(to=a_parent, authority=authority, stream="case:1") if ticket is None else ticket
        metadata = _encoded(filename=name, filetype="text/plain", ticket=ticket)
        sent = TUS | {"Upload-Length": str(size), "Upload-Metadata": metadata} | headers
        return signed_in(a_parent).post(reverse("documents:upload_create"), headers=sent)

    return announced


@pytest.fixture
def patch(client):
    def patched(where, content, offset, **headers):
        sent = TUS | {"Upload-Offset": str(offset)} | headers
        return client.patch(where, data=content, content_type="application/offset+octet-stream", headers=sent)

    return patched


def test_a_file_in_two_pieces_is_sealed_with_its_hash(announce, patch):
    where = announce()["Location"]
    assert patch(where, WORDS[:40], 0)["Upload-Offset"] == "40"
    assert patch(where, WORDS[40:], 40).status_code == 204
    document = Document.objects.get()
    assert (document.state, document.sha256) == ("quarantined", hashlib.sha256(WORDS).hexdigest())
    assert storage.digest_of_stored(document.original) == document.sha256


def test_the_offset_can_be_asked_after_a_cut(announce, patch, client):
    where = announce()["Location"]
    patch(where, WORDS[:40], 0)
    answer = client.head(where, headers=TUS)
    assert (answer["Upload-Offset"], answer["Upload-Length"], answer["Cache-Control"]) == (
        "40",
        str(len(WORDS)),
        "private, no-store",
    )


def test_what_came_before_the_line_was_cut_is_kept(a_parent, authority):
    upload = services.begin_upload(by=a_parent, authority=authority, name="a.txt", size=len(WORDS), declared_type="")

    def cut_after(count):
        yield WORDS[:count]
        raise UnreadablePostError("connection reset")

    assert services.append(upload, cut_after(50), by=a_parent, offset=0).offset == 50
    assert services.append(upload, [WORDS[50:]], by=a_parent, offset=50).offset == len(WORDS)
    assert Document.objects.get().sha256 == hashlib.sha256(WORDS).hexdigest()


def test_an_upload_cut_near_its_end_and_sent_again_is_one_document_and_one_file(announce, patch):
    where = announce()["Location"]
    patch(where, WORDS[:-2], 0)
    assert patch(where, WORDS, 0).status_code == 409
    patch(where, WORDS[-2:], len(WORDS) - 2)
    assert Document.objects.count() == 1
    assert len(list(storage.files().names())) == 1


def test_bytes_that_a_killed_process_wrote_and_nobody_acknowledged_are_written_again(a_parent, authority):
    upload = services.begin_upload(by=a_parent, authority=authority, name="a.txt", size=len(WORDS), declared_type="")
    (storage.incoming() / f"{upload.uuid}.part").write_bytes(b"x" * 70)
    services.append(upload, [WORDS], by=a_parent, offset=0)
    assert Document.objects.get().sha256 == hashlib.sha256(WORDS).hexdigest()


def test_the_hash_is_right_when_the_pieces_reached_different_processes(a_parent, authority):
    upload = services.begin_upload(by=a_parent, authority=authority, name="a.txt", size=len(WORDS), declared_type="")
    services.append(upload, [WORDS[:30]], by=a_parent, offset=0)
    incoming._running.clear()  # another process knows nothing of the first piece
    services.append(upload, [WORDS[30:]], by=a_parent, offset=30)
    assert Document.objects.get().sha256 == hashlib.sha256(WORDS).hexdigest()


def test_two_requests_cannot_write_to_one_upload_at_once(announce, patch):
    where = announce()["Location"]
    with incoming.writing(Upload.objects.get().uuid):
        assert patch(where, WORDS, 0).status_code == 423


def test_more_than_was_announced_is_refused(announce, patch):
    where = announce(size=10)["Location"]
    assert patch(where, WORDS, 0).status_code == 413


def test_a_piece_that_was_damaged_on_its_way_is_not_kept(announce, patch, client):
    where = announce()["Location"]
    wrong = base64.b64encode(hashlib.sha256(b"other").digest()).decode()
    assert patch(where, WORDS, 0, **{"Upload-Checksum": f"sha256 {wrong}"}).status_code == 460
    assert client.head(where, headers=TUS)["Upload-Offset"] == "0"
    right = base64.b64encode(hashlib.sha256(WORDS).digest()).decode()
    assert patch(where, WORDS, 0, **{"Upload-Checksum": f"sha256 {right}"}).status_code == 204


def test_an_upload_can_be_cancelled_and_leaves_no_bytes(announce, patch, client, django_capture_on_commit_callbacks):
    where = announce()["Location"]
    patch(where, WORDS[:40], 0)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.delete(where, headers=TUS).status_code == 204
    assert client.head(where, headers=TUS).status_code == 404
    assert list(storage.incoming().iterdir()) == []


def test_nobody_else_can_see_or_write_an_upload(announce, patch, signed_in, a_stranger):
    where = announce()["Location"]
    client = signed_in(a_stranger)
    assert client.head(where, headers=TUS).status_code == 404
    assert patch(where, WORDS, 0).status_code == 404


def test_an_expired_upload_is_gone_and_the_sweep_destroys_its_bytes(announce, patch, client, django_capture_on_commit_callbacks):
    where = announce()["Location"]
    patch(where, WORDS[:40], 0)
    Upload.objects.update(expires_at=AT - timedelta(seconds=1))
    assert client.head(where, headers=TUS).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        services.sweep(at=AT)
    assert list(storage.incoming().iterdir()) == []
    assert Document.objects.get().refusal == "The upload was not finished in time."


@pytest.mark.parametrize("ticket", ["", "nonsense"])
def test_a_file_without_a_ticket_goes_nowhere(announce, ticket):
    assert announce(ticket=ticket).status_code == 403
    assert Document.objects.count() == 0


def test_a_ticket_of_somebody_else_is_worth_nothing(announce, a_stranger, authority):
    assert announce(ticket=tickets.issue(to=a_stranger, authority=authority)).status_code == 403


def test_a_refusal_is_said_in_plain_words(announce):
    answer = announce(name="setup.exe")
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("We cannot take this kind of file.")


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"Tus-Resumable": "0.2"}, 412), ({"Upload-Length": "-1"}, 400), ({"Upload-Metadata": "filename ?"}, 400)],
)
def test_words_that_are_not_tus_are_refused(announce, headers, status):
    assert announce(**headers).status_code == status


def test_the_endpoint_says_what_it_can(signed_in, a_parent):
    answer = signed_in(a_parent).options(reverse("documents:upload_create"))
    assert (answer.status_code, answer["Tus-Version"], answer["Tus-Max-Size"]) == (204, "1.0.0", str(500 * 1024 * 1024))


def test_a_person_can_send_a_hundred_files_a_day(a_parent, authority):
    def send(at):
        return services.begin_upload(by=a_parent, authority=authority, name="a.txt", size=1, declared_type="", at=at)

    for _ in range(100):
        send(AT)
    with pytest.raises(TooMany):
        send(AT + timedelta(hours=23, minutes=59))
    assert send(AT + timedelta(hours=24)).offset == 0


def test_a_case_holds_five_gigabytes_at_most(a_parent, authority):
    def send(size):
        return services.begin_upload(
            by=a_parent, authority=authority, name="a.mov", size=size, declared_type="", collection="request:1", at=AT
        )

    for _ in range(10):
        send(500 * 1024 * 1024)
    send(120 * 1024 * 1024)
    with pytest.raises(TooMany, match="5 GB"):
        send(1)


def test_a_case_holds_two_hundred_files_at_most(a_parent, authority):
    place = {"authority": authority, "name": "a.txt", "size": 1, "collection": "request:1"}
    Document.objects.bulk_create([Document(**place, uploaded_by=a_parent, created_at=AT - timedelta(days=3)) for _ in range(200)])
    with pytest.raises(TooMany, match="200 files"):
        services.begin_upload(by=a_parent, declared_type="", at=AT, **place)
