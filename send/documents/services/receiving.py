"""Taking files in: by a resumable upload, or in one piece from a plain form."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from send import clock
from send.accounts.models import User
from send.audit.services import record
from send.documents import incoming, limits, rules, storage, tasks
from send.documents.models import Document, State, Upload
from send.errors import NotAllowed
from send.organisations.models import LocalAuthority

KEPT_FOR = timedelta(days=7)  # an unfinished upload can be resumed for a week


@transaction.atomic
def begin_upload(
    *,
    by: User,
    authority: LocalAuthority,
    name: str,
    size: int,
    declared_type: str,
    description: str = "",
    kind: str = "evidence",
    stream: str = "",
    collection: str = "",
    at: datetime | None = None,
) -> Upload:
    """Make room for a file of `size` bytes that will arrive in pieces; `.document` is its row, `.uuid` its address.

    `stream` is the audit stream where it is not the authority's own; `collection` names the request or case whose
    limits it counts against. Raises RuleBroken in plain words, rules.TooMany at a limit.
    """
    moment = at or clock.now()
    accepted = rules.accept(name=name, size=size, declared_type=declared_type)
    limits.require_room(by=by, collection=collection, size=size, at=moment)
    document = Document.objects.create(
        authority=authority, uploaded_by=by, name=accepted.name, description=description[:300], kind=kind, stream=stream,
        collection=collection, created_at=moment, declared_type=declared_type[:100], size=size,
    )  # fmt: skip
    upload = Upload.objects.create(document=document, length=size, expires_at=moment + KEPT_FOR)
    record("documents.begin_upload", by=by, subject=document, change={"size": size, "type": accepted.type.served_as})
    return upload


def append(
    upload: Upload,
    pieces: Iterable[bytes],
    *,
    by: User,
    offset: int,
    checksum: tuple[str, bytes] | None = None,
    at: datetime | None = None,
) -> Upload:
    """Add what arrives at `offset`, as far as it arrives; the last byte seals the original and queues the check.

    A cut connection keeps what came before the cut. Raises NotAllowed at a wrong offset, incoming.Busy while another
    request writes, incoming.TooLong past the declared length, incoming.WrongChecksum (nothing of that piece is kept).
    """
    with incoming.writing(upload.uuid) as part:
        upload = Upload.objects.select_related("document__authority").filter(pk=upload.pk).first()
        if upload is None:
            raise NotAllowed("This upload was cancelled.")
        if upload.document.state != State.RECEIVING or offset != upload.offset:
            raise NotAllowed(f"This upload goes on at byte {upload.offset}.")
        reached = part.write(pieces, offset=offset, length=upload.length, checksum=checksum)
        with transaction.atomic():
            Upload.objects.filter(pk=upload.pk).update(offset=reached)
            Document.objects.filter(pk=upload.document_id).update(received_bytes=reached)
        upload.offset = reached
        if reached == upload.length:
            _finish(upload, part, by=by, at=at or clock.now())
    return upload


def receive(
    file: UploadedFile,
    *,
    by: User,
    authority: LocalAuthority,
    description: str = "",
    kind: str = "evidence",
    stream: str = "",
    collection: str = "",
    at: datetime | None = None,
) -> Document:
    """Take a file from a plain form, seal it and queue its check. Raises RuleBroken in plain words, rules.TooMany at a limit."""
    moment = at or clock.now()
    accepted = rules.accept(name=getattr(file, "given_name", file.name), size=file.size, declared_type=file.content_type or "")
    with incoming.landed(file) as (path, digest), transaction.atomic():
        limits.require_room(by=by, collection=collection, size=file.size, at=moment)
        document = Document(
            authority=authority, uploaded_by=by, name=accepted.name, description=description[:300], kind=kind, stream=stream,
            collection=collection, created_at=moment, declared_type=(file.content_type or "")[:100], size=file.size,
        )  # fmt: skip
        document.save(force_insert=True)
        _seal(document, path, digest, by=by, at=moment)
    return document


@transaction.atomic
def cancel_upload(upload: Upload, *, by: User, why: str = "cancelled by the sender", at: datetime | None = None) -> None:
    """Give up an unfinished upload and destroy what arrived. Raises NotAllowed once it is complete."""
    document = Document.objects.select_for_update().get(pk=upload.document_id)
    if document.state != State.RECEIVING:
        raise NotAllowed("This file has already been received.")
    _change(document, state=State.REJECTED, refusal="The upload was not finished.", settled_at=at or clock.now())
    record("documents.cancel_upload", by=by, subject=document, why=why)
    Upload.objects.filter(pk=upload.pk).delete()
    transaction.on_commit(lambda: incoming.discard(upload.uuid))


def _finish(upload: Upload, part: "incoming.Part", *, by: User, at: datetime) -> None:
    digest = part.digest()  # outside the transaction: a big file takes a second
    with transaction.atomic():
        document = Document.objects.select_for_update().select_related("authority").get(pk=upload.document_id)
        if document.state == State.RECEIVING:
            _seal(document, part.path, digest, by=by, at=at)
            transaction.on_commit(lambda: incoming.discard(upload.uuid))


def _seal(document: Document, path: Path, digest: str, *, by: User, at: datetime) -> None:
    name = storage.new_name(storage.SEALED, document.uuid)
    storage.files().put(path, name)
    _change(document, state=State.QUARANTINED, original=name, sha256=digest, received_bytes=document.size)
    record("documents.receive", by=by, subject=document, change={"size": document.size, "sha256": digest})
    tasks.process_upload.delay_on_commit(document.pk)


def _change(document: Document, **fields) -> None:
    for field, value in fields.items():
        setattr(document, field, value)
    document.save(update_fields=list(fields))
