"""The reference files beside this module, and their ways of writing a date."""

import csv
import gzip
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

DATA = Path(__file__).parent / "data"
UNKNOWN_OPENING = date(1900, 1, 1)  # what the schools register writes when it has no opening date


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV file, plain or gzip, in order."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def iso_date(text: str) -> date | None:
    """2027-03-04, or None for an empty cell. Raises ValueError for anything else."""
    return date.fromisoformat(text) if text else None


def register_date(text: str) -> date | None:
    """The schools register's day-month-year (04-03-2027 is 4 March), or None for an empty cell or its 1 January 1900.

    Day first: more than a thousand of the file's dates have a first number above 12, none has such a second number.
    Raises ValueError for anything else.
    """
    if not text:
        return None
    day = datetime.strptime(text, "%d-%m-%Y").date()
    return None if day == UNKNOWN_OPENING else day
