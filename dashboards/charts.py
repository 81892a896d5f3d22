"""The geometry of the charts: numbers in, places on paper out. Pure; the templates in `dashboards/charts/` only draw.

Each chart is made twice, wide and narrow, so that its words stay readable on a phone; the stylesheet shows one. Axes begin at
nought. Lines are told apart by their dashes and by a label at their end, so they survive a grey printer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10

TALLEST_STACK = 90  # dots of a higher stack are drawn closer together
AREA, REGION, ENGLAND = "area", "region", "england"  # the kinds of line, thick to thin


@dataclass(frozen=True)
class Tick:
    """A place on an axis and what stands there."""

    at: float
    label: str


@dataclass(frozen=True)
class Line:
    """One area through time: an SVG path (broken where figures are missing or not comparable), its points, its label."""

    kind: str
    path: str
    dots: str
    label: str
    label_x: float
    label_y: float


@dataclass(frozen=True)
class LineChart:
    """A trend, ready to be drawn."""

    size: str
    width: int
    height: int
    left: float
    right: float
    top: float
    bottom: float
    lines: tuple[Line, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    break_at: float | None


@dataclass(frozen=True)
class Trend:
    """What a line is drawn from: a value, or None, for each period of the chart."""

    kind: str
    name: str
    short_name: str
    values: tuple[Decimal | None, ...]


def axis(highest: Decimal | float, *, most: int = 5) -> list[float]:
    """Round places from nought to at least the highest value, at most `most` steps apart."""
    highest = float(highest) or 1.0
    rough = highest / most
    power = 10 ** floor(log10(rough))
    step = next(size * power for size in (1, 2, 2.5, 5, 10) if size * power >= rough * 0.999999)
    return [round(step * index, 6) for index in range(ceil(highest / step - 1e-9) + 1)]


def tick_label(value: float, *, is_percent: bool) -> str:
    """An axis label: 12.5%, 1,500, 600k."""
    if is_percent:
        return f"{value:g}%"
    return f"{value / 1000:g}k" if value >= 10_000 else f"{value:,g}"


def runs(values: Sequence[Decimal | None], break_index: int | None) -> list[list[int]]:
    """The indexes of unbroken runs: split at missing values and before the break in the series."""
    found: list[list[int]] = []
    for index, value in enumerate(values):
        if value is None:
            found.append([])
            continue
        if index == break_index or not found:
            found.append([])
        found[-1].append(index)
    return [run for run in found if run]


def longest_run(values: Sequence[Decimal | None], break_index: int | None) -> int:
    """How many comparable periods in a row there are: a trend needs three."""
    return max((len(run) for run in runs(values, break_index)), default=0)


def line_chart(
    trends: Sequence[Trend], periods: Sequence[str], *, is_percent: bool, break_index: int | None = None, narrow: bool = False
) -> LineChart:
    """A trend of up to three areas. `periods` are the axis labels; `break_index` is the first period after a break."""
    width, height, left, right, top, bottom = (340, 280, 44, 250, 14, 244) if narrow else (720, 320, 56, 560, 14, 284)
    highest = max((value for trend in trends for value in trend.values if value is not None), default=Decimal(1))
    places = axis(highest)
    step = (right - left - 16) / max(len(periods) - 1, 1)
    across = [round(left + 8 + step * index, 1) for index in range(len(periods))]

    def down(value) -> float:
        return round(bottom - (bottom - top) * float(value) / places[-1], 1)

    lines = [_line(trend, across, down, break_index, right, narrow) for trend in trends if any(v is not None for v in trend.values)]
    every = 1 if len(periods) * (44 if narrow else 58) <= right - left + 40 else 2 if not narrow or len(periods) < 8 else 3
    return LineChart(
        "narrow" if narrow else "wide", width, height, left, right, top, bottom,
        tuple(_apart(lines, top, bottom)),
        tuple(Tick(across[i], label) for i, label in enumerate(periods) if (len(periods) - 1 - i) % every == 0),
        tuple(Tick(down(place), tick_label(place, is_percent=is_percent)) for place in places),
        None if not break_index else round((across[break_index - 1] + across[break_index]) / 2, 1),
    )  # fmt: skip


def _line(trend: Trend, across, down, break_index, right, narrow) -> Line:
    parts = runs(trend.values, break_index)
    path = " ".join("M" + "L".join(f"{across[i]} {down(trend.values[i])}" for i in run) for run in parts if len(run) > 1)
    dots = " ".join(f"M{across[i]} {down(trend.values[i])}h0" for run in parts for i in run)
    last = parts[-1][-1]
    name = trend.short_name if narrow else trend.name
    return Line(trend.kind, path, dots, name, right + 4, down(trend.values[last]) + 5)


def _apart(lines: Sequence[Line], top: float, bottom: float, gap: float = 19) -> list[Line]:
    """Labels moved until none covers another, in the order of their lines, inside the chart."""
    ordered = sorted(lines, key=lambda line: line.label_y)
    places = [line.label_y for line in ordered]
    for index in range(1, len(places)):
        places[index] = max(places[index], places[index - 1] + gap)
    over = max(places[-1] - (bottom + 5), 0) if places else 0
    for index in reversed(range(len(places))):
        limit = places[index] - over if index == len(places) - 1 else min(places[index], places[index + 1] - gap)
        places[index] = max(limit, top + 5)
    moved = {id(line): place for line, place in zip(ordered, places, strict=True)}
    return [Line(line.kind, line.path, line.dots, line.label, line.label_x, round(moved[id(line)], 1)) for line in lines]


@dataclass(frozen=True)
class Bar:
    """One part of a breakdown: its bar, and a tick where England stands."""

    label: str
    value: str
    label_x: float
    label_y: float
    x: float
    y: float
    width: float
    height: float
    value_x: float
    value_y: float
    england_x: float | None


@dataclass(frozen=True)
class BarChart:
    """A breakdown, ready to be drawn."""

    size: str
    width: int
    height: int
    bars: tuple[Bar, ...]
    base: float


def bar_chart(parts: Sequence[tuple[str, Decimal, str]], england: Mapping[str, Decimal], *, narrow: bool = False) -> BarChart:
    """Bars from nought, one for each (label, value, value as text), in the order given."""
    width, base, room, row = (340, 4, 270, 46) if narrow else (720, 330, 310, 30)
    highest = max([value for _, value, _ in parts] + [england.get(label, Decimal(0)) for label, _, _ in parts] + [Decimal("0.01")])
    bars = []
    for index, (label, value, text) in enumerate(parts):
        y = 4 + index * row + (20 if narrow else 3)
        long = round(room * float(value / highest), 1)
        mark = round(base + room * float(england[label] / highest), 1) if label in england else None
        bars.append(
            Bar(label, text, base if narrow else base - 10, y - 6 if narrow else y + 15, base, y, long, 20,
                width - 4, y + 15, mark)
        )  # fmt: skip
    return BarChart("narrow" if narrow else "wide", width, 8 + row * len(parts), tuple(bars), base)


@dataclass(frozen=True)
class DotStrip:
    """The spread of the areas: one dot an area, mine marked, and England's line."""

    size: str
    width: int
    height: int
    base: float
    dots: str
    dot: float
    mine_x: float | None
    mine_y: float | None
    mine_label_x: float
    mine_label: str
    mine_anchor: str
    england_x: float | None
    england_anchor: str
    x_ticks: tuple[Tick, ...]
    left: float
    right: float


def dot_strip(
    values: Mapping[str, Decimal],
    *,
    is_percent: bool,
    mine: str = "",
    mine_label: str = "",
    england: Decimal | None = None,
    width: int = 720,
) -> DotStrip:
    """Dots stacked where areas are alike. `values` by area code; `mine` is the code to mark."""
    left, right, dot = 12, width - 24, 7 if width > 500 else 4
    places = axis(max([*values.values(), england or Decimal(0)], default=Decimal(1)), most=5 if width > 500 else 3)

    def along(value) -> float:
        return left + (right - left) * float(value) / places[-1]

    columns: dict[int, int] = {}
    stacked = []
    for code, value in sorted(values.items(), key=lambda pair: (pair[1], pair[0])):
        column = round((along(value) - left) / dot)
        stacked.append((code, left + column * dot, columns.get(column, 0)))
        columns[column] = columns.get(column, 0) + 1
    tallest = max(columns.values(), default=1)
    head = 44 if width > 500 or mine else 22
    rise = min(dot, TALLEST_STACK / tallest)
    base = head + tallest * rise
    spot = {code: (round(x, 1), round(base - dot / 2 - level * rise, 1)) for code, x, level in stacked}
    mine_x, mine_y = spot.get(mine, (None, None))
    england_x = None if england is None else round(along(england), 1)
    return DotStrip(
        "wide" if width > 500 else "narrow", width, round(base + 26), round(base, 1),
        " ".join(f"M{x:g} {y:g}h0" for code, (x, y) in spot.items() if code != mine),
        dot - 1, mine_x, mine_y, mine_x or 0, mine_label, _anchor(mine_x, width), england_x, _anchor(england_x, width),
        tuple(Tick(round(along(place), 1), tick_label(place, is_percent=is_percent)) for place in places), left, right,
    )  # fmt: skip


def _anchor(x: float | None, width: int) -> str:
    """Which way a label runs so that it stays on the paper."""
    if x is None or width * 0.3 <= x <= width * 0.7:
        return "middle"
    return "start" if x < width * 0.3 else "end"


def sparkline(values: Sequence[Decimal | None], *, break_index: int | None = None) -> LineChart:
    """A small trend without axes, for the overviews; nought is the foot of it."""
    width, height = 140, 44
    highest = float(max((value for value in values if value is not None), default=Decimal(1))) or 1.0
    step = (width - 12) / max(len(values) - 1, 1)
    across = [round(6 + step * index, 1) for index in range(len(values))]

    def down(value) -> float:
        return round(height - 6 - (height - 12) * float(value) / highest, 1)

    trend = Trend(ENGLAND, "", "", tuple(values))
    line = _line(trend, across, down, break_index, width, True)
    return LineChart("spark", width, height, 6, width - 6, 6, height - 6, (line,), (), (), None)
