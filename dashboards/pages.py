"""What each public page holds: figures asked of the selectors, turned into a sentence, charts and tables. Writes nothing."""

from decimal import Decimal
from statistics import quantiles

from dashboards import selectors
from dashboards.areas import NATIONAL, REGIONAL
from dashboards.charts import (
    AREA,
    ENGLAND,
    REGION,
    Trend,
    bar_chart,
    dot_strip,
    line_chart,
    longest_run,
    sparkline,
)
from dashboards.metrics import HEADLINES, METRICS, THEMES, Metric
from dashboards.periods import label_of, short_label_of
from dashboards.selectors import NATION, Cell, Figures, Place
from dashboards.sentences import MARKERS, answer, figure_text, spread

LEAST_FOR_TREND = 3
SHORT_NAME = 12
KINDS = {0: AREA, 1: REGION, 2: ENGLAND}


def place(here: Place, code: str) -> dict:
    """One measure for England, a region or an authority: sentence, chart, table, where it stands; then all measures."""
    metric = METRICS[code]
    held = selectors.catalogue().get(code, {"periods": [], "breakdowns": []})
    found = selectors.figures(code, here.codes)
    one = _undivided(metric, here, held, found) if metric.has_one_figure else _divided(metric, here, found)
    title = f"{here.name}: {metric.title}"
    links = [{"text": "Dashboards", "href": _root()}]
    links += [{"text": each.name, "href": each.url(metric.code)} for each in reversed(here.larger)]
    return {
        "title": title,
        "back": [*links, {"text": here.name}],
        "here": here,
        "metric": metric,
        "others": _other_measures(here),
        "authorities": _authorities_of(here, metric, one["period"]),
        "address": here.url(metric.code),
        "markers": MARKERS,
    } | one


def _root() -> str:
    return NATION.url().removesuffix("england/")


def _latest(cells: dict[str, Cell]) -> Cell | None:
    """The newest figure that has a value."""
    return next((cell for _, cell in sorted(cells.items(), reverse=True) if cell.value is not None), None)


def _undivided(metric: Metric, here: Place, held: dict, found: Figures) -> dict:
    """A measure with one figure a period: trend, and the spread of the areas."""
    mine, nation = found[here.code][""], found[NATION.code][""]
    latest = _latest(mine)
    period = latest.period if latest else ""
    shown = [each for each in (here, *here.larger) if found[each.code][""]]
    periods = [each for each in held["periods"] if any(each in found[one.code][""] for one in shown)]
    others = selectors.spread_of(metric.code, period) if period and here.level not in (NATIONAL, REGIONAL) else {}
    return {
        "period": period,
        "sentence": _sentence(metric, here, mine, nation, latest),
        "charts": _trend_charts(metric, here, shown, periods, found),
        "strips": _strips(metric, others, here, nation.get(period)) if len(others) > 1 else (),
        "spread": spread(metric, latest.value, list(others.values())) if len(others) > 1 else "",
        "head": ["Period", *(each.name for each in shown), *_parts_head(mine)],
        "rows": [_period_row(metric, here, shown, found, period) for period in reversed(periods)],
        "caption": f"{metric.title}, {here.name}",
        "breaks": [each for each in metric.breaks if periods and periods[0] < each.period <= periods[-1]],
    }


def _sentence(metric: Metric, here: Place, mine: dict[str, Cell], nation: dict[str, Cell], latest: Cell | None) -> str:
    if latest is None:
        return answer(metric, area=here.name, period="", value=None)
    earlier = [cell for period, cell in sorted(mine.items()) if period < latest.period and cell.value is not None]
    before = earlier[-1] if earlier and not _break_between(metric, earlier[-1].period, latest.period) else None
    england = nation.get(latest.period)
    england_before = nation.get(before.period) if before else None
    return answer(
        metric,
        area=here.name,
        period=latest.label,
        value=latest.value,
        england=england.value if england and here.level != NATIONAL else None,
        before=(before.label, before.value) if before else ("", None),
        england_before=england_before.value if england_before else None,
    )


def _break_between(metric: Metric, earlier: str, later: str) -> bool:
    return any(earlier < each.period <= later for each in metric.breaks)


def _break_index(metric: Metric, periods: list[str]) -> int | None:
    """The first period after the break, where there is something on both sides of it."""
    for each in metric.breaks:
        after = [index for index, period in enumerate(periods) if period >= each.period]
        if after and after[0] > 0:
            return after[0]
    return None


def _trend_charts(metric: Metric, here: Place, shown: list[Place], periods: list[str], found: Figures) -> list:
    """The trend, wide and narrow; none with fewer than three comparable periods in a row.

    A count is drawn for one area alone: beside England's it would lie on the floor.
    """
    drawn = shown if metric.is_percent else shown[:1]
    trends = [_trend(each, here, periods, found[each.code][""]) for each in drawn]
    broken = _break_index(metric, periods)
    if not trends or longest_run(trends[0].values, broken) < LEAST_FOR_TREND:
        return []
    labels = [short_label_of(period) for period in periods]
    return [line_chart(trends, labels, is_percent=metric.is_percent, break_index=broken, narrow=narrow) for narrow in (False, True)]


def _trend(each: Place, here: Place, periods: list[str], cells: dict[str, Cell]) -> Trend:
    kind = AREA if each is here else ENGLAND if each.level == NATIONAL else REGION
    plain = {AREA: "This area", REGION: "The region", ENGLAND: "England"}[kind]
    name = each.name if len(each.name) <= SHORT_NAME * 2 else plain
    short = each.name if len(each.name) <= SHORT_NAME else plain
    return Trend(kind, name, short, tuple(cells[period].value if period in cells else None for period in periods))


def _parts_head(mine: dict[str, Cell]) -> list[str]:
    has_top = any(cell.numerator is not None for cell in mine.values())
    has_bottom = any(cell.denominator is not None for cell in mine.values())
    return ["Number"] * has_top + ["Out of"] * has_bottom


def _period_row(metric: Metric, here: Place, shown: list[Place], found: Figures, period: str) -> list[str]:
    mine = found[here.code][""]
    row = [label_of(period)] + [_text(metric, found[each.code][""].get(period)) for each in shown]
    parts = {"Number": "numerator", "Out of": "denominator"}
    cell = mine.get(period)
    return row + [_count(getattr(cell, parts[head], None)) for head in _parts_head(mine)]


def _text(metric: Metric, cell: Cell | None) -> str:
    return figure_text(metric, cell.value, cell.marker) if cell else "x"


def _count(number: Decimal | None) -> str:
    return "x" if number is None else f"{number:,.0f}"


def _strips(metric: Metric, others: dict[str, Decimal], here: Place, england: Cell | None) -> list:
    nation = england.value if england and metric.is_percent else None
    label = here.name if len(here.name) <= SHORT_NAME * 2 else "This area"
    return [
        dot_strip(others, is_percent=metric.is_percent, mine=here.code, mine_label=label, england=nation, width=width)
        for width in (720, 340)
    ]


def _divided(metric: Metric, here: Place, found: Figures) -> dict:
    """A measure in parts: bars for the latest period, England's place marked on each."""
    mine, nation = found[here.code], found[NATION.code]
    period = max((cell.period for cells in mine.values() for cell in cells.values() if cell.value is not None), default="")
    parts = [(name, cells[period]) for name, cells in mine.items() if period in cells]
    if metric.code != "plans_by_age":
        parts.sort(key=lambda part: (part[0] == "Not known", -(part[1].value if part[1].value is not None else -1)))
    else:
        parts.sort(key=lambda part: (part[0] != "Under 3", int("".join(filter(str.isdigit, part[0])) or 0)))
    england = {name: cells[period].value for name, cells in nation.items() if period in cells and cells[period].value is not None}
    marks = england if here.level != NATIONAL else {}
    bars = [(name, cell.value, figure_text(metric, cell.value)) for name, cell in parts if cell.value is not None]
    shown = [each for each in (here, *here.larger) if any(period in cells for cells in found[each.code].values())]
    top = max((part for part in parts if part[1].value is not None), key=lambda part: part[1].value, default=None)
    return {
        "period": period,
        "sentence": answer(
            metric, area=here.name, period=label_of(period), value=top[1].value if top else None,
            england=marks.get(top[0]) if top and metric.decimals == 1 else None, part=_part_words(top[0]) if top else "",
        ),
        "bar_charts": [bar_chart(bars, marks, narrow=narrow) for narrow in (False, True)] if bars else [],
        "marks": bool(marks),
        "head": [metric.breakdown_name, *(each.name for each in shown), *_parts_head(dict(parts))],
        "rows": [
            [name, *(_text(metric, found[each.code][name].get(period)) for each in shown)]
            + [_count(getattr(cell, {"Number": "numerator", "Out of": "denominator"}[head])) for head in _parts_head(dict(parts))]
            for name, cell in parts
        ],
        "caption": f"{metric.title}, {here.name}, {label_of(period) if period else ''}",
        "history": _through_the_years(metric, parts, mine),
        "breaks": metric.breaks,
    }  # fmt: skip


def _through_the_years(metric: Metric, parts: list[tuple[str, Cell]], mine: dict[str, dict[str, Cell]]) -> dict | None:
    """Each part through the periods, with a small trend; None with fewer than three periods."""
    periods = sorted({period for cells in mine.values() for period in cells})
    if len(periods) < LEAST_FOR_TREND:
        return None
    broken = _break_index(metric, periods)
    names = [name for name, _ in parts] + sorted(mine.keys() - {name for name, _ in parts})
    rows = []
    for name in names:
        cells = [mine[name].get(period) for period in periods]
        values = [cell.value if cell else None for cell in cells]
        spark = sparkline(values, break_index=broken) if longest_run(values, broken) >= LEAST_FOR_TREND else None
        rows.append({"name": name, "spark": spark, "cells": [_text(metric, cell) for cell in cells]})
    return {"periods": [short_label_of(period) for period in periods], "rows": rows}


def _part_words(part: str) -> str:
    return part.replace("EHC", "ehc")


def _other_measures(here: Place) -> list[dict]:
    """All measures by theme with the latest figure here, in the region and in England."""
    plain = [code for code, metric in METRICS.items() if metric.has_one_figure]
    found = selectors.headline_figures(plain, here.codes)
    return [
        {
            "theme": theme,
            "rows": [_measure_row(here, metric, found.get(code)) for code, metric in METRICS.items() if metric.theme == theme],
        }
        for theme in THEMES
    ]


def _measure_row(here: Place, metric: Metric, found: Figures | None) -> dict:
    row = {"title": metric.title, "url": here.url(metric.code)}
    if found is None:
        return row | {"period": f"by {metric.breakdown_name.lower()}", "cells": [""] * len(here.codes)}
    latest = _latest(found[here.code][""])
    if latest is None:
        return row | {"period": "", "cells": ["x"] * len(here.codes)}
    cells = [_text(metric, found[code][""].get(latest.period)) for code in here.codes]
    return row | {"period": latest.label, "cells": cells}


def _authorities_of(here: Place, metric: Metric, period: str) -> list[dict]:
    """For a region: its authorities, highest first."""
    if here.level != REGIONAL or not metric.has_one_figure or not period:
        return []
    values, names = selectors.spread_of(metric.code, period), selectors.names_of_authorities()
    mine = [(values[code], name, code) for code, (name, region) in names.items() if region == here.name and code in values]
    return [
        {"name": name, "url": f"{_root()}areas/{code}/{metric.code}/", "figure": figure_text(metric, value)}
        for value, name, code in sorted(mine, key=lambda row: (-row[0], row[1]))
    ]


def overview() -> dict:
    """Three themes with their five measures: England's figure, its trend and the spread of the areas."""
    held = selectors.catalogue()
    codes = [code for theme in THEMES for code in HEADLINES[theme]]
    nation = selectors.headline_figures(codes, [NATION.code])
    latest = {code: cell for code in codes if (cell := _latest(nation[code][NATION.code][""]))}
    spreads = selectors.spreads({code: cell.period for code, cell in latest.items()})
    cards = {
        code: _card(METRICS[code], nation[code][NATION.code][""], latest[code], spreads[code], held.get(code, {}))
        for code in latest
    }
    first = METRICS["plans_in_20_weeks"]
    lead = _sentence(first, NATION, nation[first.code][NATION.code][""], {}, latest.get(first.code))
    return {
        "title": "Dashboards",
        "back": [],
        "lead": lead,
        "lead_url": NATION.url(first.code),
        "themes": [{"name": theme, "cards": [cards[code] for code in HEADLINES[theme] if code in cards]} for theme in THEMES],
        "regions": selectors.places_by_region(),
        "england": NATION,
    }


def _card(metric: Metric, cells: dict[str, Cell], latest: Cell, others: dict[str, Decimal], held: dict) -> dict:
    periods = [period for period in held.get("periods", []) if period in cells]
    values = [cells[period].value for period in periods]
    broken = _break_index(metric, periods)
    ordered = sorted(others.values())
    quarters = quantiles(ordered, n=4, method="inclusive") if len(ordered) > 1 else []
    return {
        "metric": metric,
        "url": NATION.url(metric.code),
        "figure": figure_text(metric, latest.value),
        "period": latest.label,
        "spark": sparkline(values, break_index=broken) if longest_run(values, broken) >= LEAST_FOR_TREND else None,
        "since": label_of(periods[0]) if periods else "",
        "strip": dot_strip(others, is_percent=True, england=latest.value, width=300) if metric.is_percent and ordered else None,
        "lowest": figure_text(metric, ordered[0]) if ordered else "x",
        "highest": figure_text(metric, ordered[-1]) if ordered else "x",
        "middle": f"{figure_text(metric, quarters[0])} to {figure_text(metric, quarters[2])}" if quarters else "x",
        "areas": len(ordered),
    }


def areas() -> dict:
    """Every area by region."""
    return {"title": "Find an area", "back": [{"text": "Dashboards", "href": _root()}, {"text": "Areas"}], "regions": _regions()}


def _regions():
    return selectors.places_by_region()


def measures() -> dict:
    """Every measure by theme."""
    held = selectors.catalogue()
    rows = {
        theme: [
            {"metric": metric, "periods": [label_of(period) for period in held.get(code, {}).get("periods", [])]}
            for code, metric in METRICS.items()
            if metric.theme == theme
        ]
        for theme in THEMES
    }
    return {"title": "All measures", "back": [{"text": "Dashboards", "href": _root()}, {"text": "Measures"}], "themes": rows}


def measure(code: str) -> dict:
    """One measure in every area: England's sentence, the spread, the ranked table."""
    metric = METRICS[code]
    found = selectors.figures(code, [NATION.code])[NATION.code]
    held = selectors.catalogue().get(code, {"periods": []})
    cells = found.get("", {})
    latest = _latest(cells)
    period = latest.period if latest else (held["periods"] or [""])[-1]
    values = selectors.spread_of(code, period) if metric.has_one_figure and period else {}
    names = selectors.names_of_authorities()
    nation = latest.value if latest and metric.is_percent else None
    ranked = sorted(values.items(), key=lambda pair: (-pair[1], names[pair[0]][0]))
    return {
        "title": metric.title,
        "back": [
            {"text": "Dashboards", "href": _root()},
            {"text": "Measures", "href": f"{_root()}measures/"},
            {"text": metric.title},
        ],
        "metric": metric,
        "sentence": _sentence(metric, NATION, cells, {}, latest) if latest else "",
        "period": label_of(period) if period else "",
        "strips": [dot_strip(values, is_percent=metric.is_percent, england=nation, width=width) for width in (720, 340)]
        if len(values) > 1
        else [],
        "ranked": [
            {
                "rank": index + 1, "name": names[area][0], "region": names[area][1], "figure": figure_text(metric, value),
                "url": f"{_root()}areas/{area}/{code}/",
            }
            for index, (area, value) in enumerate(ranked)
        ],
        "england": NATION,
        "england_url": NATION.url(code),
        "address": f"{_root()}measures/{code}/",
        "breaks": metric.breaks,
        "markers": MARKERS,
    }  # fmt: skip
