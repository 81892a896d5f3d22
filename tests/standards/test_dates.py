"""Which edition applies on which day, and what may change in it."""

import json
from datetime import date

import pytest
from django.db import IntegrityError
from django.http import Http404

from standards import loading, selectors
from standards.models import Edition

pytestmark = pytest.mark.django_db
ONE_STANDARD = {
    "code": "id-1",
    "strand": "identification",
    "title": "Noticing needs early",
    "summary": "Needs are noticed early.",
    "source": "GP 2.5",
    "law": "",
    "criteria": [
        {"text": "Staff look.", "phase": "any", "need": "any", "who_acts": "setting", "is_ordinarily_available": True},
    ],
}


def an_edition(number=1, *, status="in_force", starts=date(2026, 9, 1), ends=None, illustrative=False):
    return Edition.objects.create(
        number=number, title=f"Edition {number}", summary="", source="", status=status, in_force_from=starts, in_force_to=ends,
        is_illustrative=illustrative,
    )  # fmt: skip


def a_file(folder, *, standards, status="in_force", illustrative=False):
    edition = {"number": 1, "title": "One", "summary": "", "source": "", "status": status, "is_illustrative": illustrative}
    edition |= {"in_force_from": "2026-09-01", "in_force_to": None}
    (folder / "edition-1.json").write_text(json.dumps({"edition": edition, "standards": standards}))


@pytest.mark.parametrize(
    ("on", "number"),
    [(date(2026, 8, 31), None), (date(2026, 9, 1), 1), (date(2027, 8, 31), 1), (date(2027, 9, 1), 2), (date(2040, 1, 1), 2)],
)
def test_each_day_has_the_edition_of_that_day(on, number):
    an_edition(1, status="superseded", starts=date(2026, 9, 1), ends=date(2027, 8, 31))
    an_edition(2, starts=date(2027, 9, 1))
    an_edition(3, status="draft", starts=date(2026, 1, 1))
    found = selectors.edition_in_force(on)
    assert (found and found.number) == number


def test_nothing_is_ordinarily_available_before_the_first_edition():
    an_edition(1)
    assert selectors.ordinarily_available(date(2026, 8, 31)) == []


def test_a_draft_is_not_shown_to_anyone():
    an_edition(1, status="draft", starts=None)
    with pytest.raises(Http404):
        selectors.edition_by_number(1)


def test_an_edition_in_force_starts_on_a_day():
    with pytest.raises(IntegrityError, match="edition_starts_on_a_day"):
        an_edition(1, starts=None)


def test_an_edition_does_not_end_before_it_starts():
    with pytest.raises(IntegrityError, match="edition_ends_after_it_starts"):
        an_edition(1, ends=date(2026, 8, 31))


def test_a_superseded_edition_has_a_last_day():
    with pytest.raises(IntegrityError, match="superseded_edition_has_a_last_day"):
        an_edition(1, status="superseded")


def test_the_standards_of_a_real_edition_in_force_cannot_be_changed(tmp_path):
    a_file(tmp_path, standards=[ONE_STANDARD])
    loading.load(folder=tmp_path)
    a_file(tmp_path, standards=[ONE_STANDARD | {"summary": "Another duty."}])
    with pytest.raises(ValueError, match="publish a new edition"):
        loading.load(folder=tmp_path)
    assert selectors.standard_by_code(1, "id-1").summary == "Needs are noticed early."


def test_a_draft_can_be_changed(tmp_path):
    a_file(tmp_path, standards=[ONE_STANDARD], status="draft")
    loading.load(folder=tmp_path)
    a_file(tmp_path, standards=[], status="draft")
    assert [report.removed for report in loading.load(folder=tmp_path)] == [0, 1, 0]


def test_a_strand_that_does_not_exist_stops_the_load(tmp_path):
    a_file(tmp_path, standards=[ONE_STANDARD | {"strand": "transport"}])
    with pytest.raises(ValueError, match="transport"):
        loading.load(folder=tmp_path)
    assert not Edition.objects.exists()
