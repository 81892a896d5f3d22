"""Answers that carry a file: whole or a range of it, always as an attachment that a browser neither guesses at nor runs."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from send.documents import storage

RANGE = re.compile(r"^bytes=(\d{0,15})-(\d{0,15})$")
POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"


def attachment(name: str, *, stored: str, size: int, content_type: str, wanted: str = "") -> HttpResponseBase:
    """The bytes stored under `stored`; `wanted` is the Range header, of which one range is served and anything else ignored.

    Raises FileNotFoundError before anything is sent.
    """
    span = _span(wanted, size)
    if span == UNSATISFIABLE:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return _private(response)
    first, last = span or (0, size - 1)
    content = storage.files().open(stored)
    pieces = _pieces(content, first, last - first + 1)
    response = StreamingHttpResponse(pieces, status=206 if span else 200, content_type=content_type)
    response._resource_closers.append(content.close)
    if span:
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Accept-Ranges"] = "bytes"
    response["Content-Length"] = str(last - first + 1)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return _private(response)


UNSATISFIABLE = (-1, -1)


def _span(wanted: str, size: int) -> tuple[int, int] | None:
    match = RANGE.match(wanted)
    if not match or match.group(1) == match.group(2) == "":
        return None
    start, end = match.groups()
    if not start:  # the last so many bytes
        return (max(0, size - int(end)), size - 1) if int(end) else UNSATISFIABLE
    if int(start) >= size:
        return UNSATISFIABLE
    last = min(int(end), size - 1) if end else size - 1
    return (int(start), last) if last >= int(start) else None


def _pieces(content: BinaryIO, first: int, count: int) -> Iterator[bytes]:
    content.seek(first)
    while count > 0 and (piece := content.read(min(storage.CHUNK, count))):
        count -= len(piece)
        yield piece


def _private(response: HttpResponseBase) -> HttpResponseBase:
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
