"""Work out the due date of each row of a CSV file, with the working in words, and say whether an expected date matches."""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ehcp.timeline import BY_CODE, Fact, school_closed_exception_available
from send.errors import RuleBroken
from send.timelimits import Limit, Working, working

NEEDED_COLUMNS = ("case_id", "event_date", "rule")
PRINTED_COLUMNS = ("case_id", "rule", "event_date", "due_date", "exception_available", "working", "expected_due_date", "match")
CLOSURE_FACTS = (Fact.SCHOOL_CLOSED_FROM, Fact.SCHOOL_REOPENS, Fact.HEAD_ADVICE_REQUESTED)
TRANSFER_YEAR = "transfer_year"


class Unreadable(Exception):
    """What is wrong with one row, in words."""


@dataclass(frozen=True)
class Answer:
    """One row with its computed date, and what the file expected of it."""

    case_id: str
    work: Working
    exception_available: str
    expected_on: date | None
    expected_exception: str

    @property
    def matches(self) -> bool:
        """Whether the date, and the exception where the note names one, are as expected (or nothing was)."""
        return self.expected_on in (None, self.work.due_on) and self.expected_exception in ("", self.exception_available)

    def printed(self) -> tuple[str, ...]:
        """The values of PRINTED_COLUMNS."""
        match = "" if self.expected_on is None and not self.expected_exception else "yes" if self.matches else "no"
        work = self.work
        expected = self.expected_on.isoformat() if self.expected_on else ""
        dates = (work.started_on.isoformat(), work.due_on.isoformat())
        return (self.case_id, work.limit.code, *dates, self.exception_available, work.sentence, expected, match)


class Command(BaseCommand):
    """`manage.py due_dates FILE.csv`."""

    help = (
        "Reads a CSV file with the columns case_id, event_date and rule (and other_dates, expected_due_date, note), prints the due "
        "date of every row with its working, and fails if a row cannot be read or a date is not the expected one. "
        "other_dates holds name=value pairs joined by a semicolon. Rules: " + ", ".join(BY_CODE) + "."
    )

    def add_arguments(self, parser):
        """The one file."""
        parser.add_argument("file", type=Path, metavar="FILE.csv")

    def handle(self, *args, file: Path, **options):
        """Read everything before printing anything: a file is answered whole or not at all."""
        answers = [_answer_or_stop(number, row) for number, row in enumerate(_read(file), start=2)]
        printer = csv.writer(self.stdout, lineterminator="\n")
        printer.writerow(PRINTED_COLUMNS)
        printer.writerows(answer.printed() for answer in answers)
        if wrong := [answer.case_id for answer in answers if not answer.matches]:
            raise CommandError(f"{len(wrong)} of {len(answers)} rows are not as expected: {', '.join(wrong)}.")


def _read(file: Path) -> list[dict]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, strict=True)
            rows, columns = list(reader), reader.fieldnames or ()
    except OSError as error:
        raise CommandError(f"{file} cannot be opened: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{file} is not a text file in UTF-8.") from error
    except csv.Error as error:
        raise CommandError(f"{file} is not a CSV file that can be read: {error}.") from error
    if missing := [column for column in NEEDED_COLUMNS if column not in columns]:
        raise CommandError(f"{file} has no column {' or '.join(missing)}; its first row must name the columns.")
    if not rows:
        raise CommandError(f"{file} has no rows under its first one.")
    return rows


def _answer_or_stop(number: int, row: dict) -> Answer:
    try:
        return _answer(row)
    except (Unreadable, RuleBroken) as error:
        line = f"Row {number} ({row.get('case_id') or 'no case_id'}): {error}"
        raise CommandError(" ".join(line.split())) from error  # a quoted value may hold line breaks


def _answer(row: dict) -> Answer:
    if None in row or None in row.values():
        raise Unreadable("it has more or fewer values than the first row has columns.")
    limit = _limit_named(row["rule"].strip())
    facts = _facts(limit, row)
    expected = row.get("expected_due_date", "").strip()
    return Answer(
        case_id=row["case_id"].strip(),
        work=_work(limit, facts),
        exception_available=_exception_available(facts),
        expected_on=_day("expected_due_date", expected) if expected else None,
        expected_exception=_expected_exception(row.get("note", "")),
    )


def _limit_named(code: str) -> Limit:
    if code not in BY_CODE:
        raise Unreadable(f"there is no rule ‘{code}’.")
    return BY_CODE[code]


def _facts(limit: Limit, row: dict) -> dict[str, date]:
    """The dated facts of the row. An unknown name is refused: a misspelt one would change the date unseen."""
    facts: dict[str, date] = {limit.runs_from: _day("event_date", row["event_date"].strip())}
    allowed = {each.fact for each in limit.also}
    for pair in filter(None, (part.strip() for part in row.get("other_dates", "").split(";"))):
        name, _, value = (part.strip() for part in pair.partition("="))
        if name == TRANSFER_YEAR and limit.runs_from == Fact.PHASE_TRANSFER:
            _check_transfer_year(value, facts[limit.runs_from])
        elif name not in allowed:
            raise Unreadable(f"other_dates has ‘{name}’, which the rule {limit.code} does not use.")
        elif name in facts:
            raise Unreadable(f"other_dates has ‘{name}’ twice.")
        else:
            facts[name] = _day(name, value)
    return facts


def _check_transfer_year(value: str, transfers_on: date) -> None:
    if value != str(transfers_on.year):
        raise Unreadable(f"transfer_year is ‘{value}’ but event_date is in {transfers_on.year}.")


def _day(name: str, value: str) -> date:
    """A date written year-month-day, and nothing else that a reader might take for one."""
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise Unreadable(f"{name} is ‘{value}’, not a date written like 2027-03-04.") from error
    if value != day.isoformat():
        raise Unreadable(f"{name} is ‘{value}’, not a date written like 2027-03-04.")
    return day


def _work(limit: Limit, facts: dict[str, date]) -> Working:
    try:
        work = working(limit, facts)
    except (OverflowError, ValueError) as error:
        raise Unreadable("its dates are too far from today to count with.") from error
    if work is None:
        needed = [each.fact for each in limit.also if each.is_needed and each.fact not in facts]
        raise Unreadable(f"the rule {limit.code} needs {' and '.join(needed)} in other_dates.")
    return work


def _exception_available(facts: dict[str, date]) -> str:
    given = [fact in facts for fact in CLOSURE_FACTS]
    if not any(given):
        return ""
    if not all(given):
        raise Unreadable(f"an exception for closure needs all of {', '.join(CLOSURE_FACTS)}.")
    closed_from, reopens_on, asked_on = (facts[fact] for fact in CLOSURE_FACTS)
    available = school_closed_exception_available(closed_from=closed_from, reopens_on=reopens_on, advice_requested_on=asked_on)
    return "yes" if available else "no"


def _expected_exception(note: str) -> str:
    """'yes' or 'no' of a note that begins `exception_available=…`, otherwise ''."""
    name, _, rest = note.strip().partition("=")
    if name != "exception_available":
        return ""
    return "yes" if rest.startswith("yes") else "no"
