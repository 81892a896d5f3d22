"""A file is read through a question asked each time, as an attachment that no browser guesses at, runs or keeps."""

from datetime import timedelta

import pytest
from django.urls import reverse

from send import clock
from send.audit.models import ReadEvent, ReadSubject
from send.documents import access, limits, services, storage
from send.documents.models import DownloadHour
from tests.send.documents import corpus

pytestmark = pytest.mark.django_db
WORDS = b"A letter about how the day goes."


@pytest.fixture
def reader(monkeypatch):
    """Lets the named people read everything, until it is told otherwise."""
    let_in = set()
    monkeypatch.setattr(access, "_readers", [lambda user, document, on: user.pk in let_in])
    return let_in


@pytest.fixture
def get(signed_in):
    def got(user, document, name="download", **headers):
        return signed_in(user).get(reverse(f"documents:{name}", args=[document.uuid]), headers=headers)

    return got


def test_the_sender_reads_their_own_file(checked, get, a_parent):
    answer = get(a_parent, checked("Zoë's letter.txt", WORDS))
    assert answer.getvalue() == WORDS
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''Zo%C3%AB%27s%20letter.txt"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Security-Policy"].startswith("sandbox;")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"


def test_to_a_stranger_it_does_not_exist(checked, get, a_stranger, client):
    document = checked("a.txt", WORDS)
    assert get(a_stranger, document).status_code == 404
    assert get(a_stranger, document, "preview").status_code == 404
    assert client.get("/files/0190a000-0000-7000-8000-000000000001/").status_code == 404


def test_without_signing_in_nothing_is_read(checked, client):
    document = checked("a.txt", WORDS)
    assert client.get(reverse("documents:download", args=[document.uuid]))["Location"].startswith("/sign-in/")


def test_a_reader_is_asked_at_every_request(checked, get, a_stranger, reader):
    document = checked("a.txt", WORDS)
    reader.add(a_stranger.pk)
    assert get(a_stranger, document).status_code == 200
    reader.clear()
    assert get(a_stranger, document).status_code == 404


def test_before_it_is_clean_nobody_else_knows_of_it(upload, get, a_parent, a_stranger, reader):
    document = upload("a.txt", WORDS)
    reader.add(a_stranger.pk)
    assert get(a_stranger, document).status_code == 404
    assert get(a_parent, document).status_code == 404


def test_each_look_is_noted(checked, get, a_parent):
    document = checked("a.txt", WORDS)
    get(a_parent, document)
    assert ReadEvent.objects.get().what == "document"
    assert ReadSubject.objects.get().subject == document.uuid


@pytest.mark.parametrize(
    ("wanted", "status", "content", "span"),
    [
        ("bytes=2-7", 206, b"letter", "bytes 2-7/32"), ("bytes=27-", 206, b"goes.", "bytes 27-31/32"),
        ("bytes=-5", 206, b"goes.", "bytes 27-31/32"), ("bytes=0-999", 206, WORDS, "bytes 0-31/32"),
        ("bytes=32-", 416, b"", "bytes */32"), ("bytes=0-1,4-5", 200, WORDS, None), ("lines=1-2", 200, WORDS, None),
    ],
)  # fmt: skip
def test_a_player_may_ask_for_a_range(checked, get, a_parent, wanted, status, content, span):
    answer = get(a_parent, checked("a.txt", WORDS), Range=wanted)
    assert (answer.status_code, answer.getvalue(), answer.get("Content-Range")) == (status, content, span)


def test_a_preview_is_a_small_picture(checked, get, a_parent):
    answer = get(a_parent, checked("a.jpg", corpus.photo()), "preview")
    assert answer.getvalue().startswith(b"\xff\xd8\xff")
    assert answer["Content-Type"] == "image/jpeg"


def test_a_heic_photo_is_downloaded_under_a_name_that_opens(checked, get, a_parent):
    assert get(a_parent, checked("IMG_0001.HEIC", corpus.heic()))["Content-Disposition"] == 'attachment; filename="IMG_0001.jpg"'


def test_the_two_hundred_and_first_download_of_an_hour_waits(checked, get, a_parent):
    document = checked("a.txt", WORDS)
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    DownloadHour.objects.create(user=a_parent, hour=hour, count=199)
    assert get(a_parent, document).status_code == 200
    assert limits.count_download(by=a_parent, at=hour + timedelta(minutes=50)) == 600
    assert limits.count_download(by=a_parent, at=hour + timedelta(minutes=60)) == 0


def test_past_the_limit_the_page_says_when(checked, get, a_parent, django_user_model):
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    DownloadHour.objects.create(user=a_parent, hour=hour, count=200)
    answer = get(a_parent, checked("a.txt", WORDS))
    assert answer.status_code == 429
    assert 1 <= int(answer["Retry-After"]) <= 3600


def test_a_file_that_storage_lost_is_not_found_and_not_an_error(checked, get, a_parent):
    document = checked("a.txt", WORDS)
    storage.files().delete(document.copy)
    assert get(a_parent, document).status_code == 404


def test_an_issued_paper_is_its_own_bytes_and_not_the_issuer_s_to_read(authority, a_parent, a_stranger, get, reader):
    reader.add(a_stranger.pk)
    paper = services.store_issued(b"%PDF-1.7 plan", name="Plan.pdf", authority=authority, by=a_parent, kind="plan", stream="case:1")
    assert get(a_stranger, paper).getvalue() == b"%PDF-1.7 plan"
    assert get(a_parent, paper).status_code == 404
    assert paper.sha256 == storage.digest_of_stored(paper.copy)
