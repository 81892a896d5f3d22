"""Disclosure control: which numbers may be shown outside the authority they belong to, and how. Pure.

For what the service computes itself; what a department has published is shown as it was published. Order of the rules:
population check, primary, secondary, rounding, symbols, attack. Symbols: `c` hidden, `low` above nought but rounds to it,
`z` not applicable, `x` not available, `u` low reliability. The attack stands in `disclosure_attack.py`.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from dashboards.disclosure_attack import Relation, least_possible_values

HIDDEN, LOW = "c", "low"
MEANINGS = {
    "c": "hidden, because the number is small",
    "low": "above nought, but rounds to nought",
    "z": "not applicable",
    "x": "not available",
    "u": "low reliability",
}
ENOUGH_VALUES = 5  # an attacker must be left with at least this many possible values


@dataclass(frozen=True)
class Thresholds:
    """The lowest values allowed in service; a deployment may only be stricter."""

    hide_counts_to: int = 7
    percentage_floor: int = 23
    average_floor: int = 10
    money_children: int = 10
    money_providers: int = 3
    money_largest_share: Decimal = Decimal("0.8")


DEFAULT = Thresholds()


@dataclass(frozen=True)
class Shown:
    """What may be printed: a number, or a symbol, never both and never neither."""

    value: Decimal | None = None
    symbol: str = ""

    def __str__(self) -> str:
        return self.symbol or f"{self.value:f}"


_HIDDEN = Shown(symbol=HIDDEN)


def _rounded(value: Decimal | int, base: Decimal | int) -> Decimal:
    """To the nearest base, halves up, from the true figure."""
    steps = (Decimal(value) / Decimal(base)).quantize(Decimal(1), ROUND_HALF_UP)
    return steps * Decimal(base)


def base_for(*, is_authority: bool) -> int:
    """Counts are rounded to the nearest 5 for an authority, to the nearest 10 for a region and England."""
    return 5 if is_authority else 10


def is_primary(count: int, *, population: int, limits: Thresholds = DEFAULT) -> bool:
    """Whether a count is hidden for itself: 1 to 7, or nought where the row or column population is 1 to 7."""
    small = range(1, limits.hide_counts_to + 1)
    return count in small or (count == 0 and population in small)


def count_shown(count: int, *, population: int, is_authority: bool, limits: Thresholds = DEFAULT) -> Shown:
    """One count on its own, rounded or hidden. A count in a table goes through `table_shown` instead.

    `population` is the smaller of the totals of its row and its column.
    """
    if is_primary(count, population=population, limits=limits):
        return _HIDDEN
    return Shown(_rounded(count, base_for(is_authority=is_authority)))


def percentage_shown(numerator: int, denominator: int, *, is_authority: bool, limits: Thresholds = DEFAULT) -> Shown:
    """A percentage from true figures: whole for an authority, one decimal for a region and England. Nought of nought is `z`."""
    if denominator == 0:
        return Shown(symbol="z")
    small = range(1, limits.hide_counts_to + 1)
    if numerator in small or denominator - numerator in small or denominator < limits.percentage_floor:
        return _HIDDEN
    share = _rounded(Decimal(numerator) * 100 / Decimal(denominator), Decimal(1) if is_authority else Decimal("0.1"))
    return Shown(symbol=LOW) if numerator and not share else Shown(share)


def average_shown(average: Decimal, *, children: int, limits: Thresholds = DEFAULT) -> Shown:
    """An average or median of weeks, to one decimal; ten children or more."""
    if children < limits.average_floor:
        return _HIDDEN
    shown = _rounded(average, Decimal("0.1"))
    return Shown(symbol=LOW) if average > 0 and not shown else Shown(shown)


def money_shown(
    pounds: Decimal, *, children: int, providers: int, largest_share: Decimal, is_authority: bool, limits: Thresholds = DEFAULT
) -> Shown:
    """A sum in pounds; `largest_share` is the part of it (0 to 1) that the largest provider has.

    To the nearest £1,000 for an authority; a region and England add up enough authorities to stay exact to the pound.
    """
    if children < limits.money_children or providers < limits.money_providers or largest_share > limits.money_largest_share:
        return _HIDDEN
    shown = _rounded(pounds, 1_000 if is_authority else 1)
    return Shown(symbol=LOW) if pounds > 0 and not shown else Shown(shown)


def hidden_cells(
    counts: Mapping[Hashable, int],
    relations: Iterable[Relation],
    *,
    bases: Mapping[Hashable, int],
    limits: Thresholds = DEFAULT,
) -> set[Hashable]:
    """The cells of a set of tables to hide: small ones, and as many more as it takes that none can be worked out.

    `relations` say which cells add up to which (rows, columns, subtotals, geography). `bases` are what each cell is rounded to.
    While an attacker with all the tables could narrow a hidden cell to fewer than five values, the next smallest non-zero cell
    of a sum that gives it away is hidden too.
    """
    relations = list(relations)
    hidden = {
        cell for cell, count in counts.items() if is_primary(count, population=_population(cell, counts, relations), limits=limits)
    }
    while weak := _weakest(counts, relations, hidden, bases, limits):
        choice = _next_smallest(weak, counts, relations, hidden)
        if choice is None:
            break
        hidden.add(choice)
    return hidden


def table_shown(
    counts: Mapping[Hashable, int],
    relations: Iterable[Relation],
    *,
    bases: Mapping[Hashable, int],
    limits: Thresholds = DEFAULT,
) -> dict[Hashable, Shown]:
    """Every cell as it may be published: hidden, or rounded on its own (so totals need not add up)."""
    hidden = hidden_cells(counts, relations, bases=bases, limits=limits)
    return {cell: _HIDDEN if cell in hidden else Shown(_rounded(count, bases[cell])) for cell, count in counts.items()}


def _population(cell: Hashable, counts: Mapping[Hashable, int], relations: list[Relation]) -> int:
    """The smallest total that a cell is a part of; a cell that is no part is its own."""
    return min((counts[relation.total] for relation in relations if cell in relation.parts), default=counts[cell])


def _weakest(counts, relations, hidden, bases, limits) -> Hashable | None:
    """The hidden cell that an attacker can narrow most, if to fewer than five values; None when all are safe."""
    left = least_possible_values(
        counts, relations, hidden=hidden, bases=bases, enough=ENOUGH_VALUES, hide_counts_to=limits.hide_counts_to
    )
    narrow = {cell: found for cell, found in left.items() if found < ENOUGH_VALUES}
    return min(narrow, key=lambda cell: (narrow[cell], counts[cell], repr(cell)), default=None)


def _next_smallest(weak: Hashable, counts, relations, hidden) -> Hashable | None:
    """The next smallest non-zero shown cell in a sum with the weak one: first among parts, then a total, then anywhere near."""
    mine = [relation for relation in relations if weak in relation.parts or weak == relation.total]
    near = sorted(mine, key=lambda relation: len(hidden & relation.cells))
    groups = [[cell for relation in near[:1] for cell in relation.parts]]
    groups.append([cell for relation in near for cell in relation.parts])
    groups.append([relation.total for relation in near])
    touched = {cell for relation in near for cell in relation.cells}
    groups.append([cell for relation in relations if relation.cells & touched for cell in relation.cells])
    groups.append(list(counts))
    for group in groups:
        free = [cell for cell in group if counts[cell] and cell not in hidden]
        if free:
            return min(free, key=lambda cell: (counts[cell], repr(cell)))
    return None
