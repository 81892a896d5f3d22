"""The public pages and files: open to anyone, few queries whatever the size, and the columns that programs rely on."""

import csv
import io
import json
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dashboards.home_pages import home_of
from dashboards.metrics import METRICS
from dashboards.models import Load, Observation
from send.accounts.models import Membership, User
from send.accounts.roles import Role
from send.organisations.models import LocalAuthority
from tests.web import signed_in

pytestmark = pytest.mark.usefixtures("figures")

PAGES = [
    "/dashboards/",
    "/dashboards/england/",
    "/dashboards/regions/south-east/",
    "/dashboards/regions/london/new_plans_by_need/",
    "/dashboards/areas/",
    "/dashboards/areas/886/",
    "/dashboards/areas/909/plans/",
    "/dashboards/areas/420/plans_in_20_weeks/",
    "/dashboards/measures/",
    "/dashboards/measures/plans_in_20_weeks/",
    "/dashboards/data/index.json",
]


def text_of(response):
    return b"".join(response.streaming_content).decode() if response.streaming else response.content.decode()


@pytest.mark.parametrize("address", PAGES)
def test_a_page_opens_signed_out_with_few_queries(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    assert len(queries) <= 9


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("place", ["england", "regions/yorkshire-and-the-humber", "areas/886", "measures"])
def test_every_measure_opens_for_every_kind_of_place(client, metric, place):
    response = client.get(f"/dashboards/{place}/{metric}/")
    assert response.status_code == 200
    assert METRICS[metric].question in text_of(response).replace("&#x27;", "'")


def test_the_largest_page_asks_as_many_queries_as_the_smallest(client):
    counts = []
    for code in ("886", "420"):
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/dashboards/areas/{code}/plans/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_page_seen_before_asks_one_query(client):
    client.get("/dashboards/areas/886/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/dashboards/areas/886/")
    assert len(queries) == 1


def test_the_page_of_kent_answers_its_question_first(client):
    page = text_of(client.get("/dashboards/areas/886/"))
    answer = "In Kent, 33 of 100 new plans were made within 20 weeks in 2024 (leaving out exceptions), fewer than in England, 46."
    assert answer in page
    assert page.index(answer) < page.index("<svg") < page.index("<table") < page.index("About this measure")


def test_the_trend_shows_kent_its_region_and_england_and_the_break(client):
    page = text_of(client.get("/dashboards/areas/886/"))
    svg = page[page.index("<svg") : page.index("</svg>")]
    assert re.findall(r'app-chart__label--\w+" x="[\d.]+" y="[\d.]+">([^<]+)<', svg) == ["England", "South East", "Kent"]
    assert "counted differently after" in svg
    assert "<title" in svg
    assert "<desc" in svg


def test_no_trend_is_drawn_with_fewer_than_three_comparable_periods(client):
    """plans_over_a_year is published for 2023 and 2024 only."""
    assert "app-chart__line" not in text_of(client.get("/dashboards/areas/886/plans_over_a_year/"))


def test_a_former_council_says_what_followed(client):
    page = text_of(client.get("/dashboards/areas/909/plans/"))
    assert "Cumbria ended in April 2023. What followed: Cumberland, Westmorland and Furness." in page


@pytest.mark.parametrize("address", PAGES[:-1])
def test_no_page_carries_a_style_attribute(client, address):
    assert " style=" not in text_of(client.get(address))


@pytest.mark.parametrize("address", ["areas/999/", "regions/wessex/", "england/no_such_measure/", "data/no_such_measure.csv"])
def test_what_does_not_exist_is_not_found(client, address):
    assert client.get(f"/dashboards/{address}").status_code == 404


def test_the_csv_has_exactly_the_agreed_columns_and_kents_figure(client):
    rows = list(csv.reader(io.StringIO(text_of(client.get("/dashboards/data/plans_in_20_weeks.csv")))))
    assert rows[0] == (
        ["area_code", "area_name", "level", "period", "breakdown", "value", "marker", "numerator", "denominator", "source", "as_at"]
    )
    source = "Department for Education, Education, health and care plans, reporting year 2025"
    assert ["886", "Kent", "authority", "2024", "", "33.3", "", "783", "2354", source, "2025"] in rows


def test_the_json_holds_the_same_rows_under_the_same_names(client):
    found = client.get("/dashboards/data/plans.json")
    rows = json.loads(text_of(found))["rows"]
    kent = next(row for row in rows if row["area_code"] == "886" and row["period"] == "2025-01")
    assert (kent["area_name"], kent["value"], kent["numerator"]) == ("Kent", 20635, None)


def test_the_index_lists_every_series_with_what_it_holds(client):
    series = {entry["code"]: entry for entry in client.get("/dashboards/data/index.json").json()["series"]}
    assert series.keys() == METRICS.keys()
    plans = series["plans"]
    assert plans["levels"] == ["authority", "national", "regional"]
    assert plans["periods"][0]["label"] == "January 2019"
    assert plans["live"] is False
    assert plans["csv"] == "http://testserver/dashboards/data/plans.csv"


def test_a_file_is_kept_by_caches_and_answered_shortly_when_it_has_not_changed(client):
    first = client.get("/dashboards/data/plans.csv")
    assert "public" in first["Cache-Control"]
    again = client.get("/dashboards/data/plans.csv", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304


def test_a_page_shows_the_figures_of_a_new_load_at_once(client):
    client.get("/dashboards/areas/886/plans/")
    Observation.objects.filter(metric="plans", area_code="886", period="2025-01").update(value=21000)
    Load.objects.update(stamp="another")
    assert "Kent had 21,000 EHC plans in January 2025" in text_of(client.get("/dashboards/areas/886/plans/"))


def test_home_needs_a_sign_in(client):
    assert client.get("/home/").status_code == 302


def test_home_greets_a_person_and_links_to_what_is_theirs():
    page = text_of(signed_in(User.objects.create_user("ada@example.org", name="Ada Marsh")).get("/home/"))
    assert "Hello Ada Marsh" in page
    assert 'href="/dashboards/"' in page
    assert "Your work list" not in page


def test_home_of_an_officer_leads_to_the_work_list_and_names_the_role(client):
    officer = User.objects.create_user("jo@example.org", name="Jo Field")
    kent = LocalAuthority.objects.get(code="886")
    Membership.objects.create(user=officer, organisation=kent, role=Role.CASE_OFFICER, starts_on=date(2024, 1, 1))
    found = home_of(officer, on=date(2026, 3, 2))
    assert found["roles"] == ["SEND case officer, Kent"]
    assert "Cases" in [link["text"] for link in found["links"]]
    assert "My requests" not in [link["text"] for link in found["links"]]
