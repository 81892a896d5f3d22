"""The sentence on top of a dashboard, which answers its question. Pure."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from dashboards.metrics import Metric

WITH_ARTICLE = ("East of England", "East Midlands", "West Midlands", "North East", "North West", "South East", "South West")
SMALL = 10  # below this many of a hundred a whole number says too little
MARKERS = {"x": "not available", "z": "not applicable"}


def place(name: str) -> str:
    """A name as it stands in a sentence: the North East; the City of Bristol for 'Bristol, City of'."""
    if name in WITH_ARTICLE or name == "City of London":
        return f"the {name}"
    if name.startswith("Isle"):
        return f"the {name}"
    if name.endswith(", City of"):
        return f"the City of {name.removesuffix(', City of')}"
    return name.removesuffix(", County of")


def figure_text(metric: Metric, value: Decimal | None, marker: str = "") -> str:
    """A figure in a table: 46.4%, 20,635, or the marker."""
    if value is None:
        return marker or "x"
    return f"{_rounded(value, metric.decimals):.{metric.decimals}f}%" if metric.is_percent else f"{value:,.0f}"


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def count_of(metric: Metric, value: Decimal) -> str:
    """The number of a sentence: whole people of a hundred (with a decimal below ten of a hundred), or a count."""
    if not metric.is_percent:
        return f"{value:,.0f}"
    if 0 < value < SMALL:
        return f"{_rounded(value, 1):f}" if value >= Decimal("0.05") else "fewer than 0.1"
    return f"{_rounded(value, 0):.0f}"


def compared(metric: Metric, value: Decimal, england: Decimal | None) -> str:
    """How a percentage stands to England's: ', fewer than in England, 46'. Empty where there is nothing to compare."""
    if england is None or not metric.is_percent:
        return ""
    if count_of(metric, value) == count_of(metric, england):
        return ", about the same as in England"
    return f", {'fewer' if value < england else 'more'} than in England, {count_of(metric, england)}"


def change(now: Decimal, before: Decimal | None) -> str:
    """'6% more', '3% fewer', 'as many'; empty where there was nothing before."""
    if not before:
        return ""
    percent = _rounded((now - before) * 100 / before, 0)
    if percent == 0:
        return "about as many"
    return f"{abs(percent):,.0f}% {'more' if percent > 0 else 'fewer'}"


def answer(
    metric: Metric,
    *,
    area: str,
    period: str,
    value: Decimal | None,
    england: Decimal | None = None,
    before: tuple[str, Decimal | None] = ("", None),
    england_before: Decimal | None = None,
    part: str = "",
) -> str:
    """The sentence. `period` and the first of `before` are labels; `england` is None on England's own page.

    A count is compared with the year before, because areas differ in size; a percentage with England.
    """
    if value is None:
        return f"There is no published figure for {place(area)}."
    text = metric.sentence.format(
        area=place(area), n=count_of(metric, value), period=period, part=part.lower(), value=f"{_rounded(value, metric.decimals):f}"
    )
    if metric.is_percent:
        text += compared(metric, value, england)
    elif grown := change(value, before[1]):
        text += f", {grown} {'as' if grown.startswith('about') else 'than'} in {before[0]}"
        if england is not None and (nation := change(england, england_before)):
            text += f" (England: {nation})"
    return text[0].upper() + text[1:] + "."


def spread(metric: Metric, value: Decimal, others: Sequence[Decimal]) -> str:
    """Where a figure stands among all areas: how many are higher, how many lower."""
    higher, lower = sum(other > value for other in others), sum(other < value for other in others)
    return f"Of {len(others)} areas with a figure, {higher} had a higher one and {lower} a lower one."
