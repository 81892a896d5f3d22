"""JSON logs without personal data: one object a line, UTC, with the request's id.

What may be in a line is a list of names (`FIELDS`); anything else is left out rather than trusted. Messages of
libraries and of exceptions can quote what a person typed, so the first are masked and the second reduced to their type
and the places in the code.
"""

import json
import logging
import re
import time
import traceback
from collections.abc import MutableMapping
from datetime import UTC, datetime

import structlog
from django_structlog.middlewares import RequestMiddleware

FIELDS = frozenset({
    "event", "request_id", "user_id", "route", "method", "code", "duration_ms", "task", "task_id", "child_task_id",
    "child_task_name", "document", "outbox", "reference", "result", "count", "limit", "check", "state", "attempt", "scanner",
    "command",
})  # fmt: skip
OUR_OWN = ("send", "standards", "ehcp", "dashboards", "django_structlog")
LONGEST_VALUE = 500
QUERY_STRING = re.compile(r"\?[^\s'\"]*")
ADDRESS = re.compile(r"[^\s'\"<>()=,;:]+@[^\s'\"<>()=,;:]+")
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|‘[^’]*’")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class JsonFormatter(logging.Formatter):
    """One JSON object a line, from the records of structlog and of libraries alike."""

    def format(self, record: logging.LogRecord) -> str:
        """The line. Never raises for odd values: a log that fails hides what it should tell."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        line |= structlog.contextvars.get_contextvars()
        line |= record.msg if isinstance(record.msg, dict) else {"event": _masked(record)}
        kept = {name: _plain(value) for name, value in line.items() if name in FIELDS or name in ("at", "level", "logger")}
        if record.exc_info and record.exc_info[1]:
            kept["exception"], kept["where"] = _without_words(record.exc_info[1])
        return json.dumps(kept, ensure_ascii=True)


class RequestLog(RequestMiddleware):
    """One line a request: its route, not its address; its time; who by reference only."""

    def prepare(self, request) -> None:
        """Note the start, then let the request have its id."""
        request.started = time.monotonic()
        super().prepare(request)

    def handle_response(self, request, response) -> None:
        """Add what only the end knows; the answer carries the id, for a person to quote."""
        request_id = structlog.contextvars.get_contextvars().get("request_id", "")
        structlog.contextvars.bind_contextvars(
            method=request.method if request.method in METHODS else "other",
            route=_route(request),
            duration_ms=round((time.monotonic() - getattr(request, "started", time.monotonic())) * 1000),
        )
        super().handle_response(request, response)
        response["X-Request-Id"] = request_id

    @staticmethod
    def format_request(request) -> str:
        """Left out of the line in any case: an address may hold what a person typed."""
        return ""


METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def configure() -> None:
    """Send structlog's events through the same handlers as everything else. Called once, by the settings."""
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, structlog.stdlib.filter_by_level, _hand_over],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def _hand_over(logger, method: str, event: MutableMapping) -> tuple[tuple, dict]:
    exc_info = event.pop("exc_info", None) or (method == "exception")
    return (event,), {"exc_info": exc_info}


def _route(request) -> str:
    match = getattr(request, "resolver_match", None)
    return match.route if match else "(none)"


def _masked(record: logging.LogRecord) -> str:
    """A library's message, or ours written with `logging`, without addresses, query strings and, in libraries, quotations."""
    try:
        message = record.getMessage()
    except (TypeError, ValueError):
        message = str(record.msg)
    message = QUERY_STRING.sub("?…", ADDRESS.sub("(address)", message))
    return message if record.name.split(".")[0] in OUR_OWN else QUOTED.sub("'…'", message)


def _plain(value):
    if value is None or isinstance(value, bool | int | float):
        return value
    return CONTROL.sub(" ", ADDRESS.sub("(address)", str(value)))[:LONGEST_VALUE]


def _without_words(error: BaseException) -> tuple[str, list[str]]:
    """An exception's type and the places it came through; never its message, which may quote a child's record."""
    frames = traceback.extract_tb(error.__traceback__)[-12:]
    return type(error).__qualname__, [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
