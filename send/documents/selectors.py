"""Questions about documents."""

from collections.abc import Iterator
from datetime import date

from django.http import Http404

from send.accounts.models import User
from send.documents import access, storage
from send.documents.models import Document, Upload
from send.documents.tickets import Ticket
from send.organisations.models import LocalAuthority


def document_for(user: User, uuid, *, on: date) -> Document:
    """The document, for someone who may read it on that day. Raises Http404: to others it does not exist."""
    document = Document.objects.select_related("authority").filter(uuid=uuid).first()
    if document is None or not access.may_read(user, document, on):
        raise Http404
    return document


def upload_of(user: User, uuid) -> Upload:
    """The upload, for the person who began it. Raises Http404."""
    upload = Upload.objects.select_related("document__authority").filter(uuid=uuid, document__uploaded_by=user).first()
    if upload is None:
        raise Http404
    return upload


def authority_of(ticket: Ticket) -> LocalAuthority:
    """The authority that the files of a ticket go to."""
    return LocalAuthority.objects.get(pk=ticket.authority_id)


def sent_by(user: User, uuids: list) -> list[Document]:
    """Those of the named documents that `user` sent, oldest first: what a form may attach."""
    return list(Document.objects.filter(uuid__in=uuids, uploaded_by=user, is_issued=False).order_by("created_at"))


def missing_and_orphans() -> tuple[list[str], list[str]]:
    """Storage names that a row tells of and the store lacks; and names in the store that no row tells of."""
    told = set()
    for names in Document.objects.values_list("original", "copy", "preview").iterator():
        told.update(filter(None, names))
    kept = set(storage.files().names())
    return sorted(told - kept), sorted(kept - told)


def hashes() -> Iterator[tuple[str, str]]:
    """Each storage name with the SHA-256 that its row tells."""
    for original, sha256, copy, copy_sha256 in Document.objects.values_list("original", "sha256", "copy", "copy_sha256").iterator():
        if original:
            yield original, sha256
        if copy and copy != original:
            yield copy, copy_sha256
