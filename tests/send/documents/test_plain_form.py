"""Without JavaScript a file comes with the form: streamed to disk, hashed on the way, and held to the same rules."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory

from send.audit.models import AuditEvent
from send.documents import services, storage
from send.documents.models import Document
from send.errors import RuleBroken

pytestmark = pytest.mark.django_db
WORDS = b"A letter about how the day goes."


def _posted(name, content, declared="text/plain") -> WSGIRequest:
    request = RequestFactory().post("/", {"file": SimpleUploadedFile(name, content, declared)})
    request._dont_enforce_csrf_checks = True
    return request


def test_a_form_s_file_is_sealed_with_its_hash_and_leaves_nothing_behind(a_parent, authority, django_capture_on_commit_callbacks):
    request = _posted("letter.txt", WORDS)
    with django_capture_on_commit_callbacks(execute=True):
        document = services.receive(request.FILES["file"], by=a_parent, authority=authority, description="From school")
    request.close()
    document.refresh_from_db()
    assert (document.state, document.sha256) == ("clean", hashlib.sha256(WORDS).hexdigest())
    assert list(storage.incoming().iterdir()) == []


def test_a_file_in_memory_is_received_as_well(a_parent, authority):
    document = services.receive(SimpleUploadedFile("a.txt", WORDS, "text/plain"), by=a_parent, authority=authority)
    assert storage.digest_of_stored(document.original) == hashlib.sha256(WORDS).hexdigest()


def test_a_file_past_its_limit_is_not_kept_and_the_answer_says_the_limit(a_parent, authority):
    request = _posted("photo.jpg", b"\xff\xd8\xff" + bytes(25 * 1024 * 1024), "image/jpeg")
    with pytest.raises(RuleBroken, match="smaller than 25 MB"):
        services.receive(request.FILES["file"], by=a_parent, authority=authority)
    request.close()
    assert Document.objects.count() == 0
    assert list(storage.incoming().iterdir()) == []


def test_an_empty_file_is_refused(a_parent, authority):
    with pytest.raises(RuleBroken, match="empty"):
        services.receive(SimpleUploadedFile("a.txt", b"", "text/plain"), by=a_parent, authority=authority)


def test_what_happens_to_a_file_is_written_to_the_stream_it_belongs_to(a_parent, authority, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        services.receive(SimpleUploadedFile("a.txt", WORDS, "text/plain"), by=a_parent, authority=authority, stream="case:7")
    assert list(AuditEvent.objects.filter(stream="case:7").order_by("sequence").values_list("action", flat=True)) == [
        "documents.receive",
        "documents.accept",
    ]


def test_without_a_case_it_is_written_to_the_authority_s_stream(a_parent, authority):
    services.receive(SimpleUploadedFile("a.txt", WORDS, "text/plain"), by=a_parent, authority=authority)
    assert AuditEvent.objects.get().stream == f"organisation:{authority.uuid}"
