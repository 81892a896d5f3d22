"""Papers that the service issues: bytes with a hash, kept for ever and never made again."""

import hashlib
from datetime import datetime

from django.db import transaction

from send import clock
from send.accounts.models import User
from send.audit.services import record
from send.documents import storage
from send.documents.models import Document, State
from send.documents.rules import clean_name
from send.organisations.models import LocalAuthority


@transaction.atomic
def store_issued(
    content: bytes,
    *,
    name: str,
    authority: LocalAuthority,
    by,
    kind: str,
    stream: str = "",
    content_type: str = "application/pdf",
    page_count: int | None = None,
    at: datetime | None = None,
) -> Document:
    """Seal `content` as an issued paper. `by` is a User or `system(...)`; only registered readers may read it.

    The bytes are on disk before the row is committed; a caller that rolls back leaves bytes that `check_files` lists.
    """
    moment = at or clock.now()
    digest = hashlib.sha256(content).hexdigest()
    document = Document(
        authority=authority, uploaded_by=by if isinstance(by, User) else None, name=clean_name(name), kind=kind, stream=stream,
        state=State.CLEAN, is_issued=True, created_at=moment, settled_at=moment, size=len(content), received_bytes=len(content),
        sha256=digest, copy_sha256=digest, copy_size=len(content), declared_type=content_type, content_type=content_type,
        page_count=page_count, checked_by="made by the service",
    )  # fmt: skip
    document.original = document.copy = storage.new_name(storage.ISSUED, document.uuid, document.name.rpartition(".")[2])
    with storage.workroom() as room:
        path = room / "issued"
        path.write_bytes(content)
        storage.files().put(path, document.copy)
    document.save(force_insert=True)
    record("documents.store_issued", by=by, subject=document, change={"kind": kind, "sha256": digest})
    return document
