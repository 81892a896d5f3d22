"""Dates in the register's files."""

from datetime import date

import pytest

from send.organisations.files import register_date


def test_the_register_writes_the_day_before_the_month():
    assert register_date("02-09-2013") == date(2013, 9, 2)


@pytest.mark.parametrize("text", ["", "01-01-1900"])
def test_no_date_and_the_registers_mark_for_no_date_are_not_known(text):
    assert register_date(text) is None


@pytest.mark.parametrize("text", ["09-13-2013", "2013-09-02", "not open"])
def test_a_date_written_another_way_stops_the_load(text):
    with pytest.raises(ValueError, match=text):
        register_date(text)
