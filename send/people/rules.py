"""Ages, school years, and who holds the rights about a child or young person on a given day. Pure.

A parent holds them for a child; from the day after the end of compulsory school age the young person does (CFA 2014
ss.36, 80, 83). Nothing switches silently: the caller shows `since` and `why`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

SEPTEMBER = 9
FRIDAY = 4
FIRST_CURRICULUM_YEAR, LAST_CURRICULUM_YEAR = -4, 20
YEAR_9 = 9
LAST_AGE = 25


def age_on(born_on: date, on: date) -> int:
    """Whole years old. Somebody born on 29 February is a year older on 1 March in other years (Family Law Reform Act 1969 s.9)."""
    if on < born_on:
        raise ValueError("a day before the birth has no age")
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def academic_year(on: date) -> int:
    """The calendar year in which the academic year (1 September to 31 August) of that day began."""
    return on.year if on.month >= SEPTEMBER else on.year - 1


def national_curriculum_year(born_on: date, on: date) -> int:
    """Year group by age: the age on the 31 August before the academic year, less four. Reception is 0; kept within -4 and 20.

    A child may be taught out of their year group: this is what age says, not what the school does.
    """
    if on < born_on:
        raise ValueError("a day before the birth has no school year")
    eve = date(academic_year(on), 8, 31)
    age = age_on(born_on, eve) if born_on <= eve else 0
    return min(max(age - 4, FIRST_CURRICULUM_YEAR), LAST_CURRICULUM_YEAR)


def is_in_year_9_or_above(born_on: date, on: date) -> bool:
    """Whether preparing for adulthood is part of advice, plan and review (SEND Regs 2014 regs 6(1)(g), 12(3), 20(6))."""
    return national_curriculum_year(born_on, on) >= YEAR_9


def compulsory_school_age_ends(born_on: date) -> date:
    """The last day of compulsory school age: the last Friday in June of the school year in which they turn 16.

    Education Act 1996 s.8 and the School Leaving Date Order 1997.
    """
    year = born_on.year + 16 + (born_on.month >= SEPTEMBER)
    last_of_june = date(year, 6, 30)
    return last_of_june - timedelta(days=(last_of_june.weekday() - FRIDAY) % 7)


def is_young_person(born_on: date, on: date) -> bool:
    """Over compulsory school age and under 25 (CFA 2014 s.83(2))."""
    return compulsory_school_age_ends(born_on) < on and age_on(born_on, on) < LAST_AGE


class Holder(StrEnum):
    """Whose the rights are."""

    PARENTS = "parents"
    YOUNG_PERSON = "young_person"
    REPRESENTATIVE = "representative"
    NOBODY = "nobody"


@dataclass(frozen=True)
class LinkedAdult:
    """A verified relationship of an adult to a child, both days inclusive."""

    person: int
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True)
class LackOfCapacity:
    """A recorded decision that a young person cannot make one kind of decision, and who acts instead (CFA 2014 s.80)."""

    decision: str
    representative: int
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True)
class RightsHolder:
    """Who holds the rights on one day, since when, and why in plain words. `people` are identifiers of users."""

    holder: Holder
    people: tuple[int, ...]
    since: date
    why: str


def rights_holder(
    *,
    born_on: date,
    on: date,
    links: Iterable[LinkedAdult],
    about: str = "",
    young_person: int | None = None,
    capacity_decisions: Iterable[LackOfCapacity] = (),
    restricted: Collection[int] = (),
) -> RightsHolder:
    """Who decides for this child or young person on `on`, about the decision named `about`.

    CFA 2014 ss.80, 83; SEND Regs 2014 regs 63-65. Capacity is presumed, and is a matter of each decision: a
    finding about another decision changes nothing. People in `restricted` hold nothing. `young_person` is their own user, if
    they have one.
    """
    ended_on = compulsory_school_age_ends(born_on)
    if on <= ended_on:
        people = tuple(link.person for link in links if _in_force(link, on) and link.person not in restricted)
        return RightsHolder(Holder.PARENTS, people, born_on, "The rights are the parents’ until the end of compulsory school age.")
    if age_on(born_on, on) >= LAST_AGE:
        return RightsHolder(Holder.NOBODY, (), _birthday(born_on, LAST_AGE), "The right to ask ends on the 25th birthday.")
    if found := _lack_of_capacity(capacity_decisions, about=about, on=on, restricted=restricted):
        why = "The young person was found not able to make this decision, so their representative makes it."
        return RightsHolder(Holder.REPRESENTATIVE, (found.representative,), max(found.starts_on, ended_on + timedelta(days=1)), why)
    people = () if young_person is None else (young_person,)
    why = "The rights are the young person’s own from the end of compulsory school age."
    return RightsHolder(Holder.YOUNG_PERSON, people, ended_on + timedelta(days=1), why)


def _lack_of_capacity(
    decisions: Iterable[LackOfCapacity], *, about: str, on: date, restricted: Collection[int]
) -> LackOfCapacity | None:
    """The latest finding in force about this very decision."""
    same = about.strip().casefold()
    found = [
        each
        for each in decisions
        if same and each.decision.strip().casefold() == same and _in_force(each, on) and each.representative not in restricted
    ]
    return max(found, key=lambda each: each.starts_on, default=None)


def _in_force(row: LinkedAdult | LackOfCapacity, on: date) -> bool:
    return row.starts_on <= on and (row.ends_on is None or on <= row.ends_on)


def _birthday(born_on: date, age: int) -> date:
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:  # 29 February
        return date(born_on.year + age, 3, 1)
