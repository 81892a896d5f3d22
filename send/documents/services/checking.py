"""Quarantine: scan the original, rebuild a copy in a process of its own, and settle. Safe to run twice and to die anywhere."""

import logging
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from send import clock
from send.audit.actors import system
from send.audit.services import record
from send.documents import incoming, sandbox, scanning, storage, tasks
from send.documents.models import Document, DownloadHour, State, Upload

logger = logging.getLogger(__name__)
CHECKER = system("document check")
# Longer than a task may run (settings.CELERY_TASK_TIME_LIMIT): past it the worker is certainly gone.
ABANDONED_AFTER = timedelta(minutes=16)
TRY_AGAIN_AFTER = timedelta(minutes=2)


def check_document(document_id: int, *, takeover: bool = False, at: datetime | None = None) -> None:
    """Take one quarantined file to clean or rejected, or leave it waiting when it cannot be scanned now.

    `takeover` goes on with a check whose worker is known to have died. Repeating it on a settled file does nothing.
    """
    document = _claim(document_id, takeover=takeover, at=at or clock.now())
    if document is None:
        return
    try:
        with storage.files().local_copy(document.original) as original:
            _check(document, original)
    except FileNotFoundError:
        logger.error("the sealed original of document %s is missing", document.uuid)
        _release(document)


def sweep(*, at: datetime | None = None) -> None:
    """Requeue what was left behind, destroy unfinished uploads that have expired, forget old counts."""
    moment = at or clock.now()
    waiting = Q(state=State.QUARANTINED) & (Q(checking_since__lt=moment - TRY_AGAIN_AFTER) | Q(checking_since__isnull=True))
    died = Q(state=State.SCANNING, checking_since__lt=moment - ABANDONED_AFTER)
    for pk in Document.objects.filter(waiting | died).order_by("created_at").values_list("pk", flat=True)[:500]:
        tasks.process_upload.delay(pk)
    for upload in Upload.objects.filter(expires_at__lt=moment).select_related("document__authority"):
        _expire(upload, at=moment)
    DownloadHour.objects.filter(hour__lt=moment - timedelta(days=2)).delete()


def _check(document: Document, original: Path) -> None:
    verdict = scanning.scan(original)
    if verdict.outcome == scanning.Outcome.UNKNOWN:
        _release(document)
        return
    if verdict.outcome == scanning.Outcome.FOUND:
        _reject(document, scanning.REFUSAL, why=f"{verdict.scanner}: {verdict.found}")
        return
    with storage.workroom() as room:
        result = sandbox.rebuild(original, ending=document.name.rpartition(".")[2].lower(), room=room)
        if result is None:
            _release(document)
        elif result.refusal:
            _reject(document, result.refusal, why="content check")
        else:
            _accept(document, result, scanner=verdict.scanner)


@transaction.atomic
def _claim(document_id: int, *, takeover: bool, at: datetime) -> Document | None:
    document = Document.objects.select_for_update(of=("self",)).select_related("authority").get(pk=document_id)
    abandoned = document.state == State.SCANNING and (takeover or document.checking_since < at - ABANDONED_AFTER)
    if document.state != State.QUARANTINED and not abandoned:
        return None
    document.state, document.checking_since = State.SCANNING, at
    document.save(update_fields=["state", "checking_since"])
    return document


def _release(document: Document) -> None:
    Document.objects.filter(pk=document.pk, state=State.SCANNING).update(state=State.QUARANTINED)


@transaction.atomic
def _reject(document: Document, refusal: str, *, why: str) -> None:
    row = _still_ours(document)
    if row is None:
        return
    original = row.original
    row.state, row.refusal, row.original, row.settled_at = State.REJECTED, refusal, "", clock.now()
    row.save(update_fields=["state", "refusal", "original", "settled_at"])
    record("documents.reject", by=CHECKER, subject=row, change={"sha256": row.sha256}, why=why)
    transaction.on_commit(lambda: storage.files().delete(original))


def _accept(document: Document, result: "sandbox.Rebuilt", *, scanner: str) -> None:
    store = storage.files()
    copy = storage.new_name(storage.COPIES, document.uuid, result.copy.suffix.lstrip("."))
    preview = storage.new_name(storage.PREVIEWS, document.uuid, "jpg") if result.preview else ""
    digest, size = storage.digest_of(result.copy), result.copy.stat().st_size
    store.put(result.copy, copy)
    if preview:
        store.put(result.preview, preview)
    with transaction.atomic():
        row = _still_ours(document)
        if row is not None:
            row.state, row.settled_at, row.refusal, row.checked_by = State.CLEAN, clock.now(), "", scanner
            row.copy, row.copy_sha256, row.copy_size, row.preview = copy, digest, size, preview
            row.content_type, row.page_count = result.content_type, result.pages
            row.save()
            record("documents.accept", by=CHECKER, subject=row, change={"copy_sha256": digest, "scanner": scanner})
    if row is None:  # another worker was quicker
        for name in filter(None, (copy, preview)):
            store.delete(name)


def _still_ours(document: Document) -> Document | None:
    row = Document.objects.select_for_update(of=("self",)).select_related("authority").get(pk=document.pk)
    return row if row.state == State.SCANNING else None


@transaction.atomic
def _expire(upload: Upload, *, at: datetime) -> None:
    document = Document.objects.select_for_update(of=("self",)).select_related("authority").get(pk=upload.document_id)
    if document.state == State.RECEIVING:
        document.state, document.refusal, document.settled_at = State.REJECTED, "The upload was not finished in time.", at
        document.save(update_fields=["state", "refusal", "settled_at"])
        record("documents.expire_upload", by=CHECKER, subject=document)
    Upload.objects.filter(pk=upload.pk).delete()
    transaction.on_commit(lambda: incoming.discard(upload.uuid))
