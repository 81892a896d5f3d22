"""The reference data of organisations, as loaded from the project's own files."""

import shutil
from datetime import date

import pytest

from send.audit.models import AuditEvent
from send.audit.sentences import is_known
from send.organisations import loading
from send.organisations.models import (
    AuthorityAlias,
    HealthBody,
    LocalAuthority,
    Organisation,
    Region,
    Setting,
    StatisticalNeighbour,
)

pytestmark = pytest.mark.usefixtures("england")


def contents():
    return [
        list(LocalAuthority.objects.order_by("code").values_list("uuid", "code", "name", "region__slug", "opened_on", "closed_on")),
        list(Setting.objects.order_by("urn").values_list("uuid", "urn", "name", "authority__code", "type", "status")),
        list(AuthorityAlias.objects.order_by("pk").values_list("pk", "text", "authority__code")),
    ]


def test_england_has_nine_regions_153_authorities_and_24278_settings():
    assert Region.objects.count() == 9
    assert LocalAuthority.objects.filter(closed_on=None).count() == 153
    assert Setting.objects.count() == 24_278


def test_loading_again_changes_no_row_and_tells_the_trail_nothing():
    before, told = contents(), AuditEvent.objects.count()
    reports = loading.load()
    assert all(report.is_quiet for report in reports)
    assert contents() == before
    assert AuditEvent.objects.count() == told


def test_a_load_that_changes_something_is_told_to_the_trail():
    Setting.objects.filter(urn="100000").update(town="Elsewhere")
    report = loading.load()[-1]
    assert (report.changed, report.unchanged) == (1, 24_277)
    assert AuditEvent.objects.latest("pk").action == "organisations.reference_loaded"
    assert is_known("organisations.reference_loaded")


def test_a_setting_that_is_not_in_the_file_is_kept_and_marked():
    extra = Setting.objects.create(kind="setting", name="A school that left", urn="999999", status="open_2025")
    report = loading.load_settings()
    extra.refresh_from_db()
    assert (report.removed, extra.status) == (1, "withdrawn")


@pytest.mark.parametrize(
    ("code", "closed_on", "successors"),
    [
        ("909", date(2023, 4, 1), ["942", "943"]),
        ("928", date(2021, 4, 1), ["940", "941"]),
        ("835", date(2019, 4, 1), ["838", "839"]),
        ("836", date(2019, 4, 1), ["839"]),
        ("837", date(2019, 4, 1), ["839"]),
    ],
)
def test_a_former_authority_has_its_last_day_and_its_successors(code, closed_on, successors):
    former = LocalAuthority.objects.get(code=code)
    assert former.closed_on == closed_on
    assert sorted(former.successors.values_list("code", flat=True)) == successors
    assert set(former.successors.values_list("opened_on", flat=True)) == {closed_on}


def test_every_authority_has_ten_neighbours_and_a_health_board():
    open_now = LocalAuthority.objects.filter(closed_on=None)
    assert StatisticalNeighbour.objects.count() == 1_530
    assert set(open_now.values_list("code", flat=True)) == set(
        open_now.filter(health_bodies__isnull=False).values_list("code", flat=True)
    )
    assert HealthBody.objects.count() == 42


def test_the_national_teams_have_the_same_identifiers_everywhere():
    teams = dict(Organisation.objects.filter(kind="national").values_list("name", "uuid"))
    assert len(teams) == 5
    assert str(teams["DfE Regions Group"]) == "0193a0b0-0000-7000-8000-000000000001"


def test_what_is_published_of_a_setting_is_kept_as_published():
    setting = Setting.objects.get(urn="100001")
    assert (setting.name, setting.authority.code, setting.get_authority_source_display()) == (
        "City of London School for Girls",
        "201",
        "School census, January 2019",
    )
    assert (setting.type_in_words, setting.phase_in_words) == ("Other Independent School", "Not known")
    assert (setting.opened_on, setting.closed_on) == (date(1920, 1, 1), None)


def test_what_is_not_published_is_said_to_be_not_known():
    assert Setting.objects.filter(authority=None).count() == 100
    unknown = Setting.objects.filter(authority=None, category="", type="").first()
    assert {unknown.type_in_words, unknown.phase_in_words, unknown.authority_in_words} == {"Not known"}
    assert Setting.objects.filter(opened_on=None).count() == 9_505


def test_no_setting_opened_in_the_future_or_closed_before_it_opened():
    settings = Setting.objects.exclude(opened_on=None)
    assert not settings.filter(opened_on__gt=date(2025, 7, 31)).exists()
    assert [s.urn for s in settings.exclude(closed_on=None) if s.closed_on < s.opened_on] == []


def test_nothing_is_kept_when_a_file_names_an_authority_that_is_not_there(tmp_path):
    for file in loading.DATA.iterdir():
        shutil.copy(file, tmp_path)
    regions = (tmp_path / "local_authorities.csv").read_text().replace("City of London Corporation", "Another Corporation")
    (tmp_path / "local_authorities.csv").write_text(regions)
    (tmp_path / "statistical_neighbours_2025.csv").write_text("la_code,rank,neighbour_la_code,closeness\n201,1,999,Close\n")
    with pytest.raises(LookupError, match="999"):
        loading.load(folder=tmp_path)
    assert LocalAuthority.objects.get(code="201").official_name == "City of London Corporation"
