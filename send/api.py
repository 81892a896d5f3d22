"""What every part of the API shares: who may call, what a body may be, and how a refusal is told (RFC 9457).

The API is the same house by another door. A caller is a client bound to one school, never a person: permissions hang
on the token's application.
"""

import json
from http import HTTPStatus

import orjson
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from rest_framework import exceptions, status
from rest_framework.parsers import BaseParser
from rest_framework.permissions import BasePermission
from rest_framework.renderers import BaseRenderer
from rest_framework.response import Response
from rest_framework.throttling import SimpleRateThrottle

from send.errors import NotAllowed, RuleBroken, Stale

MAX_BODY = 1024 * 1024  # bytes
MAX_NESTING = 20
PROBLEM_TYPE = "application/problem+json"


class DenyAll(BasePermission):
    """A view that names no permission of its own is closed."""

    def has_permission(self, request, view) -> bool:
        """Never."""
        return False


class TokenThrottle(SimpleRateThrottle):
    """600 requests a minute for one token."""

    scope = "token"

    def get_cache_key(self, request, view) -> str | None:
        """By token; a call without one is refused before it is counted."""
        return f"throttle:{request.auth.pk}" if request.auth else None


class TooLarge(exceptions.APIException):
    """The body is larger than is ever read."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = "The body is larger than 1 MB."
    default_code = "too_large"


class PreconditionFailed(exceptions.APIException):
    """The entity tag that the caller named is no longer the current one."""

    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_detail = "This has changed since you read it. Read it again."
    default_code = "stale"


class OrjsonRenderer(BaseRenderer):
    """JSON straight from plain values: dates, moments and UUIDs need no field by field work."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data, accepted_media_type=None, renderer_context=None) -> bytes:
        """The bytes; moments end in Z."""
        return b"" if data is None else orjson.dumps(data, option=orjson.OPT_UTC_Z)


class StrictJSONParser(BaseParser):
    """JSON of at most 1 MB and 20 levels, in UTF-8, with no name twice in an object."""

    media_type = "application/json"

    def parse(self, stream, media_type=None, parser_context=None):
        """The value. Raises ParseError (400) or TooLarge (413)."""
        raw = stream.read(MAX_BODY + 1)
        if len(raw) > MAX_BODY:
            raise TooLarge
        try:
            value = json.loads(raw.decode("utf-8"), object_pairs_hook=_once_each, parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            reason = str(error) if isinstance(error, _NotStrict) else "The body is not JSON that can be read."
            raise exceptions.ParseError(reason) from error
        _check(value)
        return value


class _NotStrict(ValueError):
    """JSON to others, not to us; the message may be shown."""


def _once_each(pairs: list) -> dict:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise _NotStrict("A name stands twice in one object of the body.")
    return values


def _no_constant(name: str):
    raise _NotStrict("The body holds a number that JSON does not have.")


def _check(value) -> None:
    """Depth, and characters that no database keeps, without recursion."""
    waiting = [(value, 1)]
    while waiting:
        part, depth = waiting.pop()
        if isinstance(part, str) and ("\0" in part or any("\ud800" <= letter <= "\udfff" for letter in part)):
            raise exceptions.ParseError("The body holds a character that is not text.")
        if isinstance(part, dict | list):
            if depth > MAX_NESTING:
                raise exceptions.ParseError(f"The body is nested more than {MAX_NESTING} levels deep.")
            inner = [*part.keys(), *part.values()] if isinstance(part, dict) else part
            waiting.extend((item, depth + 1) for item in inner)


def problem(error: Exception, context: dict) -> Response | None:
    """The answer to every refusal, as problem details with a stable `code`; None for what nobody foresaw (a 500)."""
    error = _as_api(error)
    if error is None:
        return None
    answer = Response(_details(error), status=error.status_code, content_type=PROBLEM_TYPE)
    if getattr(error, "auth_header", None):
        answer["WWW-Authenticate"] = error.auth_header
    if getattr(error, "wait", None):
        answer["Retry-After"] = str(int(error.wait) + 1)
    return answer


def _as_api(error: Exception) -> exceptions.APIException | None:
    match error:
        case exceptions.APIException():
            return error
        case Http404():
            return exceptions.NotFound("There is nothing here that this client may see.")
        case PermissionDenied():
            return exceptions.PermissionDenied()
        case SuspiciousOperation():
            return exceptions.ParseError("The request cannot be read.")
        case RuleBroken():
            return _of_rule(error)
    return None


def _of_rule(error: RuleBroken) -> exceptions.APIException:
    status_of = {Stale: (412, "stale"), NotAllowed: (409, "not_allowed")}
    answer = exceptions.APIException(error.message)
    answer.status_code, code = status_of.get(type(error), (422, getattr(error, "code", "rule_broken")))
    answer.detail = exceptions.ErrorDetail(error.message, code)
    return answer


def _details(error: exceptions.APIException) -> dict:
    if isinstance(error, exceptions.ValidationError):
        fields = [{"field": name, "message": message} for name, message in _flat(error.detail)]
        return _body(400, "invalid", "Some fields are not right. Nothing was kept.") | {"errors": fields}
    return _body(error.status_code, getattr(error.detail, "code", error.default_code), str(error.detail))


def _body(number: int, code: str, detail: str) -> dict:
    title = HTTPStatus(number).phrase
    return {"type": "about:blank", "title": title, "status": number, "code": code, "detail": detail}


def _flat(detail, name: str = "") -> list[tuple[str, str]]:
    """Every message with the dotted name of its field; an empty name is the whole body."""
    if isinstance(detail, dict):
        return [pair for key, part in detail.items() for pair in _flat(part, _joined(name, key))]
    if isinstance(detail, list):
        return [pair for part in detail for pair in _flat(part, name)]
    return [(name, str(detail))]


def _joined(name: str, key: str) -> str:
    return name if key == "non_field_errors" else ".".join(filter(None, [name, str(key)]))
