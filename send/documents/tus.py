"""The words of tus 1.0 (https://tus.io/protocols/resumable-upload): headers in, headers out. No rules, no rows."""

import base64
import binascii
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import http_date

from send.documents.incoming import CHECKSUMS
from send.documents.rebuild.types import MEDIA_MB
from send.documents.rules import MB

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,checksum,termination"
PIECE_TYPE = "application/offset+octet-stream"


class BadHeader(Exception):
    """A header is missing or says nothing that can be understood (answer 400)."""


@dataclass(frozen=True)
class Announced:
    """What the sender says of a file before it comes."""

    size: int
    name: str
    declared_type: str
    description: str
    ticket: str


def announced(request: HttpRequest) -> Announced:
    """Read Upload-Length and Upload-Metadata. Raises BadHeader."""
    said = _metadata(request.headers.get("Upload-Metadata", ""))
    return Announced(
        size=_number(request, "Upload-Length"), name=said.get("filename", ""), declared_type=said.get("filetype", ""),
        description=said.get("description", ""), ticket=said.get("ticket", ""),
    )  # fmt: skip


def offset(request: HttpRequest) -> int:
    """Read Upload-Offset. Raises BadHeader."""
    return _number(request, "Upload-Offset")


def checksum(request: HttpRequest) -> tuple[str, bytes] | None:
    """Read Upload-Checksum, where there is one. Raises BadHeader."""
    if "Upload-Checksum" not in request.headers:
        return None
    name, _, value = request.headers["Upload-Checksum"].partition(" ")
    if name not in CHECKSUMS:
        raise BadHeader("Upload-Checksum")
    return name, _decoded(value)


def answer(status: int, *, offset: int | None = None, length: int | None = None, expires_at=None, **headers) -> HttpResponse:
    """An answer without words, never kept by a cache."""
    return _with_headers(HttpResponse(status=status), offset, length, expires_at, headers)


def problem(status: int, words: str) -> HttpResponse:
    """An answer that says in plain words why not."""
    body = {"type": "about:blank", "status": status, "detail": words}
    return _with_headers(JsonResponse(body, status=status, content_type="application/problem+json"), None, None, None, {})


def abilities() -> HttpResponse:
    """The answer to OPTIONS."""
    return answer(
        204, **{"Tus-Version": VERSION, "Tus-Extension": EXTENSIONS, "Tus-Max-Size": str(MEDIA_MB * MB),
                "Tus-Checksum-Algorithm": ",".join(CHECKSUMS)}
    )  # fmt: skip


def _with_headers(response: HttpResponse, offset, length, expires_at, headers: dict) -> HttpResponse:
    response["Tus-Resumable"] = VERSION
    response["Cache-Control"] = "no-store"
    if offset is not None:
        response["Upload-Offset"] = str(offset)
    if length is not None:
        response["Upload-Length"] = str(length)
    if expires_at is not None:
        response["Upload-Expires"] = http_date(expires_at.timestamp())
    for name, value in headers.items():
        response[name] = value
    return response


def _metadata(header: str) -> dict[str, str]:
    pairs = [pair.strip().partition(" ") for pair in header.split(",") if pair.strip()]
    try:
        return {name: _decoded(value).decode("utf-8") for name, _, value in pairs}
    except UnicodeDecodeError:
        raise BadHeader("Upload-Metadata") from None


def _decoded(value: str) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        raise BadHeader("Upload-Metadata") from None


def _number(request: HttpRequest, name: str) -> int:
    value = request.headers.get(name, "")
    if not (value.isascii() and value.isdigit() and len(value) <= 18):
        raise BadHeader(name)
    return int(value)
