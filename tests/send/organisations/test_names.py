"""Names of authorities as publishers write them."""

from datetime import date

import pytest

from send.organisations.names import Alias, AuthorityNames, UnknownAuthority

OLD_DORSET, NEW_DORSET, BRISTOL = 835, 838, 801
NAMES = AuthorityNames(
    [
        Alias("Dorset", OLD_DORSET, ends_on=date(2019, 3, 31)),
        Alias("Dorset", NEW_DORSET, starts_on=date(2019, 4, 1)),
        Alias("Bristol, City of", BRISTOL),
        Alias("E06000023", BRISTOL),
        Alias("Newtown", 1),
        Alias("new town", 2),
    ]
)


@pytest.mark.parametrize(("on", "meant"), [(date(2019, 3, 31), OLD_DORSET), (date(2019, 4, 1), NEW_DORSET)])
def test_a_name_used_twice_means_the_area_of_that_day(on, meant):
    assert NAMES.match("Dorset", on=on) == meant


@pytest.mark.parametrize("written", ["Bristol City of", "BRISTOL, CITY OF", " bristol  city-of ", "e06000023"])
def test_capitals_commas_and_spaces_do_not_matter(written):
    assert NAMES.match(written, on=date(2024, 1, 18)) == BRISTOL


@pytest.mark.parametrize("written", ["Brisol", "", "Newtown"])
def test_a_name_that_is_unknown_or_means_two_areas_stops_the_importer(written):
    with pytest.raises(UnknownAuthority, match=r"authority_aliases\.csv"):
        NAMES.match(written, on=date(2024, 1, 18))


def test_a_name_is_unknown_before_its_first_day():
    names = AuthorityNames([Alias("Cumberland", 942, starts_on=date(2023, 4, 1))])
    with pytest.raises(UnknownAuthority, match="31 March 2023"):
        names.match("Cumberland", on=date(2023, 3, 31))
