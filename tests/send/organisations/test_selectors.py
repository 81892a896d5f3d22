"""Questions about organisations."""

from datetime import date

import pytest
from django.http import Http404

from send.organisations import selectors
from send.organisations.names import UnknownAuthority

pytestmark = pytest.mark.usefixtures("england")


@pytest.mark.parametrize(
    ("on", "count", "has"),
    [
        (date(2019, 3, 31), 152, {"835", "836", "837", "909", "928"}),
        (date(2019, 4, 1), 151, {"838", "839", "909", "928"}),
        (date(2021, 4, 1), 152, {"838", "839", "909", "940", "941"}),
        (date(2023, 4, 1), 153, {"838", "839", "940", "941", "942", "943"}),
    ],
)
def test_the_authorities_of_a_day_are_those_with_duties_on_it(on, count, has, django_assert_num_queries):
    with django_assert_num_queries(1):
        codes = {authority.code for authority in selectors.authorities(open_on=on) if authority.region.name}
    changing = {"835", "836", "837", "838", "839", "909", "928", "940", "941", "942", "943"}
    assert (len(codes), codes & changing) == (count, has)


def test_an_unknown_code_is_not_found():
    with pytest.raises(Http404):
        selectors.authority_by_code("000")


def test_regions_are_reached_by_their_slug(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert selectors.region_by_slug("yorkshire-and-the-humber").code == "E12000003"


@pytest.mark.parametrize(
    ("written", "on", "code"),
    [
        ("Dorset", date(2019, 1, 17), "835"),
        ("Dorset", date(2020, 1, 16), "838"),
        ("E10000006", date(2023, 1, 19), "909"),
        ("E06000048", date(2020, 10, 1), "929"),
        ("E10000023", date(2022, 1, 20), "815"),
        ("Bristol City of", date(2022, 1, 20), "801"),
        ("Durham", date(2022, 1, 20), "840"),
        ("301", date(2022, 1, 20), "301"),
    ],
)
def test_what_publishers_write_is_matched(written, on, code):
    names = selectors.authority_names()
    assert names.match(written, on=on) == selectors.authority_by_code(code).pk


def test_a_name_that_cannot_be_matched_fails_loudly():
    with pytest.raises(UnknownAuthority, match="'Atlantis' on 17 January 2019 matches no authority"):
        selectors.authority_names().match("Atlantis", on=date(2019, 1, 17))


def test_no_name_means_two_authorities_on_one_day():
    names = selectors.authority_names()
    for on in (date(2018, 6, 1), date(2025, 6, 1)):
        for authority in selectors.authorities(open_on=on):
            assert names.match(authority.code, on=on) == authority.pk
            assert names.match(authority.gss_code, on=on) == authority.pk


def test_neighbours_come_most_alike_first(django_assert_num_queries):
    barking = selectors.authority_by_code("301")
    with django_assert_num_queries(1):
        found = [(n.rank, n.name) for n in selectors.neighbours(barking) if n.region.name]
    assert found[:3] == [(1, "Enfield"), (2, "Luton"), (3, "Hounslow")]
    assert len(found) == 10


def test_a_successor_of_a_former_authority_has_its_boards():
    boards = [board.name for board in selectors.health_bodies_of(selectors.authority_by_code("943"))]
    assert boards == [
        "NHS Lancashire and South Cumbria Integrated Care Board",
        "NHS North East and North Cumbria Integrated Care Board",
    ]


@pytest.mark.parametrize(
    ("typed", "urn"),
    [
        ("100000", "100000"),
        ("ec3a 5de", "100000"),
        ("EC3A5DE", "100000"),
        ("aldgate school", "100000"),
        ("st pauls cathedral school", "100002"),
        ("Thomas Coram, London", "100005"),
    ],
)
def test_settings_are_found_by_what_people_type(typed, urn, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = [(setting.urn, setting.authority_in_words) for setting in selectors.find_settings(typed)]
    assert urn in [each for each, _ in found]


@pytest.mark.parametrize("typed", ["", " ", "a", "'%_", "zzzz no such school"])
def test_too_little_or_nothing_like_it_finds_nothing(typed):
    assert selectors.find_settings(typed) == []


def test_the_search_keeps_to_an_authority_and_to_the_limit():
    barnet = selectors.authority_by_code("302")
    found = selectors.find_settings("school", authority=barnet, limit=5)
    assert len(found) == 5
    assert {setting.authority_id for setting in found} == {barnet.pk}


def test_closed_settings_are_found_only_when_asked_for():
    closed = selectors.setting_by_urn("100378")
    assert closed.status == "closed"
    assert closed.urn not in [setting.urn for setting in selectors.find_settings(closed.urn)]
    assert closed.urn in [setting.urn for setting in selectors.find_settings(closed.urn, closed=True)]
