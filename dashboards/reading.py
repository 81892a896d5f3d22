"""Reads the published files into figures: which area, which period, which number or why there is none. Touches no database."""

import csv
import gzip
import io
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path

from dashboards.areas import AUTHORITY, ENGLAND, LEVELS, NATIONAL, REGIONAL, Area, Areas
from dashboards.metrics import percentage
from dashboards.periods import day_in, period_of
from dashboards.series import NEED_NAMES, NOT_APPLICABLE, NOT_AVAILABLE, SERIES, Layout, Series

DATA = Path(__file__).resolve().parent / "data"
TABLE_1 = "green_paper_table_1"


class UnknownMarker(ValueError):
    """A cell holds neither a number nor a marker that this file is known to use."""


@dataclass(frozen=True)
class Figure:
    """One figure ready to be kept. Exactly one of value and marker says something."""

    metric: str
    area: Area
    period: str
    breakdown: str
    value: Decimal | None
    marker: str
    numerator: Decimal | None
    denominator: Decimal | None


@lru_cache(maxsize=32)
def _rows(path: Path, changed: float) -> list[dict[str, str]]:
    with gzip.open(path, "rb") as packed:
        return list(csv.DictReader(io.StringIO(packed.read().decode("utf-8-sig"))))


def rows_of(file: str, folder: Path = DATA) -> list[dict[str, str]]:
    """The rows of one published file, as text."""
    path = folder / f"{file}.csv.gz"
    return _rows(path, path.stat().st_mtime)


def number(text: str, markers: dict[str, str]) -> tuple[Decimal | None, str]:
    """A published cell as a number, or as our marker for why there is none. Raises UnknownMarker."""
    if text.strip() in markers:
        return None, markers[text.strip()]
    try:
        return Decimal(text), ""
    except InvalidOperation:
        raise UnknownMarker(f"'{text}' is neither a number nor a marker of this file") from None


def _area(row: dict[str, str], layout: Layout, known: Areas, period: str) -> Area:
    level = LEVELS[row[layout.level_column]] if layout.level_column else AUTHORITY
    if level == NATIONAL:
        return ENGLAND
    if level == REGIONAL:
        return known.region(row[layout.region_column])
    return known.authority(row[layout.authority_column], on=day_in(period))


def _sum(row: dict[str, str], columns: str, markers: dict[str, str]) -> Decimal | None:
    """The number in a column, or the sum of several (`a+b`); None when any is missing."""
    if not columns:
        return None
    numbers = [number(row[column], markers)[0] for column in columns.split("+")]
    return None if None in numbers else sum(numbers, Decimal(0))


def _part(row: dict[str, str], series: Series) -> str:
    if not series.breakdown_column:
        return series.breakdown
    text = row[series.breakdown_column]
    return text[:1].upper() + text[1:]


def figures_of(series: Series, known: Areas, wholes: dict, folder: Path = DATA) -> Iterator[Figure]:
    """The figures of one series. `wholes` holds earlier metrics by (metric, area code, period), for shares across files.

    Raises UnknownArea, UnknownAuthority, UnknownMarker, or ValueError for a period that is not of the file's kind.
    """
    layout = series.layout
    for row in rows_of(layout.file, folder):
        if any(row[column] != wanted for column, wanted in series.where):
            continue
        period = period_of(row[layout.period_column], kind=layout.period)
        area = _area(row, layout, known, period)
        top = _sum(row, series.numerator, layout.markers)
        bottom = wholes.get((series.whole, area.code, period)) if series.whole else _sum(row, series.denominator, layout.markers)
        value, marker = number(row[series.value], layout.markers) if series.value else (None, NOT_AVAILABLE)
        if value is None and (worked_out := percentage(top, bottom)) is not None:
            value, marker = worked_out, ""
        yield Figure(series.metric, area, period, _part(row, series), value, marker, top, bottom)


def table_1(folder: Path = DATA) -> Iterator[Figure]:
    """Table 1 of the green paper: a row a need, a column a year (January), a share of all pupils."""
    for row in rows_of(TABLE_1, folder):
        for year in [column for column in row if column.isdigit()]:
            value, marker = number(row[year], {"": NOT_APPLICABLE})
            need = NEED_NAMES[row["need_code"].lower()]
            yield Figure("need_share_of_pupils", ENGLAND, f"{year}-01", need, value, marker, None, None)


def all_figures(known: Areas, folder: Path = DATA) -> Iterator[Figure]:
    """Every published figure, in the order of the tables. Fails on the first area or cell that it cannot read."""
    wholes: dict[tuple[str, str, str], Decimal] = {}
    needed = {series.whole for series in SERIES if series.whole}
    for series in SERIES:
        for figure in figures_of(series, known, wholes, folder):
            if figure.metric in needed and figure.value is not None:
                wholes[figure.metric, figure.area.code, figure.period] = figure.value
            yield figure
    yield from table_1(folder)


def source_files(folder: Path = DATA) -> list[Path]:
    """Everything that the figures come from, in a fixed order."""
    return sorted(folder.glob("*.csv.gz"))
