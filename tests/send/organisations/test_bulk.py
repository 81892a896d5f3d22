"""Making a table the same as a file."""

import pytest

from send.organisations.bulk import Report, sync
from send.organisations.models import HealthBody, Organisation, Region

pytestmark = pytest.mark.django_db
NORTH = {"code": "E12000001", "name": "North East", "slug": "north-east"}
LONDON = {"code": "E12000007", "name": "London", "slug": "london"}
KENT = {"kind": "health", "name": "NHS Kent", "nhs_region": "South East"}
LEEDS = {"kind": "health", "name": "NHS Leeds", "nhs_region": "North East and Yorkshire"}


def test_it_says_what_was_added_changed_left_alone_and_removed():
    sync("regions", Region, [NORTH, LONDON], key=("code",))
    report = sync("regions", Region, [NORTH | {"name": "The North East"}], key=("code",))
    assert report == Report("regions", changed=1, removed=1)
    assert list(Region.objects.values_list("name", flat=True)) == ["The North East"]


def test_a_second_run_changes_nothing():
    sync("regions", Region, [NORTH, LONDON], key=("code",))
    report = sync("regions", Region, [NORTH, LONDON], key=("code",))
    assert report == Report("regions", unchanged=2)
    assert report.is_quiet


def test_an_organisation_gets_a_row_in_both_its_tables():
    sync("boards", HealthBody, [KENT, LEEDS], key=("name",))
    kent = HealthBody.objects.get(name="NHS Kent")
    assert kent.nhs_region == "South East"
    assert Organisation.objects.get(pk=kent.pk).uuid == kent.uuid


def test_a_change_reaches_the_table_that_holds_it():
    sync("boards", HealthBody, [KENT], key=("name",))
    uuid = HealthBody.objects.get().uuid
    report = sync("boards", HealthBody, [{**KENT, "name": "NHS Medway"}], key=("nhs_region",))
    assert report.changed == 1
    assert Organisation.objects.get(uuid=uuid).name == "NHS Medway"


def test_a_row_that_left_the_file_can_stay_with_a_mark():
    sync("boards", HealthBody, [KENT, LEEDS], key=("name",))
    once = sync("boards", HealthBody, [KENT], key=("name",), leaving={"nhs_region": "gone"})
    again = sync("boards", HealthBody, [KENT], key=("name",), leaving={"nhs_region": "gone"})
    assert (once.removed, again.removed) == (1, 0)
    assert HealthBody.objects.get(name="NHS Leeds").nhs_region == "gone"


def test_a_row_that_is_in_the_file_twice_stops_the_load():
    with pytest.raises(ValueError, match="twice"):
        sync("regions", Region, [NORTH, NORTH], key=("code",))
