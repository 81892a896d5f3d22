"""How the law counts time. Every date here was counted by hand on a calendar."""

from datetime import date, timedelta

import holidays
import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays

from send.calendar import (
    BANK_HOLIDAYS,
    FIRST_KNOWN_YEAR,
    LAST_KNOWN_YEAR,
    BeforeNamedDay,
    Days,
    DaysBeginningWith,
    MonthsAfter,
    MonthsBeginningWith,
    PastKnownHolidays,
    ToWorkingDay,
    TribunalWorkingDaysAfter,
    Weeks,
    WorkingDaysAfter,
    WorkingDaysBeginningWith,
    day_in_words,
    is_working_day,
    next_working_day,
    tribunal_end_day,
    working_day_on_or_before,
)
from send.errors import RuleBroken


@pytest.mark.parametrize(
    ("period", "day", "last_day"),
    [
        # the clocks go forward on 28 March 2027
        (Weeks(6), date(2027, 3, 2), date(2027, 4, 13)),
        # the clocks go back on 25 October 2026
        (Weeks(2), date(2026, 10, 20), date(2026, 11, 3)),
        # Christmas Day stays
        (Weeks(6), date(2026, 11, 13), date(2026, 12, 25)),
        # Good Friday stays
        (Weeks(2), date(2027, 3, 12), date(2027, 3, 26)),
        # across 29 February
        (Weeks(20), date(2028, 1, 20), date(2028, 6, 8)),
        (Days(15), date(2026, 12, 18), date(2027, 1, 2)),
        (Days(30), date(2027, 1, 30), date(2027, 3, 1)),
        (Days(0), date(2026, 10, 9), date(2026, 10, 9)),
        (DaysBeginningWith(15), date(2026, 12, 18), date(2027, 1, 1)),
        (DaysBeginningWith(15), date(2028, 2, 15), date(2028, 2, 29)),
        (DaysBeginningWith(15), date(2027, 2, 15), date(2027, 3, 1)),
        (DaysBeginningWith(1), date(2027, 3, 4), date(2027, 3, 4)),
    ],
)
def test_weeks_and_days_are_calendar_days_and_do_not_roll(period, day, last_day):
    """SEND Regs 2014: 'days' are calendar days and nothing moves to a working day."""
    assert period.after(day) == last_day


@pytest.mark.parametrize(
    ("period", "day", "last_day"),
    [
        (MonthsAfter(2), date(2026, 5, 14), date(2026, 7, 14)),
        (MonthsAfter(2), date(2026, 12, 31), date(2027, 2, 28)),
        (MonthsAfter(2), date(2027, 12, 31), date(2028, 2, 29)),
        (MonthsAfter(12), date(2028, 2, 29), date(2029, 2, 28)),
        (MonthsAfter(-5), date(2027, 9, 1), date(2027, 4, 1)),
        (MonthsAfter(-5), date(2027, 7, 31), date(2027, 2, 28)),
    ],
)
def test_months_after_follow_the_corresponding_date_rule(period, day, last_day):
    """Dodds v Walker [1981] 1 WLR 1027."""
    assert period.after(day) == last_day


@pytest.mark.parametrize(
    ("count", "day", "last_day"),
    [
        (12, date(2028, 2, 29), date(2029, 2, 28)),
        (12, date(2027, 3, 1), date(2028, 2, 29)),
        (12, date(2027, 1, 1), date(2027, 12, 31)),
        (6, date(2026, 2, 20), date(2026, 8, 19)),
        (6, date(2026, 8, 31), date(2027, 2, 28)),
        (3, date(2027, 1, 11), date(2027, 4, 10)),
    ],
)
def test_months_beginning_with_a_day_end_the_day_before_its_anniversary(count, day, last_day):
    """CFA 2014 s.44(1): each period of 12 months starting with the date."""
    assert MonthsBeginningWith(count).after(day) == last_day


@pytest.mark.parametrize(
    ("period", "day", "last_day"),
    [
        # Thursday before Easter 2027: Good Friday and Easter Monday do not count
        (WorkingDaysAfter(3), date(2027, 3, 25), date(2027, 4, 1)),
        # from a Saturday
        (WorkingDaysAfter(3), date(2027, 3, 27), date(2027, 4, 1)),
        # 25 and 28 December 2026 are holidays
        (WorkingDaysAfter(3), date(2026, 12, 23), date(2026, 12, 30)),
        (WorkingDaysAfter(1), date(2027, 5, 28), date(2027, 6, 1)),
        (WorkingDaysBeginningWith(15), date(2026, 12, 17), date(2027, 1, 11)),
        (WorkingDaysBeginningWith(1), date(2026, 12, 18), date(2026, 12, 18)),
        (WorkingDaysBeginningWith(1), date(2026, 12, 19), date(2026, 12, 21)),
        (TribunalWorkingDaysAfter(30), date(2026, 7, 15), date(2026, 9, 24)),
        (TribunalWorkingDaysAfter(1), date(2026, 7, 31), date(2026, 9, 1)),
        (TribunalWorkingDaysAfter(2), date(2026, 12, 23), date(2027, 1, 4)),
        (ToWorkingDay(MonthsAfter(1)), date(2027, 1, 31), date(2027, 3, 1)),
        (ToWorkingDay(MonthsAfter(1)), date(2027, 2, 4), date(2027, 3, 4)),
    ],
)
def test_working_days_leave_out_weekends_and_bank_holidays(period, day, last_day):
    """SEND Regs 2014 regs 15, 34-39; SI 2008/2699 rules 1, 12."""
    assert period.after(day) == last_day


@pytest.mark.parametrize(
    ("day", "is_one"),
    [
        (date(2026, 12, 24), True),
        (date(2026, 12, 25), False),
        (date(2026, 12, 26), False),
        (date(2026, 12, 28), False),
        (date(2026, 12, 29), True),
        (date(2027, 3, 25), True),
        (date(2027, 3, 26), False),
        (date(2027, 3, 29), False),
        (date(2027, 3, 30), True),
        (date(2028, 1, 3), False),
        (date(2028, 2, 29), True),
        (date(2022, 9, 19), False),
    ],
)
def test_a_working_day_is_neither_weekend_nor_bank_holiday(day, is_one):
    """SI 2008/2699 rule 1."""
    assert is_working_day(day) is is_one


@pytest.mark.parametrize(
    ("day", "following", "preceding"),
    [
        (date(2027, 3, 4), date(2027, 3, 4), date(2027, 3, 4)),
        (date(2027, 12, 25), date(2027, 12, 29), date(2027, 12, 24)),
        (date(2027, 1, 1), date(2027, 1, 4), date(2026, 12, 31)),
        (date(2027, 3, 29), date(2027, 3, 30), date(2027, 3, 25)),
    ],
)
def test_the_next_and_the_last_working_day_include_the_day_itself(day, following, preceding):
    assert next_working_day(day) == following
    assert working_day_on_or_before(day) == preceding


@pytest.mark.parametrize(
    ("ends_on", "really_ends_on"),
    [
        (date(2026, 7, 31), date(2026, 7, 31)),
        (date(2026, 8, 1), date(2026, 9, 1)),
        (date(2026, 8, 31), date(2026, 9, 1)),
        (date(2026, 9, 1), date(2026, 9, 1)),
        (date(2026, 12, 24), date(2026, 12, 24)),
        (date(2026, 12, 25), date(2027, 1, 4)),
        (date(2027, 1, 1), date(2027, 1, 4)),
        (date(2027, 1, 2), date(2027, 1, 4)),
        (date(2027, 2, 28), date(2027, 3, 1)),
    ],
)
def test_the_end_of_a_tribunal_limit_moves_past_august_and_christmas(ends_on, really_ends_on):
    """SI 2008/2699 rule 12(2), (3)(a)."""
    assert tribunal_end_day(ends_on) == really_ends_on


def test_before_a_named_day_means_the_day_before_it():
    """SEND Regs 2014 reg 18(1): 'before 15 February', 'before 31 March'; before 1 March in a leap year is 29 February."""
    assert BeforeNamedDay(2, 15).after(date(2027, 9, 1)) == date(2027, 2, 14)
    assert BeforeNamedDay(3, 31).after(date(2028, 9, 4)) == date(2028, 3, 30)
    assert BeforeNamedDay(3, 1).after(date(2028, 9, 4)) == date(2028, 2, 29)


@pytest.mark.parametrize("day", [date(2029, 1, 2), date(2011, 12, 30), date(2031, 6, 7)])
def test_a_year_without_known_holidays_is_a_clear_error(day):
    with pytest.raises(PastKnownHolidays, match=f"bank holidays of {day.year} are not known") as refused:
        is_working_day(day)
    assert isinstance(refused.value, RuleBroken)


def test_counting_working_days_into_an_unknown_year_is_an_error_and_not_a_guess():
    assert WorkingDaysAfter(1).after(date(2028, 12, 28)) == date(2028, 12, 29)
    with pytest.raises(PastKnownHolidays):
        WorkingDaysAfter(2).after(date(2028, 12, 28))


def test_weeks_and_months_need_no_holidays():
    assert Weeks(6).after(date(2040, 1, 2)) == date(2040, 2, 13)
    assert MonthsAfter(2).after(date(2039, 12, 31)) == date(2040, 2, 29)


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Weeks(6), "six weeks after that day"),
        (Weeks(1), "one week after that day"),
        (Days(15), "fifteen days after that day"),
        (Days(0), "that day itself"),
        (DaysBeginningWith(15), "the last of fifteen days beginning with that day"),
        (MonthsAfter(2), "two months after that day"),
        (MonthsAfter(-5), "five months before that day"),
        (MonthsBeginningWith(12), "the last day of twelve months beginning with that day"),
        (WorkingDaysAfter(3), "three working days after that day"),
        (WorkingDaysBeginningWith(15), "the last of fifteen working days beginning with that day"),
        (TribunalWorkingDaysAfter(30), "30 working days after that day, not counting August or 25 December to 1 January,"),
        (ToWorkingDay(MonthsAfter(1)), "one month after that day, or the next working day,"),
        (BeforeNamedDay(2, 15), "the last day before 15 February of that year"),
    ],
)
def test_a_period_says_in_words_how_it_counts(period, words):
    assert period.in_words == words


def test_a_day_is_written_in_full():
    assert day_in_words(date(2027, 3, 4)) == "4 March 2027"


def test_our_list_is_the_one_that_gov_uk_publishes():
    published = BankHolidays(use_cached_holidays=True).get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    of_our_years = {each["date"] for each in published if FIRST_KNOWN_YEAR <= each["date"].year <= LAST_KNOWN_YEAR}
    assert set(BANK_HOLIDAYS) == of_our_years


def test_our_list_agrees_with_an_independent_one_on_every_weekday():
    independent = holidays.country_holidays("GB", subdiv="ENG", years=range(2014, LAST_KNOWN_YEAR + 1))
    days = (date(2014, 1, 1) + timedelta(days=count) for count in range(5479))  # to 31 December 2028
    weekdays = [day for day in days if day.weekday() < 5]
    assert weekdays[-1] == date(2028, 12, 29)
    assert [day for day in weekdays if is_working_day(day) is (day in independent)] == []
