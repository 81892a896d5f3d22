"""How the law counts time: weeks, days, months and working days, in England.

Every period is a small value with two things: `.after(day)`, the last day on which the step is still in time, and
`.in_words`, how that was counted. Dates only, Europe/London; no clock, no network. Nothing rolls forward from a weekend
or a holiday unless its own rule says so: a date under the SEND Regulations that lands on Christmas Day stays there.
"""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

from dateutil.relativedelta import relativedelta

from send.errors import RuleBroken

ONE_DAY = timedelta(days=1)
SATURDAY = 5
_NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)


class PastKnownHolidays(RuleBroken):
    """Working days were asked of a year whose bank holidays are not in our list; guessing could make a legal date wrong."""

    def __init__(self, year: int) -> None:
        super().__init__(
            f"The bank holidays of {year} are not known (the list covers {FIRST_KNOWN_YEAR} to {LAST_KNOWN_YEAR}), "
            "so working days in that year cannot be counted. Add them to send/data/bank_holidays_england.csv."
        )
        self.year = year


def _read_bank_holidays() -> dict[date, str]:
    """England's bank holidays by day, with substitute days (source: GOV.UK bank holidays, OGL v3.0)."""
    with (Path(__file__).parent / "data" / "bank_holidays_england.csv").open(encoding="utf-8", newline="") as lines:
        return {date.fromisoformat(row["date"]): row["name"] for row in csv.DictReader(lines)}


BANK_HOLIDAYS = _read_bank_holidays()
FIRST_KNOWN_YEAR = min(BANK_HOLIDAYS).year
LAST_KNOWN_YEAR = max(BANK_HOLIDAYS).year


def day_in_words(day: date) -> str:
    """'4 March 2027'."""
    return f"{day.day} {day:%B %Y}"


def count_in_words(count: int, unit: str) -> str:
    """'six weeks', 'one month', '30 working days': words up to twenty."""
    number = _NUMBERS[count] if 0 < count < len(_NUMBERS) else str(count)
    return f"{number} {unit}" if count == 1 else f"{number} {unit}s"


def is_working_day(day: date) -> bool:
    """Not a Saturday, a Sunday, Christmas Day, Good Friday or a bank holiday of England and Wales.

    That is the meaning in the tribunal rules (SI 2008/2699 rule 1); the SEND Regulations are read the same way. School
    holidays and training days are working days. Raises PastKnownHolidays outside the years of the list.
    """
    if not FIRST_KNOWN_YEAR <= day.year <= LAST_KNOWN_YEAR:
        raise PastKnownHolidays(day.year)
    return day.weekday() < SATURDAY and day not in BANK_HOLIDAYS


def next_working_day(day: date) -> date:
    """That day if it is a working day, otherwise the first one after it."""
    while not is_working_day(day):
        day += ONE_DAY
    return day


def working_day_on_or_before(day: date) -> date:
    """That day if it is a working day, otherwise the last one before it: when staff had better act."""
    while not is_working_day(day):
        day -= ONE_DAY
    return day


def in_tribunal_vacation(day: date) -> bool:
    """August, or 25 December to 1 January inclusive (SI 2008/2699 rule 12(3)-(4))."""
    return day.month == 8 or (day.month, day.day) >= (12, 25) or (day.month, day.day) == (1, 1)


def tribunal_end_day(day: date) -> date:
    """Where a tribunal time limit that ends on `day` really ends (SI 2008/2699 rule 12(2), (3)(a)).

    Only the end point moves: past August, past 1 January, and then to a working day.
    """
    while in_tribunal_vacation(day):
        day += ONE_DAY
    return next_working_day(day)


class Period(Protocol):
    """A length of time as a law words it."""

    @property
    def in_words(self) -> str:
        """How the last day follows from the first, to stand before 'is 13 April 2027'."""

    def after(self, day: date) -> date:
        """The last day in time, for a clock that `day` starts."""


@dataclass(frozen=True)
class Weeks:
    """Within n weeks of an event: the event's day is day 0, so the same weekday n weeks on."""

    count: int

    @property
    def in_words(self) -> str:
        """'six weeks after that day'."""
        return f"{count_in_words(self.count, 'week')} after that day"

    def after(self, day: date) -> date:
        """The last day in time."""
        return day + timedelta(weeks=self.count)


@dataclass(frozen=True)
class Days:
    """N calendar days of or after an event: the event's day is day 0."""

    count: int

    @property
    def in_words(self) -> str:
        """'thirty days after that day'; 'that day itself' when it must be done at once."""
        return f"{count_in_words(self.count, 'day')} after that day" if self.count else "that day itself"

    def after(self, day: date) -> date:
        """The last day in time."""
        return day + timedelta(days=self.count)


@dataclass(frozen=True)
class DaysBeginningWith:
    """N calendar days beginning with an event: the event's day is day 1."""

    count: int

    @property
    def in_words(self) -> str:
        """'the last of fifteen days beginning with that day'."""
        return f"the last of {count_in_words(self.count, 'day')} beginning with that day"

    def after(self, day: date) -> date:
        """The last day in time."""
        return day + timedelta(days=self.count - 1)


@dataclass(frozen=True)
class MonthsAfter:
    """N months after or from an event: the same day number, or that month's last day (Dodds v Walker 1981). Negative: before."""

    count: int

    @property
    def in_words(self) -> str:
        """'two months after that day'."""
        return f"{count_in_words(abs(self.count), 'month')} {'before' if self.count < 0 else 'after'} that day"

    def after(self, day: date) -> date:
        """The last day in time."""
        return day + relativedelta(months=self.count)


@dataclass(frozen=True)
class MonthsBeginningWith:
    """N months beginning with an event: the day before the corresponding date, or the month's last day where there is none."""

    count: int

    @property
    def in_words(self) -> str:
        """'the last day of twelve months beginning with that day'."""
        return f"the last day of {count_in_words(self.count, 'month')} beginning with that day"

    def after(self, day: date) -> date:
        """The last day in time."""
        corresponding = day + relativedelta(months=self.count)
        return corresponding - ONE_DAY if corresponding.day == day.day else corresponding


def _working_days_from(day: date, counts: Callable[[date], bool]) -> Iterator[date]:
    while True:
        if counts(day):
            yield day
        day += ONE_DAY


def _nth(days: Iterator[date], count: int) -> date:
    for _ in range(count - 1):
        next(days)
    return next(days)


@dataclass(frozen=True)
class WorkingDaysAfter:
    """N working days after an event: counting starts the next day."""

    count: int

    @property
    def in_words(self) -> str:
        """'three working days after that day'."""
        return f"{count_in_words(self.count, 'working day')} after that day"

    def after(self, day: date) -> date:
        """The last day in time. Raises PastKnownHolidays."""
        return _nth(_working_days_from(day + ONE_DAY, is_working_day), self.count)


@dataclass(frozen=True)
class WorkingDaysBeginningWith:
    """N working days beginning with an event: its day counts if it is a working day."""

    count: int

    @property
    def in_words(self) -> str:
        """'the last of fifteen working days beginning with that day'."""
        return f"the last of {count_in_words(self.count, 'working day')} beginning with that day"

    def after(self, day: date) -> date:
        """The last day in time. Raises PastKnownHolidays."""
        return _nth(_working_days_from(day, is_working_day), self.count)


@dataclass(frozen=True)
class TribunalWorkingDaysAfter:
    """N working days after an event in a SEN appeal: August, and 25 December to 1 January, do not count (rule 12(3)(b), (4))."""

    count: int

    @property
    def in_words(self) -> str:
        """'30 working days after that day, not counting August or 25 December to 1 January,'."""
        return f"{count_in_words(self.count, 'working day')} after that day, not counting August or 25 December to 1 January,"

    def after(self, day: date) -> date:
        """The last day in time. Raises PastKnownHolidays."""
        return _nth(
            _working_days_from(day + ONE_DAY, lambda each: not in_tribunal_vacation(each) and is_working_day(each)), self.count
        )


@dataclass(frozen=True)
class ToWorkingDay:
    """A period whose end does roll: to the next working day when it falls on another."""

    period: Period

    @property
    def in_words(self) -> str:
        """The period's words, and the roll."""
        return f"{self.period.in_words}, or the next working day,"

    def after(self, day: date) -> date:
        """The last day in time. Raises PastKnownHolidays."""
        return next_working_day(self.period.after(day))


@dataclass(frozen=True)
class BeforeNamedDay:
    """'Before 15 February' of the year of an event: the last day in time is the day before the named one."""

    month: int
    day: int

    @property
    def in_words(self) -> str:
        """'the last day before 15 February of that year'."""
        return f"the last day before {self.day} {date(2000, self.month, 1):%B} of that year"

    def after(self, day: date) -> date:
        """The last day in time. The event may well be later in the year than its deadline."""
        return date(day.year, self.month, self.day) - ONE_DAY
