"""The attacker: what somebody who holds every published table can work out about a hidden cell. Pure.

They know the rules. A hidden cell is at least 1 (at least 0 where its population may be 1 to 7), a shown nought is nought, another
shown number lies within its rounding, and parts add up to their totals. `least_possible_values` counts values for which a whole
set of tables exists that fits all of it: a search for witnesses, so what it finds is certain; where it gives up it says fewer, and
the cell counts as weak.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

NO_LIMIT = 10**9
STEPS = 400  # of search for one witness: beyond this the value counts as impossible, which only hides more


@dataclass(frozen=True)
class Relation:
    """The parts add up to the total: a row, a column, a subtotal, the authorities of a region."""

    total: Hashable
    parts: tuple[Hashable, ...]

    @cached_property
    def cells(self) -> frozenset[Hashable]:
        """The total and its parts."""
        return frozenset((self.total, *self.parts))


Bounds = dict[Hashable, tuple[int, int]]


def known_bounds(
    counts: Mapping[Hashable, int],
    relations: Iterable[Relation],
    *,
    hidden: set[Hashable],
    bases: Mapping[Hashable, int],
    hide_counts_to: int = 7,
) -> Bounds:
    """What each cell may be, lowest to highest, before any adding up."""
    maybe_nought = {part for relation in relations if relation.total in hidden for part in relation.parts}
    bounds: Bounds = {}
    for cell, count in counts.items():
        if cell in hidden:
            bounds[cell] = (0 if cell in maybe_nought else 1, NO_LIMIT)
        elif count == 0:
            bounds[cell] = (0, 0)
        else:
            bounds[cell] = _within_rounding(count, bases[cell], hide_counts_to)
    return bounds


def _within_rounding(count: int, base: int, hide_counts_to: int) -> tuple[int, int]:
    """The whole numbers that round (halves up) to the same as this one and are not small."""
    shown = (2 * count + base) // (2 * base) * base
    lowest = shown - base // 2
    return max(lowest, hide_counts_to + 1), lowest + base - 1


def tighten(bounds: Bounds, relations: list[Relation]) -> Bounds | None:
    """Narrow every cell by every sum until nothing moves; None when the bounds contradict each other."""
    bounds = dict(bounds)
    moved = True
    while moved:
        moved = False
        for relation in relations:
            for cell, low, high in _implied(relation, bounds):
                old_low, old_high = bounds[cell]
                new = (max(old_low, low), min(old_high, high))
                if new[0] > new[1]:
                    return None
                if new != (old_low, old_high):
                    bounds[cell], moved = new, True
    return bounds


def _implied(relation: Relation, bounds: Bounds):
    """What one sum says about each of its cells, given the others."""
    low = sum(bounds[part][0] for part in relation.parts)
    high = sum(bounds[part][1] for part in relation.parts)
    total_low, total_high = bounds[relation.total]
    yield relation.total, low, high
    for part in relation.parts:
        part_low, part_high = bounds[part]
        yield part, total_low - (high - part_high), total_high - (low - part_low)


def _witness(bounds: Bounds, relations: list[Relation], order: list[Hashable]) -> Bounds | None:
    """One set of whole numbers that fits, or None if none is found within the steps allowed."""
    steps = STEPS
    stack = [tighten(bounds, relations)]
    while stack and steps:
        steps -= 1
        current = stack.pop()
        if current is None:
            continue
        open_cells = [cell for cell in order if current[cell][0] != current[cell][1]]
        if not open_cells:
            return current
        cell = min(open_cells, key=lambda each: current[each][1] - current[each][0])
        low, high = current[cell]
        middle = (low + min(high, low + 40)) // 2
        for value in dict.fromkeys((high if high < NO_LIMIT else middle, low, middle)):
            stack.append(tighten(current | {cell: (value, value)}, relations))
    return None


def least_possible_values(
    counts: Mapping[Hashable, int],
    relations: Iterable[Relation],
    *,
    hidden: set[Hashable],
    bases: Mapping[Hashable, int],
    enough: int,
    hide_counts_to: int = 7,
) -> dict[Hashable, int]:
    """For each hidden cell, how many values it may have for all that the attacker can tell (counted up to `enough`)."""
    relations = list(relations)
    start = tighten(known_bounds(counts, relations, hidden=hidden, bases=bases, hide_counts_to=hide_counts_to), relations)
    found: dict[Hashable, int] = {}
    for sums in joined(relations):
        cells = {cell for relation in sums for cell in relation.cells}
        inside = hidden & cells
        if is_tree(sums):
            found |= {cell: min(start[cell][1] - start[cell][0] + 1, enough) for cell in inside}
        elif inside:
            found |= _by_search(counts, sums, cells, inside, start, enough)
    return {cell: found.get(cell, enough) for cell in hidden}  # a cell in no sum cannot be worked out by adding up


def joined(relations: list[Relation]) -> list[list[Relation]]:
    """The sums in groups that share no cell: each group can be attacked on its own."""
    groups: list[tuple[set[Hashable], list[Relation]]] = []
    for relation in relations:
        touching = [group for group in groups if group[0] & relation.cells]
        groups = [group for group in groups if not group[0] & relation.cells]
        cells = set(relation.cells).union(*(group[0] for group in touching))
        groups.append((cells, [relation, *(each for group in touching for each in group[1])]))
    return [sums for _, sums in groups]


def is_tree(joined_sums: list[Relation]) -> bool:
    """Whether a group of sums has no circle (authorities, regions, England). Then every value within the bounds is possible."""
    cells = {cell for relation in joined_sums for cell in relation.cells}
    return sum(len(relation.cells) for relation in joined_sums) == len(cells) + len(joined_sums) - 1


def _by_search(counts, relations, cells, hidden, start, enough) -> dict[Hashable, int]:
    """The same for sums that cross (a table of rows and columns): bounds are not enough there, witnesses are."""
    start = {cell: start[cell] for cell in cells}
    order = sorted(cells, key=repr)
    seen: dict[Hashable, set[int]] = {cell: {counts[cell]} for cell in hidden}
    for cell in sorted(hidden, key=lambda each: (counts[each], repr(each))):
        low, high = start[cell]
        for value in _candidates(counts[cell], low, high, enough):
            if len(seen[cell]) >= enough:
                break
            if value in seen[cell]:
                continue
            if witness := _witness(start | {cell: (value, value)}, relations, order):
                for each in hidden:
                    seen[each].add(witness[each][0])
    return {cell: min(len(values), enough) for cell, values in seen.items()}


def _candidates(true: int, low: int, high: int, enough: int):
    """Values to try, nearest to the true one first: the most likely to be possible. Both sides, a little beyond enough."""
    for distance in range(1, 3 * enough):
        for value in (true - distance, true + distance):
            if low <= value <= high:
                yield value
