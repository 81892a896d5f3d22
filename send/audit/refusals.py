"""Refusals that outlive a roll-back: a permission is often refused inside the transaction that the refusal ends.

What was noted inside a transaction is looked for again when the request or the job is over, and written once more if
the roll-back took it.
"""

import logging

from asgiref.local import Local
from django.apps import apps
from django.db import connection

logger = logging.getLogger(__name__)
_here = Local()


def remember(row) -> None:
    """Look for this refusal (a ReadEvent) again at the end of the request."""
    if connection.in_atomic_block:
        _here.rows = [*getattr(_here, "rows", []), row]


def forget(**_signal) -> None:
    """A request begins with nothing to look for. Connected to its start."""
    _here.rows = []


def write_again(**_signal) -> None:
    """Write what a roll-back took. Connected to the end of a request and of a job; never raises."""
    rows, _here.rows = getattr(_here, "rows", []), []
    try:
        for row in rows:
            if not apps.get_model("audit", "ReadEvent").objects.filter(pk=row.pk, digest=row.digest).exists():
                row.pk = None
                row.save(force_insert=True)
    except Exception:
        logger.exception("refusals could not be written again")
