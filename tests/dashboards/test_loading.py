"""The published series: known figures looked up by hand in the publishers' files, and what must stop a load."""

import csv
import gzip
import io
import shutil
from decimal import Decimal

import pytest

from dashboards import loading, reading
from dashboards.areas import UnknownArea
from dashboards.metrics import METRICS
from dashboards.models import Load, Observation
from dashboards.reading import UnknownMarker
from send.organisations.names import UnknownAuthority

pytestmark = pytest.mark.usefixtures("figures")


def figure(metric, area, period, part=""):
    return Observation.objects.get(metric=metric, area_code=area, period=period, breakdown=part)


@pytest.mark.parametrize(
    ("metric", "area", "period", "part", "value", "numerator", "denominator"),
    [
        # timeliness_20_week.csv, National 2024 and Kent (886) 2024, 2023
        ("plans_in_20_weeks", "E92000001", "2024", "", "46.4", 39407, 84866),
        ("plans_in_20_weeks_all", "E92000001", "2024", "", "45.9", 41448, 90392),
        ("plans_in_20_weeks", "886", "2024", "", "33.3", 783, 2354),
        ("plans_in_20_weeks_all", "886", "2024", "", "32.3", 784, 2424),
        ("plans_in_20_weeks", "886", "2023", "", "18", 324, 1796),
        # requests.csv: 2019 has no published percentage, 18755 of 82329 is 22.780...
        ("requests_refused", "E92000001", "2019", "", "22.78", 18755, 82329),
        ("requests_refused", "E92000001", "2023", "", "24", 33141, 138242),
        # caseload.csv writes January 2019 as 201819
        ("plans", "E92000001", "2019-01", "", "353995", None, None),
        ("plans", "E92000001", "2025-01", "", "638745", None, None),
        ("plans_by_placement", "E92000001", "2025-01", "Special school", "30.4", 193880, 638745),
        ("plans_by_need", "E92000001", "2025-01", "Autistic spectrum disorder", "31.5", 201183, 638745),
        # personal_budgets.csv over caseload.csv: 19596 of 638745 is 3.0678...
        ("personal_budgets", "E92000001", "2025-01", "", "3.07", 19596, 638745),
        ("tribunal_appeals", "886", "2024", "", "6.6", 1559, 23692),
        ("pupils_with_plan", "E92000001", "2022-23", "", "4.29", None, None),
        ("need_share_of_pupils", "E92000001", "2021-01", "Autistic spectrum disorder", "1.11", None, None),
    ],
)
def test_known_figures_are_as_published(metric, area, period, part, value, numerator, denominator):
    found = figure(metric, area, period, part)
    assert (found.value, found.numerator, found.denominator) == (Decimal(value), numerator, denominator)


def test_every_metric_has_figures_a_source_and_a_definition():
    held = Load.objects.get().catalogue
    for code, metric in METRICS.items():
        assert held[code]["rows"] > 0
        assert held[code]["periods"]
        assert metric.source.publisher
        assert metric.source.licence == "Open Government Licence v3.0"
        assert metric.question.endswith("?")


def test_loading_twice_is_the_same_as_once():
    before = (Observation.objects.count(), Load.objects.get().stamp)
    loading.load()
    assert (Observation.objects.count(), Load.objects.get().stamp) == before


def test_loading_after_the_files_changed_replaces_every_figure_and_keeps_the_number():
    before = Observation.objects.count()
    Load.objects.update(stamp="older")
    Observation.objects.filter(metric="plans", area_code="886", period="2025-01").update(value=1)
    loading.load()
    assert Observation.objects.count() == before
    assert figure("plans", "886", "2025-01").value == 20635


def test_councils_of_a_region_add_up_to_its_published_number():
    """South East, plans in January 2025: every council's number, and the region's own published one."""
    councils = Observation.objects.filter(metric="plans", level="authority", period="2025-01", region__slug="south-east")
    assert sum(councils.values_list("value", flat=True)) == figure("plans", "E12000008", "2025-01").value == 110014


def test_former_councils_keep_their_own_rows_until_they_ended():
    cumbria = Observation.objects.filter(metric="plans", area_code="909", value__isnull=False).order_by("period")
    assert [row.period for row in cumbria] == ["2019-01", "2020-01", "2021-01", "2022-01", "2023-01"]
    assert Observation.objects.filter(metric="plans", area_code="942").earliest("period").period == "2024-01"


def test_the_name_dorset_means_two_councils_by_date():
    """mainstream_sen_percent_by_la has names only: Dorset of 2018/19 is the county (835), of 2019/20 the new council (838)."""
    periods = Observation.objects.filter(metric="mainstream_with_plan")
    assert sorted(periods.filter(area_code="835").values_list("period", flat=True)) == ["2017-18", "2018-19"]
    assert periods.filter(area_code="838").earliest("period").period == "2019-20"


def test_a_marker_is_kept_where_there_is_no_figure():
    """Norfolk (926) sent no usable 20-week figures in one year; the table has x."""
    missing = Observation.objects.filter(metric="plans_in_20_weeks", area_code="926", value__isnull=True)
    assert [row.marker for row in missing] == ["x"]


def changed_copy(folder, file, change):
    """All files in a new folder, one with its rows changed."""
    shutil.copytree(reading.DATA, folder, dirs_exist_ok=True)
    rows = list(csv.DictReader(io.StringIO(gzip.decompress((folder / f"{file}.csv.gz").read_bytes()).decode())))
    change(rows)
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    (folder / f"{file}.csv.gz").write_bytes(gzip.compress(out.getvalue().encode()))
    return folder


@pytest.mark.parametrize(
    ("file", "column", "text", "error"),
    [
        ("sen_percent_by_la", "la_name", "Barsetshire", UnknownAuthority),
        ("caseload", "old_la_code", "999", UnknownAuthority),
        ("absence_by_sen_by_la", "region_name", "Wessex", UnknownArea),
        ("requests", "requests_received_in_year", "many", UnknownMarker),
        ("requests", "time_period", "Autumn", ValueError),
    ],
)
def test_a_row_that_cannot_be_read_stops_the_load_and_changes_nothing(tmp_path, file, column, text, error):
    level = "Regional" if column == "region_name" else "Local authority"
    before = Observation.objects.count()

    def spoil(rows):
        next(row for row in rows if row["geographic_level"] == level)[column] = text

    with pytest.raises(error, match=text):
        loading.load(folder=changed_copy(tmp_path, file, spoil))
    assert Observation.objects.count() == before
