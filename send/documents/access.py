"""Who may read a document. Each app registers what it knows; every request asks again."""

from collections.abc import Callable
from datetime import date

from send.documents.models import Document

Reader = Callable[[object, Document, date], bool]
_readers: list[Reader] = []


def register_reader(reader: Reader) -> Reader:
    """Add `reader(user, document, on)`: True where that app's own rules let the person read it on that day."""
    if reader not in _readers:
        _readers.append(reader)
    return reader


def may_read(user, document: Document, on: date) -> bool:
    """True for the sender, and for anyone a reader lets in; others only once the document is clean.

    Who issued a paper is not its sender: they read it as long as a reader says so.
    """
    if not document.is_issued and document.uploaded_by_id is not None and document.uploaded_by_id == user.pk:
        return True
    return document.is_readable and any(reader(user, document, on) for reader in _readers)
