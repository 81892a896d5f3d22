"""Disclosure control, rule by rule, and an attacker who tries every table that fits what was published."""

import itertools
import random
from decimal import Decimal

import pytest

from dashboards.disclosure_attack import Relation
from dashboards.suppression import (
    MEANINGS,
    average_shown,
    count_shown,
    hidden_cells,
    money_shown,
    percentage_shown,
    table_shown,
)


@pytest.mark.parametrize(
    ("count", "population", "is_authority", "shown"),
    [
        (0, 100, True, "0"),
        (0, 7, True, "c"),
        (0, 8, True, "0"),
        (0, 0, True, "0"),
        (1, 100, True, "c"),
        (7, 100, True, "c"),
        (8, 100, True, "10"),
        (12, 100, True, "10"),
        (13, 100, True, "15"),
        (14, 100, False, "10"),
        (15, 100, False, "20"),
        (1004, 2000, False, "1000"),
    ],
)
def test_a_count_is_hidden_or_rounded_halves_up(count, population, is_authority, shown):
    """Rules 1 to 3."""
    assert str(count_shown(count, population=population, is_authority=is_authority)) == shown


@pytest.mark.parametrize(
    ("numerator", "denominator", "is_authority", "shown"),
    [
        (12, 40, True, "30"),
        (33, 80, True, "41"),  # 41.25
        (33, 80, False, "41.3"),  # 41.25, halves up
        (7, 40, True, "c"),
        (33, 40, True, "c"),  # 7 are left over
        (32, 40, True, "80"),
        (11, 22, True, "c"),
        (0, 22, True, "c"),
        (0, 23, True, "0"),
        (23, 23, True, "100"),
        (8, 2000, True, "low"),  # 0.4%
        (8, 2000, False, "0.4"),
        (0, 0, True, "z"),
    ],
)
def test_a_percentage_is_hidden_rounded_or_low(numerator, denominator, is_authority, shown):
    """Rule 4."""
    assert str(percentage_shown(numerator, denominator, is_authority=is_authority)) == shown


@pytest.mark.parametrize(("children", "shown"), [(9, "c"), (10, "20.3")])
def test_an_average_needs_ten_children(children, shown):
    """Rule 5: 20.25 weeks is 20.3, halves up."""
    assert str(average_shown(Decimal("20.25"), children=children)) == shown


@pytest.mark.parametrize(
    ("children", "providers", "share", "shown"),
    [(10, 3, "0.8", "124000"), (9, 3, "0.5", "c"), (10, 2, "0.5", "c"), (10, 3, "0.81", "c")],
)
def test_money_needs_children_providers_and_no_giant(children, providers, share, shown):
    """Rule 6: £123,500 is £124,000."""
    answer = money_shown(Decimal(123_500), children=children, providers=providers, largest_share=Decimal(share), is_authority=True)
    assert str(answer) == shown


def test_one_hidden_cell_of_a_row_takes_the_next_smallest_with_it():
    """Rule 7: 40 - 20 - 15 leaves 5 without a second hidden cell; rounding alone leaves few values."""
    counts = {"a": 5, "b": 15, "c": 20, "all": 40}
    assert hidden_cells(counts, [Relation("all", ("a", "b", "c"))], bases=dict.fromkeys(counts, 1)) == {"a", "b"}


def test_a_nought_is_never_the_second_hidden_cell():
    counts = {"a": 5, "b": 0, "c": 20, "all": 25}
    assert hidden_cells(counts, [Relation("all", ("a", "b", "c"))], bases=dict.fromkeys(counts, 1)) == {"a", "c"}


def test_a_small_council_is_hidden_with_another_of_its_region_and_the_nation_stays_shown():
    counts = {"Ash": 4, "Birch": 30, "Cedar": 41, "North": 75, "South": 90, "England": 165}
    relations = [Relation("North", ("Ash", "Birch", "Cedar")), Relation("England", ("North", "South"))]
    assert hidden_cells(counts, relations, bases=dict.fromkeys(counts, 1)) == {"Ash", "Birch"}


def test_totals_are_rounded_on_their_own():
    counts = {"a": 12, "b": 12, "all": 24}
    shown = table_shown(counts, [Relation("all", ("a", "b"))], bases=dict.fromkeys(counts, 5))
    assert {cell: str(each) for cell, each in shown.items()} == {"a": "10", "b": "10", "all": "25"}


def test_every_symbol_has_its_meaning():
    assert MEANINGS.keys() == {"c", "low", "z", "x", "u"}


def a_table(rows):
    """Counts and sums of a table of two ways, with row, column and grand totals."""
    counts, relations = {}, []
    height, width = len(rows), len(rows[0])
    for y, x in itertools.product(range(height), range(width)):
        counts[y, x] = rows[y][x]
    for y in range(height):
        counts[y, "all"] = sum(rows[y])
        relations.append(Relation((y, "all"), tuple((y, x) for x in range(width))))
    for x in [*range(width), "all"]:
        counts["all", x] = sum(counts[y, x] for y in range(height))
        relations.append(Relation(("all", x), tuple((y, x) for y in range(height))))
    relations.append(Relation(("all", "all"), tuple(("all", x) for x in range(width))))
    return counts, relations


def every_value(counts, hidden, base, *, highest):
    """The attacker of two by two, written apart from the code: tries all tables of small numbers that fit the published ones."""
    possible = {cell: set() for cell in hidden}
    alike = {cell: {n for n in range(4 * highest) if cell in hidden or fits(n, true, base)} for cell, true in counts.items()}
    small = range(highest)
    for a, b in itertools.product(alike[0, 0].intersection(small), alike[0, 1].intersection(small)):
        if a + b not in alike[0, "all"]:
            continue
        for c, d in itertools.product(alike[1, 0].intersection(small), alike[1, 1].intersection(small)):
            guess = {(0, 0): a, (0, 1): b, (1, 0): c, (1, 1): d, (0, "all"): a + b, (1, "all"): c + d}
            guess |= {("all", 0): a + c, ("all", 1): b + d, ("all", "all"): a + b + c + d}
            if all(number in alike[cell] for cell, number in guess.items()):
                for cell in hidden:
                    possible[cell].add(guess[cell])
    return possible


def fits(number, true, base):
    """Whether two counts are published alike: nought as nought, others by what they round to."""
    if not true:
        return not number
    return number > 7 and (2 * number + base) // (2 * base) == (2 * true + base) // (2 * base)


@pytest.mark.parametrize("base", [1, 5])
@pytest.mark.parametrize("rows", [[[3, 14], [12, 13]], [[5, 9], [9, 0]], [[8, 2], [2, 8]], [[1, 1], [14, 14]]])
def test_an_attacker_with_every_sum_cannot_narrow_a_hidden_cell_to_fewer_than_five_values(rows, base):
    counts, relations = a_table(rows)
    hidden = hidden_cells(counts, relations, bases=dict.fromkeys(counts, base))
    found = every_value(counts, hidden, base, highest=20)
    assert hidden
    assert all(len(values) >= 5 for values in found.values()), found


def test_many_tables_drawn_by_lot_stand_the_attack_by_subtraction():
    """With unrounded totals the attack is plain subtraction: no sum may hold exactly one hidden cell."""
    lot = random.Random(20)
    for _ in range(25):
        counts, relations = a_table([[lot.choice([0, 2, 5, 9, 14, 30]) for _ in range(3)] for _ in range(3)])
        hidden = hidden_cells(counts, relations, bases=dict.fromkeys(counts, 1))
        assert all(len(relation.cells & hidden) != 1 for relation in relations), counts
