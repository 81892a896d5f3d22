"""Numbered snapshots of the casework for readers outside the authority: once a month, disclosure-controlled, never changed."""

from collections.abc import Hashable, Mapping
from datetime import date, datetime

from django.db import transaction

from dashboards import suppression
from dashboards.casework import Counts, counts_by_authority
from dashboards.disclosure_attack import Relation
from dashboards.models import Snapshot, SnapshotCell
from dashboards.suppression import Shown
from send.audit import services as audit
from send.audit.actors import system
from send.organisations.models import LocalAuthority, Region

ENGLAND = None
SHARE = "plans_within_share"
# The parts of each whole. The complement is published too: whoever reads whole and part has it anyway, so it is guarded as well.
TABLES = {
    "plans_issued": ("plans_within", "plans_later"),
    "requests_open": ("requests_late", "requests_not_late"),
}
Figures = Mapping[Hashable, int]


def take_snapshot(*, on: date, at: datetime) -> tuple[Snapshot, bool]:
    """Take this month's snapshot, as at `on`; answers it, and whether it is new. Again in the same month: the same one.

    Monthly at most, because two counts a few days apart give away by subtraction what each of them hides.
    """
    with transaction.atomic():
        month = f"{on:%Y-%m}"
        before = Snapshot.objects.select_for_update().order_by("-number").first()
        if before is not None and before.month >= month:
            return Snapshot.objects.filter(month=month).first() or before, False
        snapshot = Snapshot.objects.create(number=before.number + 1 if before else 1, month=month, as_at=on, taken_at=at)
        SnapshotCell.objects.bulk_create(_cells(snapshot, _by_region(on)))
        audit.record("dashboards.take_snapshot", by=system("dashboards"), subject="system", change={"number": snapshot.number})
    return snapshot, True


def shown_of(areas: Mapping[int | None, Counts]) -> dict[tuple[str, int | None], Shown]:
    """What may be published of the true counts of regions and of England (`ENGLAND`), which must be their sum. Pure."""
    shown = {}
    for whole, parts in TABLES.items():
        figures = {(metric, area): count for area, counts in areas.items() for metric, count in _metrics(counts).items()}
        wanted = {cell: count for cell, count in figures.items() if cell[0] in (whole, *parts)}
        shown |= suppression.table_shown(wanted, _sums(whole, parts, list(areas)), bases=dict.fromkeys(wanted, 10))
    return shown | {(SHARE, area): _share(counts, area, shown) for area, counts in areas.items()}


def _metrics(counts: Counts) -> dict[str, int]:
    return {
        "plans_issued": counts.issued,
        "plans_within": counts.within,
        "plans_later": counts.issued - counts.within,
        "requests_open": counts.open,
        "requests_late": counts.late,
        "requests_not_late": counts.open - counts.late,
    }


def _sums(whole: str, parts: tuple[str, ...], areas: list) -> list[Relation]:
    """The parts add up to the whole in every area, and the regions to England in every measure."""
    regions = [area for area in areas if area is not ENGLAND]
    rows = [Relation((whole, area), tuple((part, area) for part in parts)) for area in areas]
    return rows + [Relation((metric, ENGLAND), tuple((metric, area) for area in regions)) for metric in (whole, *parts)]


def _share(counts: Counts, area: int | None, shown: Mapping) -> Shown:
    """Plans within 20 weeks of a hundred issued; hidden with any count that it would give away."""
    if not counts.issued:
        return Shown(symbol="z")
    if any(shown[metric, area].symbol for metric in ("plans_issued", "plans_within", "plans_later")):
        return Shown(symbol=suppression.HIDDEN)
    return suppression.percentage_shown(counts.within, counts.issued, is_authority=False)


def _by_region(on: date) -> dict[int | None, Counts]:
    """True counts of all nine regions, also those with none, and of England."""
    region_of = dict(LocalAuthority.objects.values_list("pk", "region"))
    areas: dict[int | None, Counts] = dict.fromkeys(Region.objects.values_list("pk", flat=True), Counts())
    for authority, counts in counts_by_authority(on=on).items():
        areas[region_of[authority]] += counts
    return areas | {ENGLAND: sum(areas.values(), Counts())}


def _cells(snapshot: Snapshot, areas: Mapping[int | None, Counts]) -> list[SnapshotCell]:
    return [
        SnapshotCell(
            snapshot=snapshot, metric=metric, region_id=area, value=shown.value, marker=shown.symbol,
            level=SnapshotCell.Level.NATIONAL if area is ENGLAND else SnapshotCell.Level.REGIONAL,
            numerator=areas[area].within if metric == SHARE else _metrics(areas[area])[metric],
            denominator=areas[area].issued if metric == SHARE else None,
        )
        for (metric, area), shown in shown_of(areas).items()
    ]  # fmt: skip
