"""The addresses of files: resumable uploads, downloads, previews."""

import functools
import logging

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from send import clock
from send.audit.services import seen
from send.documents import incoming, rules, selectors, sending, services, storage, tickets, tus
from send.documents.limits import count_download
from send.errors import NotAllowed, RuleBroken

logger = logging.getLogger(__name__)
STALLED_SECONDS = 30


def speaks_tus(view):
    """Answers in the words of tus: the version is checked, and each way of saying no has its number."""

    @functools.wraps(view)
    def answered(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != tus.VERSION:
            return tus.answer(412, **{"Tus-Version": tus.VERSION})
        try:
            return view(request, *args, **kwargs)
        except tus.BadHeader as bad:
            return tus.problem(400, f"The header {bad} is missing or cannot be read.")
        except RuleBroken as no:
            return tus.problem(_status(no), no.message)

    return answered


def _status(no: RuleBroken) -> int:
    statuses = (
        (incoming.Busy, 423),
        (incoming.TooLong, 413),
        (incoming.WrongChecksum, 460),
        (rules.TooMany, 429),
        (NotAllowed, 409),
    )
    return next((status for kind, status in statuses if isinstance(no, kind)), 422)


@require_http_methods(["OPTIONS", "POST"])
@speaks_tus
def upload_create(request: HttpRequest) -> HttpResponse:
    """Announce a file; the answer's Location is where its bytes go."""
    if request.method == "OPTIONS":
        return tus.abilities()
    said = tus.announced(request)
    ticket = tickets.read(said.ticket, by=request.user)
    if ticket is None:
        return tus.problem(403, "This page has been open too long. Reload it and choose the file again.")
    upload = services.begin_upload(
        by=request.user, authority=selectors.authority_of(ticket), name=said.name, size=said.size,
        declared_type=said.declared_type, description=said.description, kind=ticket.kind, stream=ticket.stream,
        collection=ticket.collection,
    )  # fmt: skip
    where = reverse("documents:upload_patch", args=[upload.uuid])
    return tus.answer(201, offset=0, expires_at=upload.expires_at, Location=where, **{"X-Document": str(upload.document.uuid)})


@require_http_methods(["OPTIONS", "HEAD", "PATCH", "DELETE"])
@speaks_tus
def upload_patch(request: HttpRequest, uuid) -> HttpResponse:
    """Ask how far an upload got (HEAD), go on with it (PATCH) or give it up (DELETE)."""
    if request.method == "OPTIONS":
        return tus.abilities()
    upload = selectors.upload_of(request.user, uuid)
    if upload.expires_at < clock.now():
        return tus.answer(410)
    if request.method == "HEAD":
        return tus.answer(200, offset=upload.offset, length=upload.length, expires_at=upload.expires_at)
    if request.method == "DELETE":
        services.cancel_upload(upload, by=request.user)
        return tus.answer(204)
    if request.content_type != tus.PIECE_TYPE:
        return tus.answer(415)
    upload = services.append(
        upload, _pieces(request), by=request.user, offset=tus.offset(request), checksum=tus.checksum(request)
    )  # fmt: skip
    return tus.answer(204, offset=upload.offset, expires_at=upload.expires_at)


@require_safe
def download(request: HttpRequest, uuid) -> HttpResponseBase:
    """The rebuilt copy, or the issued paper, for someone who may read it now."""
    document = _readable(request, uuid)
    if wait := count_download(by=request.user, at=clock.now()):
        response = render(request, "documents/too_many_downloads.html", {"minutes": -(-wait // 60)}, status=429)
        response["Retry-After"] = str(wait)
        return response
    seen("document", by=request.user, subjects=[document])
    return _sent(
        document.name if document.is_issued else _name_of_copy(document), document.copy, document.copy_size, _served_type(document),
        wanted=request.headers.get("Range", ""),
    )  # fmt: skip


@require_safe
def preview(request: HttpRequest, uuid) -> HttpResponseBase:
    """A small picture of it."""
    document = _readable(request, uuid)
    if not document.preview:
        raise Http404
    seen("document preview", by=request.user, subjects=[document])
    return _sent("preview.jpg", document.preview, None, "image/jpeg")


def _sent(name: str, stored: str, size: int | None, content_type: str, *, wanted: str = "") -> HttpResponseBase:
    try:
        size = storage.files().size(stored) if size is None else size
        return sending.attachment(name, stored=stored, size=size, content_type=content_type, wanted=wanted)
    except FileNotFoundError:
        logger.error("the stored file %s is missing", stored)  # `check_files` lists it; the reader is told 'not found'
        raise Http404 from None


def _readable(request: HttpRequest, uuid):
    document = selectors.document_for(request.user, uuid, on=clock.today())
    if not document.is_readable:
        raise Http404
    return document


def _name_of_copy(document) -> str:
    """The sender's name, with the ending of what the copy is (a photo sent as HEIC is read as JPEG)."""
    stem, _, ending = document.name.rpartition(".")
    suffix = document.copy.rpartition(".")[2]
    return document.name if {ending.lower(), suffix} == {"jpeg", "jpg"} or ending.lower() == suffix else f"{stem}.{suffix}"


def _served_type(document) -> str:
    return "text/plain; charset=utf-8" if document.content_type == "text/plain" else document.content_type


def _pieces(request: HttpRequest):
    """The body as it arrives. A silent line is given up, so that it holds neither a thread nor the upload."""
    line = request.META.get("gunicorn.socket")
    before = line.gettimeout() if line else None
    try:
        if line:
            line.settimeout(STALLED_SECONDS)
        while piece := request.read(storage.CHUNK):
            yield piece
    finally:
        if line:
            line.settimeout(before)
