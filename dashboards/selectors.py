"""Questions to the published figures and to the register of areas. Each is a fixed number of queries, whatever the size."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404
from django.urls import reverse

from dashboards.areas import AUTHORITY, ENGLAND, NATIONAL, PART, REGIONAL
from dashboards.metrics import METRICS, Metric
from dashboards.models import Load, Observation
from send.organisations.models import LocalAuthority, Region


@dataclass(frozen=True)
class Place:
    """England, a region or an authority, as an address and as words."""

    level: str
    code: str
    name: str
    key: str = ""
    region: "Place | None" = None
    history: tuple[str, ...] = ()

    def url(self, metric: str = "") -> str:
        """The address of its dashboard, or of one measure there."""
        kind = {NATIONAL: "england", REGIONAL: "region", AUTHORITY: "area"}[self.level]
        args = [part for part in (self.key, metric) if part]
        return reverse(f"dashboards:{kind}_measure" if metric else f"dashboards:{kind}", args=args)

    @property
    def larger(self) -> list["Place"]:
        """What it is compared with: its region, then England."""
        nation = [] if self.level == NATIONAL else [NATION]
        return [self.region, *nation] if self.region else nation

    @property
    def codes(self) -> list[str]:
        """The codes of itself and of what it is compared with."""
        return [self.code, *(place.code for place in self.larger)]


NATION = Place(NATIONAL, ENGLAND.code, ENGLAND.name)


@dataclass(frozen=True)
class Cell:
    """One figure as it was published."""

    period: str
    label: str
    value: Decimal | None
    marker: str
    numerator: Decimal | None
    denominator: Decimal | None


def stamp() -> str:
    """What the published figures were last loaded from; empty before the first load. One query."""
    return Load.objects.order_by("-loaded_at", "-pk").values_list("stamp", flat=True).first() or ""


def catalogue() -> dict[str, dict]:
    """What each metric holds: periods, levels, breakdowns, number of rows. One query."""
    return Load.objects.order_by("-loaded_at", "-pk").values_list("catalogue", flat=True).first() or {}


def metric_of(code: str) -> Metric:
    """The metric of this code. Raises Http404."""
    if code not in METRICS:
        raise Http404("No such measure")
    return METRICS[code]


def region_place(slug: str) -> Place:
    """A region by the name in its address. Raises Http404. One query."""
    region = Region.objects.filter(slug=slug).first()
    if region is None:
        raise Http404("No such region")
    return Place(REGIONAL, region.code, region.name, region.slug)


def area_place(code: str) -> Place:
    """An authority by its DfE code, with its region and what became of it. Raises Http404. Three queries."""
    authority = LocalAuthority.objects.select_related("region").filter(code=code).first()
    if authority is None:
        raise Http404("No such area")
    region = authority.region
    return Place(
        AUTHORITY, code, authority.name, code, Place(REGIONAL, region.code, region.name, region.slug), tuple(_history(authority))
    )  # fmt: skip


def _history(authority: LocalAuthority) -> Iterator[str]:
    """Breaks in series that a reorganisation of councils makes, in sentences."""
    after = ", ".join(successor.name for successor in authority.successors.all())
    if authority.closed_on:
        yield f"{authority.name} ended in {authority.closed_on:%B %Y}. What followed: {after}."
    for before in authority.predecessors.all():
        yield f"Up to {before.closed_on:%B %Y} all or a part of this area belonged to {before.name}, which has figures of its own."


def places_by_region() -> list[tuple[Place, list[Place]]]:
    """Every region with its authorities, today's first and former ones last. One query."""
    found: dict[str, tuple[Place, list[Place]]] = {}
    for authority in LocalAuthority.objects.select_related("region").order_by("region__name", "closed_on", "name"):
        region = Place(REGIONAL, authority.region.code, authority.region.name, authority.region.slug)
        name = f"{authority.name} (until {authority.closed_on:%B %Y})" if authority.closed_on else authority.name
        place = Place(AUTHORITY, authority.code, name, authority.code)
        found.setdefault(region.code, (region, []))[1].append(place)
    return [(region, sorted(places, key=lambda place: (place.name.endswith(")"), place.name))) for region, places in found.values()]


def names_of_authorities() -> dict[str, tuple[str, str]]:
    """Name and region name of each authority by code. One query."""
    rows = LocalAuthority.objects.values_list("code", "name", "region__name")
    return {code: (name, region) for code, name, region in rows}


Figures = dict[str, dict[str, dict[str, Cell]]]


def figures(metric: str, codes: Sequence[str]) -> Figures:
    """All figures of a metric for some areas: by area code, breakdown and period. One query."""
    found: Figures = {code: defaultdict(dict) for code in codes}
    rows = Observation.objects.filter(metric=metric, area_code__in=codes).order_by("period")
    for code, part, *cell in rows.values_list(
        "area_code", "breakdown", "period", "period_label", "value", "marker", "numerator", "denominator"
    ):
        found[code][part][cell[0]] = Cell(*cell)
    return found


def headline_figures(metrics: Iterable[str], codes: Sequence[str]) -> dict[str, Figures]:
    """The undivided figures of several metrics for some areas, by metric. One query."""
    found: dict[str, Figures] = {metric: {code: {"": {}} for code in codes} for metric in metrics}
    rows = Observation.objects.filter(metric__in=list(found), area_code__in=codes, breakdown="").order_by("period")
    for metric, code, *cell in rows.values_list(
        "metric", "area_code", "period", "period_label", "value", "marker", "numerator", "denominator"
    ):
        found[metric][code][""][cell[0]] = Cell(*cell)
    return found


def spread_of(metric: str, period: str, part: str = "") -> dict[str, Decimal]:
    """The value of each authority that has one in a period, by code. One query."""
    rows = Observation.objects.filter(metric=metric, period=period, level=AUTHORITY, breakdown=part, value__isnull=False)
    return dict(rows.values_list("area_code", "value"))


def spreads(periods: dict[str, str]) -> dict[str, dict[str, Decimal]]:
    """The same for several metrics, each in a period of its own: by metric, then by code. One query."""
    found: dict[str, dict[str, Decimal]] = {metric: {} for metric in periods}
    rows = Observation.objects.filter(
        metric__in=list(periods), period__in=set(periods.values()), level=AUTHORITY, breakdown="", value__isnull=False
    )
    for metric, period, code, value in rows.values_list("metric", "period", "area_code", "value"):
        if periods[metric] == period:
            found[metric][code] = value
    return found


def rows_for_download(metric: Metric) -> Iterator[dict]:
    """Every row of a metric in the columns of the open data, a few at a time. Two queries."""
    names = {code: name for code, (name, _) in names_of_authorities().items()}
    larger = dict(Region.objects.values_list("code", "name"))
    larger |= {ENGLAND.code: ENGLAND.name, "E13000001": "Inner London", "E13000002": "Outer London"}
    rows = Observation.objects.filter(metric=metric.code).order_by("period", "level", "area_code", "breakdown")
    fields = ("area_code", "level", "period", "breakdown", "value", "marker", "numerator", "denominator", "as_at")
    for row in rows.values(*fields).iterator(chunk_size=2_000):
        kept = names if row["level"] == AUTHORITY else larger
        yield row | {"area_name": kept.get(row["area_code"], row["area_code"]), "source": str(metric.source)}


LEVEL_ORDER = (NATIONAL, REGIONAL, PART, AUTHORITY)
