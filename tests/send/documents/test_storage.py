"""Where bytes are put: names nobody chose, on disk before the row, and a comparison that finds what is lost or left over."""

import os
from io import StringIO

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.management import CommandError, call_command

from send.documents import storage
from send.documents.models import Document

pytestmark = pytest.mark.django_db
WORDS = b"A letter about how the day goes."


def _checked_files(*options):
    said = StringIO()
    call_command("check_files", *options, stdout=said, stderr=StringIO())
    return said.getvalue()


def test_stored_names_hold_nothing_of_the_sender_s(checked):
    checked("secret name.txt", WORDS)
    assert all("secret" not in name for name in storage.files().names())


def test_stored_files_are_readable_by_the_service_only(checked):
    document = checked("a.txt", WORDS)
    path = storage.files().path(document.original)
    assert os.stat(path).st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["../outside", "/etc/passwd", "sealed/../../outside"])
def test_a_name_that_leads_out_is_refused(name):
    with pytest.raises(SuspiciousFileOperation):
        storage.files().open(name)


def test_nothing_missing_is_said_with_numbers(checked):
    checked("a.txt", WORDS)
    assert _checked_files("--hashes") == "0 missing, 0 altered, 0 orphan files.\n"


def test_a_lost_file_is_named_and_fails(checked):
    document = checked("a.txt", WORDS)
    storage.files().delete(document.copy)
    with pytest.raises(CommandError, match="1 missing"):
        _checked_files()


def test_an_altered_file_is_named_and_fails(checked):
    document = checked("a.txt", WORDS)
    storage.files().path(document.original).write_bytes(b"another letter")
    with pytest.raises(CommandError, match="1 altered"):
        _checked_files("--hashes")


def test_a_file_that_no_row_tells_of_is_listed(checked):
    document = checked("a.txt", WORDS)
    Document.objects.filter(pk=document.pk).update(preview="")
    (storage.files().path("sealed/zz") / "left-over").parent.mkdir(parents=True)
    storage.files().path("sealed/zz/left-over").write_bytes(b"x")
    assert "orphan sealed/zz/left-over" in _checked_files()


def test_a_row_can_only_be_clean_with_hashed_bytes(upload):
    document = upload("a.txt", WORDS)
    with pytest.raises(Exception, match="a_clean_document_has_hashed_bytes"):
        Document.objects.filter(pk=document.pk).update(state="clean")
