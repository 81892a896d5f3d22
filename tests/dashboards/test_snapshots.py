"""Figures of the casework: counted by hand, hidden where small, numbered, and true only for an authority's own people."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from dashboards.casework import Counts, counts_by_authority
from dashboards.disclosure_attack import Relation, least_possible_values
from dashboards.models import Snapshot, SnapshotCell
from dashboards.snapshots import shown_of, take_snapshot
from ehcp.models import CaseDeadline, CaseEvent
from ehcp.states import State
from ehcp.timeline import Fact
from send import clock
from send.accounts.roles import Role
from send.organisations.models import Organisation
from tests.factories import a_case, a_child, a_member, a_person, an_authority
from tests.web import signed_in

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
RECEIVED, DUE = date(2026, 3, 2), date(2026, 7, 20)  # twenty weeks


@pytest.fixture
def on_that_day():
    clock.set_today(ON)
    yield
    clock.set_today(None)


def a_timed_case(authority, *, state=State.REQUESTED, final_on=None, received_on=RECEIVED, due_on=DUE, **fields):
    case = a_case(authority, child=a_child(authority), state=state, received_on=received_on)
    CaseDeadline.objects.create(
        case=case, authority=authority, code="final_plan_20w", subject=case.uuid, duty="issue the final plan",
        started_on=received_on, due_on=due_on, met_on=final_on, **fields,
    )  # fmt: skip
    if final_on:
        CaseEvent.objects.create(
            case=case, authority=authority, subject=case.uuid, kind=Fact.PLAN_FINALISED, on=final_on, recorded_at=AT, by_name="Sam"
        )
    return case


def test_plans_are_counted_in_time_up_to_and_including_the_last_day():
    area = an_authority()
    for final_on in (date(2026, 7, 19), date(2026, 7, 20), date(2026, 7, 21)):
        a_timed_case(area, state=State.FINAL, final_on=final_on)
    assert counts_by_authority(on=ON) == {area.pk: Counts(issued=3, within=2, open=0, late=0)}


def test_plans_of_more_than_twelve_months_ago_are_not_counted():
    area = an_authority()
    a_timed_case(area, state=State.FINAL, final_on=date(2025, 11, 24), received_on=date(2025, 7, 1), due_on=date(2025, 11, 18))
    a_timed_case(area, state=State.FINAL, final_on=date(2025, 11, 25), received_on=date(2025, 7, 8), due_on=date(2025, 11, 25))
    assert counts_by_authority(on=ON)[area.pk] == Counts(issued=1, within=1)


def test_open_requests_past_twenty_weeks_are_late_and_withdrawn_ones_never():
    area = an_authority()
    a_timed_case(area)
    a_timed_case(area, received_on=date(2026, 7, 7), due_on=ON)
    a_timed_case(area, lifted_under="absent_from_area")
    a_timed_case(area, state=State.WITHDRAWN)
    assert counts_by_authority(on=ON) == {area.pk: Counts(open=3, late=1)}


def test_the_number_of_queries_does_not_grow_with_the_authorities(django_assert_num_queries):
    for _ in range(4):
        a_timed_case(an_authority())
    with django_assert_num_queries(3):
        counts_by_authority(on=ON)


def test_a_small_count_is_hidden_and_cannot_be_had_by_subtraction():
    areas = {1: Counts(100, 60, 50, 20), 2: Counts(100, 60, 50, 3), 3: Counts(100, 60, 80, 30)}
    areas[None] = sum(areas.values(), Counts())
    shown = shown_of(areas)
    parts = ("requests_late", "requests_not_late")
    relations = [Relation(("requests_open", area), tuple((part, area) for part in parts)) for area in areas]
    relations += [Relation((metric, None), tuple((metric, area) for area in (1, 2, 3))) for metric in ("requests_open", *parts)]
    counts = {("requests_open", a): c.open for a, c in areas.items()} | {("requests_late", a): c.late for a, c in areas.items()}
    counts |= {("requests_not_late", a): c.open - c.late for a, c in areas.items()}
    hidden = {cell for cell in counts if shown[cell].symbol}
    left = least_possible_values(counts, relations, hidden=hidden, bases=dict.fromkeys(counts, 10), enough=5)
    assert ("requests_late", 2) in hidden
    assert min(left.values()) >= 5


def test_a_percentage_goes_with_the_count_it_would_give_away():
    areas = {1: Counts(400, 300), 2: Counts(90, 86), None: Counts(490, 386)}
    shown = shown_of(areas)
    assert shown["plans_later", 2].symbol == shown["plans_within_share", 2].symbol == "c"


def test_large_counts_are_rounded_to_ten_and_the_percentage_comes_from_the_true_figures():
    areas = {1: Counts(403, 304, 96, 41), 2: Counts(205, 104, 55, 25), None: Counts(608, 408, 151, 66)}
    shown = shown_of(areas)
    assert [str(shown[metric, None]) for metric in ("plans_issued", "plans_within", "plans_within_share", "requests_late")] == [
        "610", "410", "67.1", "70",
    ]  # fmt: skip


def test_a_month_has_one_snapshot_and_the_next_month_the_next_number():
    a_timed_case(an_authority())
    first, is_new = take_snapshot(on=ON, at=AT)
    again, is_new_again = take_snapshot(on=date(2026, 11, 30), at=AT)
    later, _ = take_snapshot(on=date(2026, 12, 1), at=AT)
    assert (is_new, is_new_again, again, later.number) == (True, False, first, 2)


def test_the_command_can_be_run_again(capsys):
    an_authority()
    call_command("refresh_dashboards")
    cells = SnapshotCell.objects.count()
    call_command("refresh_dashboards")
    assert (Snapshot.objects.count(), SnapshotCell.objects.count(), cells) == (1, 14, 14)
    assert "nothing changed" in capsys.readouterr().out


@pytest.mark.parametrize("rows", [Snapshot.objects, SnapshotCell.objects])
def test_a_snapshot_cannot_be_changed_or_removed(rows):
    an_authority()
    take_snapshot(on=ON, at=AT)
    row = rows.all()[:1].values("pk")
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.filter(pk__in=row).update(id=999_999)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.filter(pk__in=row)._raw_delete(using="default")


def test_a_regions_group_adviser_reads_the_snapshot_and_no_live_counts():
    a_timed_case(an_authority(name="Eastshire"))
    take_snapshot(on=ON, at=AT)
    team = Organisation.objects.create(kind=Organisation.Kind.NATIONAL, name="Regions Group")
    page = signed_in(a_member(team, Role.REGIONS_GROUP)).get(reverse("dashboards:live"))
    assert page.status_code == 200
    assert "Snapshot 1, as at 24 November 2026" in page.content.decode()
    assert "Eastshire" not in page.content.decode()
    assert page.context["own"] == []
    assert [row["cells"] for row in page.context["rows"]] == [["0", "0", "z", "c", "c"]] * 2


@pytest.mark.parametrize("role", [Role.CASE_OFFICER, Role.SEND_MANAGER])
def test_an_authoritys_people_see_their_own_live_counts_and_nobody_elses(role, on_that_day):
    own, other = an_authority(name="Eastshire"), an_authority(name="Westshire")
    a_timed_case(own)
    a_timed_case(other)
    page = signed_in(a_member(own, role)).get(reverse("dashboards:live"))
    assert page.context["own"] == [{"name": "Eastshire", "counts": Counts(open=1, late=1)}]
    assert "Westshire" not in page.content.decode()


def test_a_finance_officer_of_the_authority_sees_no_live_counts():
    area = an_authority()
    page = signed_in(a_member(area, Role.FINANCE_OFFICER)).get(reverse("dashboards:live"))
    assert page.context["own"] == []


def test_a_schools_system_does_not_find_the_page_and_nobody_reads_it_without_signing_in(client):
    machine = a_member(an_authority(), Role.SCHOOL_MIS_API)
    assert signed_in(machine).get(reverse("dashboards:live")).status_code == 404
    assert client.get(reverse("dashboards:live")).status_code == 302


def test_a_parent_reads_the_snapshot_too():
    page = signed_in(a_person()).get(reverse("dashboards:live"))
    assert (page.status_code, page.context["own"]) == (200, [])
