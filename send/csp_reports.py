"""What may be logged of a browser's report that a page tried something forbidden. Pure.

Addresses of pages can hold references, so only the directive, the kind of source and its host are kept.
"""

import json
from urllib.parse import urlsplit

LONGEST = 100


def summary_of(body: bytes) -> dict[str, str] | None:
    """Directive and blocked source of a report in either format; None when it is not one."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return None
    report = sent[0].get("body") if isinstance(sent, list) and sent and isinstance(sent[0], dict) else sent
    report = report.get("csp-report", report) if isinstance(report, dict) else None
    if not isinstance(report, dict):
        return None
    directive = report.get("effective-directive") or report.get("effectiveDirective") or report.get("violated-directive")
    blocked = report.get("blocked-uri") or report.get("blockedURL")
    return {"directive": _short(directive), "blocked": _host(blocked)} if isinstance(directive, str) else None


def _host(source: object) -> str:
    """'inline', 'eval', 'data' or a host; never a path."""
    try:
        address = urlsplit(source if isinstance(source, str) else "")
        return _short(address.hostname or address.scheme or address.path.partition("/")[0])
    except ValueError:
        return "unreadable"


def _short(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())[:LONGEST]
