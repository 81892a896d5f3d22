"""Periods, sentences, files and the geometry of charts: pure rules, worked out by hand."""

from decimal import Decimal
from itertools import pairwise

import pytest

from dashboards.charts import Trend, axis, dot_strip, line_chart, longest_run
from dashboards.exports import plain_number, safe_cell
from dashboards.metrics import METRICS, percentage
from dashboards.periods import MONTH, SCHOOL_YEAR, YEAR, label_of, period_of
from dashboards.sentences import answer, place

TIMELY, PLANS = METRICS["plans_in_20_weeks"], METRICS["plans"]


@pytest.mark.parametrize(
    ("published", "kind", "code", "label"),
    [
        ("201819", MONTH, "2019-01", "January 2019"),
        ("202425", MONTH, "2025-01", "January 2025"),
        ("2024", YEAR, "2024", "2024"),
        ("2022/23", SCHOOL_YEAR, "2022-23", "2022/23"),
    ],
)
def test_a_published_period_becomes_ours(published, kind, code, label):
    assert period_of(published, kind=kind) == code
    assert label_of(code) == label


@pytest.mark.parametrize(("published", "kind"), [("201820", MONTH), ("2024", MONTH), ("202425", YEAR), ("2022/24", SCHOOL_YEAR)])
def test_a_period_of_another_kind_is_refused(published, kind):
    with pytest.raises(ValueError, match="not"):
        period_of(published, kind=kind)


def test_a_percentage_comes_from_its_two_numbers():
    assert percentage(18755, 82329) == Decimal("22.78")
    assert percentage(1, 0) is None
    assert percentage(None, 10) is None


def test_a_percentage_is_compared_with_england():
    text = answer(TIMELY, area="South East", period="2024", value=Decimal("38.2"), england=Decimal("46.4"))
    assert text == (
        "In the South East, 38 of 100 new plans were made within 20 weeks in 2024 (leaving out exceptions), "
        "fewer than in England, 46."
    )


def test_a_count_is_compared_with_the_period_before():
    text = answer(
        PLANS, area="Kent", period="January 2025", value=Decimal(20635), england=Decimal(638745),
        before=("January 2024", Decimal(19407)), england_before=Decimal(576474),
    )  # fmt: skip
    assert text == "Kent had 20,635 EHC plans in January 2025, 6% more than in January 2024 (England: 11% more)."


def test_a_missing_figure_is_said_to_be_missing():
    assert answer(PLANS, area="Cumberland", period="", value=None) == "There is no published figure for Cumberland."


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("North East", "the North East"),
        ("Bristol, City of", "the City of Bristol"),
        ("Herefordshire, County of", "Herefordshire"),
        ("Isles of Scilly", "the Isles of Scilly"),
        ("Kent", "Kent"),
    ],
)
def test_a_name_stands_in_a_sentence(name, words):
    assert place(name) == words


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum", "\tx"])
def test_risky_text_is_no_formula_in_a_spreadsheet(text):
    assert safe_cell(text) == f"'{text}"


def test_negative_numbers_stay_numbers():
    assert safe_cell(Decimal("-3.500")) == "-3.5"
    assert safe_cell(-1) == "-1"


@pytest.mark.parametrize(("number", "text"), [("46.400", "46.4"), ("638745", "638745"), ("100.000", "100"), ("0.010", "0.01")])
def test_numbers_have_no_trailing_noughts(number, text):
    assert plain_number(Decimal(number)) == text


@pytest.mark.parametrize(
    ("highest", "places"), [(60.4, [0, 20, 40, 60, 80]), (4.29, [0, 1, 2, 3, 4, 5]), (100, [0, 20, 40, 60, 80, 100])]
)
def test_an_axis_begins_at_nought_and_covers_the_highest(highest, places):
    assert axis(highest) == places


def test_a_line_is_not_drawn_across_a_break_nor_a_gap():
    values = (Decimal(1), Decimal(2), None, Decimal(3), Decimal(4), Decimal(5))
    chart = line_chart([Trend("area", "Kent", "Kent", values)], list("abcdef"), is_percent=True, break_index=5)
    assert chart.lines[0].path.count("M") == 2  # a to b, d to e
    assert chart.lines[0].dots.count("M") == 5
    assert longest_run(values, 5) == 2


def test_labels_at_the_end_of_lines_do_not_cover_each_other():
    trends = [Trend(kind, kind, kind, (Decimal(10), Decimal(10), Decimal(10))) for kind in ("area", "region", "england")]
    places = sorted(line.label_y for line in line_chart(trends, ["1", "2", "3"], is_percent=True).lines)
    assert all(later - earlier >= 19 for earlier, later in pairwise(places))


def test_equal_areas_are_stacked_and_mine_is_marked_apart():
    strip = dot_strip({"1": Decimal(50), "2": Decimal(50), "3": Decimal(90)}, is_percent=True, mine="2", mine_label="Mine")
    assert strip.dots.count("M") == 2
    assert strip.mine_y < strip.base - 7
