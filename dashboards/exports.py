"""The open data as files: comma-separated values and JSON, row by row, and the index of all series.

The columns are fixed: programs rely on them.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal

from dashboards.metrics import METRICS, Metric
from dashboards.periods import label_of

COLUMNS = (
    "area_code", "area_name", "level", "period", "breakdown", "value", "marker", "numerator", "denominator", "source", "as_at",
)  # fmt: skip
RISKY = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value) -> str:
    """A cell that no spreadsheet runs as a formula: risky text gets an apostrophe; numbers, also negative ones, stay numbers."""
    if value is None:
        return ""
    if isinstance(value, Decimal | int):
        return plain_number(value)
    return f"'{value}" if value.startswith(RISKY) else value


def plain_number(value: Decimal | int) -> str:
    """A number without trailing noughts or an exponent."""
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class _Line:
    """A file that gives each written line back, so that rows can be streamed."""

    def write(self, text: str) -> str:
        return text


def csv_lines(rows: Iterable[dict]) -> Iterator[str]:
    """The header and each row as one line."""
    writer = csv.writer(_Line())
    yield writer.writerow(COLUMNS)
    for row in rows:
        yield writer.writerow([safe_cell(row[column]) for column in COLUMNS])


def json_parts(metric: Metric, rows: Iterable[dict]) -> Iterator[str]:
    """One JSON object, in parts: what the metric is, then its rows under the same names as the CSV columns."""
    yield json.dumps(described(metric))[:-1] + ', "rows": ['
    comma = "\n"
    for row in rows:
        yield comma + json.dumps({column: _json_value(row[column]) for column in COLUMNS}, ensure_ascii=False)
        comma = ",\n"
    yield "\n]}\n"


def _json_value(value):
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def described(metric: Metric) -> dict:
    """A metric in words for programs."""
    return {
        "code": metric.code,
        "title": metric.title,
        "theme": metric.theme,
        "unit": metric.unit,
        "question": metric.question,
        "definition": metric.definition,
        "caveats": list(metric.caveats),
        "breaks": [{"period": each.period, "reason": each.reason} for each in metric.breaks],
        "polarity": metric.polarity,
        "breakdown": metric.breakdown_name,
        "live": metric.is_live,
        "source": metric.source.title,
        "publisher": metric.source.publisher,
        "licence": metric.source.licence,
        "as_at": metric.source.as_at,
    }


def index(catalogue: dict[str, dict], address: str) -> dict:
    """Every series: its description, what it holds, and where its files are. `address` ends in a slash."""
    series = []
    for code, metric in METRICS.items():
        held = catalogue.get(code, {"levels": [], "periods": [], "breakdowns": [], "rows": 0})
        files = {"csv": f"{address}{code}.csv", "json": f"{address}{code}.json"}
        periods = [{"code": period, "label": label_of(period)} for period in held["periods"]]
        series.append(
            described(metric) | {key: held[key] for key in ("levels", "breakdowns", "rows")} | {"periods": periods} | files
        )
    return {"columns": list(COLUMNS), "markers": {"x": "not available", "z": "not applicable"}, "series": series}
