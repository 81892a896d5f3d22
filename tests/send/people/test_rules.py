"""Ages, school years, and who holds the rights."""

from datetime import date

import pytest

from send.people.rules import (
    Holder,
    LackOfCapacity,
    LinkedAdult,
    academic_year,
    age_on,
    compulsory_school_age_ends,
    is_in_year_9_or_above,
    is_young_person,
    national_curriculum_year,
    rights_holder,
)

MOTHER, FATHER, YOUNG, DEPUTY = 1, 2, 3, 4
BORN = date(2011, 3, 4)  # 16 in the school year 2026 to 2027, which ends its compulsory age on 25 June 2027
ABOUT = "asking for an assessment"
PARENTS = (LinkedAdult(MOTHER, date(2011, 3, 4)), LinkedAdult(FATHER, date(2020, 1, 1), date(2027, 1, 31)))


def holder(on, *, links=PARENTS, **others):
    return rights_holder(born_on=BORN, on=on, links=links, about=ABOUT, young_person=YOUNG, **others)


@pytest.mark.parametrize(
    ("born_on", "on", "age"),
    [
        (date(2011, 3, 4), date(2027, 3, 3), 15),
        (date(2011, 3, 4), date(2027, 3, 4), 16),
        (date(2012, 2, 29), date(2027, 2, 28), 14),
        (date(2012, 2, 29), date(2027, 3, 1), 15),
        (date(2012, 2, 29), date(2028, 2, 28), 15),
        (date(2012, 2, 29), date(2028, 2, 29), 16),
        (date(2027, 3, 4), date(2027, 3, 4), 0),
    ],
)
def test_an_age_changes_on_the_birthday(born_on, on, age):
    """Family Law Reform Act 1969 s.9."""
    assert age_on(born_on, on) == age


@pytest.mark.parametrize("of", [age_on, national_curriculum_year])
def test_nobody_has_an_age_or_a_school_year_before_birth(of):
    with pytest.raises(ValueError, match="before the birth"):
        of(date(2027, 3, 4), date(2027, 3, 3))


@pytest.mark.parametrize(("on", "year"), [(date(2027, 8, 31), 2026), (date(2027, 9, 1), 2027), (date(2028, 1, 1), 2027)])
def test_an_academic_year_begins_on_1_september(on, year):
    assert academic_year(on) == year


@pytest.mark.parametrize(
    ("born_on", "on", "year"),
    [
        (date(2012, 8, 31), date(2026, 9, 1), 10),  # 14 on 31 August 2026
        (date(2012, 9, 1), date(2026, 9, 1), 9),  # still 13 on that day
        (date(2012, 9, 1), date(2026, 8, 31), 8),
        (date(2012, 2, 29), date(2026, 9, 1), 10),
        (date(2022, 8, 31), date(2026, 9, 1), 0),  # 4: Reception
        (date(2022, 9, 1), date(2026, 9, 1), -1),
        (date(2026, 9, 1), date(2026, 11, 24), -4),
        (date(2026, 8, 31), date(2026, 11, 24), -4),
        (date(2001, 9, 1), date(2026, 11, 24), 20),
        (date(1990, 1, 1), date(2026, 11, 24), 20),
    ],
)
def test_a_year_group_goes_by_the_age_on_31_august(born_on, on, year):
    assert national_curriculum_year(born_on, on) == year


def test_year_9_begins_the_preparing_for_adulthood():
    """SEND Regs 2014 regs 6(1)(g), 12(3), 20(6): born on 1 September 2012, year 9 from 1 September 2026."""
    assert not is_in_year_9_or_above(date(2012, 9, 1), date(2026, 8, 31))
    assert is_in_year_9_or_above(date(2012, 9, 1), date(2026, 9, 1))


@pytest.mark.parametrize(
    ("born_on", "last_day"),
    [
        (date(2010, 9, 1), date(2027, 6, 25)),
        (date(2011, 8, 31), date(2027, 6, 25)),
        (date(2011, 9, 1), date(2028, 6, 30)),  # 30 June 2028 is itself a Friday
        (date(2012, 2, 29), date(2028, 6, 30)),
        (date(2010, 8, 31), date(2026, 6, 26)),
        (date(2013, 7, 15), date(2029, 6, 29)),
    ],
)
def test_compulsory_school_age_ends_on_the_last_friday_in_june(born_on, last_day):
    """Education Act 1996 s.8."""
    assert compulsory_school_age_ends(born_on) == last_day
    assert last_day.strftime("%A") == "Friday"


@pytest.mark.parametrize(
    ("on", "is_one"),
    [(date(2027, 6, 25), False), (date(2027, 6, 26), True), (date(2036, 3, 3), True), (date(2036, 3, 4), False)],
)
def test_a_young_person_is_over_compulsory_school_age_and_under_25(on, is_one):
    """CFA 2014 s.83(2)."""
    assert is_young_person(BORN, on) is is_one


def test_the_rights_are_the_parents_to_the_last_day_of_compulsory_school_age():
    held = holder(date(2027, 6, 25))
    assert (held.holder, held.people, held.since) == (Holder.PARENTS, (MOTHER,), BORN)


def test_the_rights_are_the_young_persons_from_the_next_day():
    """CFA 2014 ss.36(1), 83(2)."""
    held = holder(date(2027, 6, 26))
    assert (held.holder, held.people, held.since) == (Holder.YOUNG_PERSON, (YOUNG,), date(2027, 6, 26))


def test_turning_16_changes_nothing_by_itself():
    assert holder(date(2027, 3, 4)).holder is Holder.PARENTS


@pytest.mark.parametrize(
    ("on", "people"),
    [
        (date(2019, 12, 31), (MOTHER,)),
        (date(2020, 1, 1), (MOTHER, FATHER)),
        (date(2027, 1, 31), (MOTHER, FATHER)),
        (date(2027, 2, 1), (MOTHER,)),
    ],
)
def test_a_link_counts_from_its_first_to_its_last_day(on, people):
    assert holder(on).people == people


def test_a_restricted_parent_holds_nothing():
    assert holder(date(2021, 3, 4), restricted={FATHER}).people == (MOTHER,)


def test_rights_without_a_parent_known_are_the_parents_still():
    held = holder(date(2021, 3, 4), links=())
    assert (held.holder, held.people) == (Holder.PARENTS, ())


@pytest.mark.parametrize(
    ("on", "who"),
    [
        (date(2027, 8, 31), Holder.YOUNG_PERSON),
        (date(2027, 9, 1), Holder.REPRESENTATIVE),
        (date(2027, 12, 31), Holder.REPRESENTATIVE),
        (date(2028, 1, 1), Holder.YOUNG_PERSON),
    ],
)
def test_a_representative_decides_only_while_the_finding_about_that_decision_stands(on, who):
    """CFA 2014 s.80; SEND Regs 2014 regs 63-65."""
    finding = LackOfCapacity("Asking for an assessment", DEPUTY, date(2027, 9, 1), date(2027, 12, 31))
    assert holder(on, capacity_decisions=[finding]).holder is who


def test_a_finding_about_another_decision_changes_nothing():
    """Mental Capacity Act 2005 ss.1-3: capacity is presumed, and a matter of each decision."""
    finding = LackOfCapacity("choosing a college", DEPUTY, date(2027, 9, 1))
    assert holder(date(2027, 10, 1), capacity_decisions=[finding]).people == (YOUNG,)


def test_a_question_that_names_no_decision_never_meets_a_finding():
    finding = LackOfCapacity("", DEPUTY, date(2027, 9, 1))
    held = rights_holder(born_on=BORN, on=date(2027, 10, 1), links=(), young_person=YOUNG, capacity_decisions=[finding])
    assert held.people == (YOUNG,)


def test_a_finding_made_in_childhood_waits_for_the_end_of_compulsory_school_age():
    finding = LackOfCapacity(ABOUT, DEPUTY, date(2027, 5, 1))
    assert holder(date(2027, 6, 25), capacity_decisions=[finding]).holder is Holder.PARENTS
    held = holder(date(2027, 6, 26), capacity_decisions=[finding])
    assert (held.people, held.since) == ((DEPUTY,), date(2027, 6, 26))


def test_the_latest_finding_names_the_representative_and_a_restricted_one_is_passed_over():
    findings = [LackOfCapacity(ABOUT, DEPUTY, date(2027, 9, 1)), LackOfCapacity(ABOUT, MOTHER, date(2027, 10, 1))]
    assert holder(date(2027, 11, 1), capacity_decisions=findings).people == (MOTHER,)
    assert holder(date(2027, 11, 1), capacity_decisions=findings, restricted={MOTHER}).people == (DEPUTY,)


@pytest.mark.parametrize(
    ("born_on", "on", "who"),
    [
        (date(2011, 3, 4), date(2036, 3, 3), Holder.YOUNG_PERSON),
        (date(2011, 3, 4), date(2036, 3, 4), Holder.NOBODY),
        (date(2012, 2, 29), date(2037, 2, 28), Holder.YOUNG_PERSON),
        (date(2012, 2, 29), date(2037, 3, 1), Holder.NOBODY),
    ],
)
def test_the_right_to_ask_ends_on_the_25th_birthday(born_on, on, who):
    """CFA 2014 s.83(2)."""
    held = rights_holder(born_on=born_on, on=on, links=PARENTS, young_person=YOUNG)
    assert held.holder is who
    if who is Holder.NOBODY:
        assert (held.people, held.since) == ((), on)
