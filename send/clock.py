"""What day it is. Views and tasks ask here; rules and services are told.

In the embedded default and in tests the day can be set, for every process at once, so that a journey can cross
fifteen days; a real service cannot.
"""

import zoneinfo
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

LONDON = zoneinfo.ZoneInfo("Europe/London")


def _set_file():
    return settings.VAR_DIR / "today"


def now() -> datetime:
    """This moment, UTC, moved by as many days as today has been moved."""
    moment = timezone.now()
    if (day := _day_that_was_set()) is not None:
        moment += timedelta(days=(day - moment.astimezone(LONDON).date()).days)
    return moment


def today() -> date:
    """Today's date in England."""
    return _day_that_was_set() or timezone.now().astimezone(LONDON).date()


def set_today(day: date | None) -> None:
    """Move the service to another day, or back to the real one with None (embedded default and tests only)."""
    if not settings.CLOCK_MAY_BE_SET:
        raise ImproperlyConfigured("The day of a real service cannot be set.")
    if day is None:
        _set_file().unlink(missing_ok=True)
    else:
        _set_file().write_text(day.isoformat())


def _day_that_was_set() -> date | None:
    if not settings.CLOCK_MAY_BE_SET:
        return None
    try:
        return date.fromisoformat(_set_file().read_text().strip())
    except FileNotFoundError:
        return None
