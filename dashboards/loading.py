"""Loads the published series into the database. Running it twice is the same as running it once.

`load()` is called by `load_reference`, after the organisations. It fails, and changes nothing, when a publisher's row names an
area that the register and its aliases do not know.
"""

import hashlib
import inspect
from collections import defaultdict
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from django.db import transaction

from dashboards import metrics, periods, reading, series
from dashboards.areas import AUTHORITY, LONDON, NATIONAL, PART, Area, Areas
from dashboards.models import Load, Observation
from dashboards.periods import label_of
from send import clock
from send.organisations.models import AuthorityAlias, LocalAuthority, Region
from send.organisations.names import Alias, AuthorityNames

BATCH = 2_000


def stamp_of(folder: Path = reading.DATA) -> str:
    """A fingerprint of the files and of the tables and code they are read with."""
    digest = hashlib.sha256()
    for path in reading.source_files(folder):
        digest.update(path.name.encode() + path.read_bytes())
    for module in (metrics, series, periods, reading):
        digest.update(inspect.getsource(module).encode())
    return digest.hexdigest()


def load(*, say: Callable[[str], object] = lambda line: None, folder: Path = reading.DATA) -> Load:
    """Bring the published series into line with the files beside this module, and say how far it is.

    Raises UnknownArea, UnknownAuthority, UnknownMarker or ValueError on a row that cannot be read; then nothing has changed.
    """
    stamp = stamp_of(folder)
    current = Load.objects.order_by("-loaded_at", "-pk").first()
    if current and current.stamp == stamp:
        say(f"Published series: nothing new ({_rows_in(current):,} figures)")
        return current
    with transaction.atomic():
        return _replace(stamp, folder, say)


def _rows_in(load: Load) -> int:
    return sum(entry["rows"] for entry in load.catalogue.values())


def _replace(stamp: str, folder: Path, say: Callable[[str], object]) -> Load:
    """Put every published figure in place of those before, and write down what each metric holds."""
    published = [code for code, metric in metrics.METRICS.items() if not metric.is_live]
    removed, _ = Observation.objects.filter(metric__in=published).delete()
    catalogue = _Catalogue()
    register = _Register()
    rows = (_row(catalogue.note(figure), register) for figure in reading.all_figures(register.areas, folder))
    done = 0
    while batch := list(islice(rows, BATCH)):
        Observation.objects.bulk_create(batch)
        done += len(batch)
        if done % (BATCH * 5) == 0:
            say(f"Published series: {done:,} figures")
    Load.objects.all().delete()
    say(f"Published series: {done:,} figures of {len(catalogue.entries)} measures ({removed:,} replaced)")
    return Load.objects.create(stamp=stamp, loaded_at=clock.now(), catalogue=catalogue.as_json())


class _Register:
    """The authorities and regions of the register: finds the area of a published row, and the keys of an area."""

    def __init__(self):
        fields = ("pk", "code", "name", "region_id")
        self.authorities = {
            code: (Area(AUTHORITY, code, name), pk, region) for pk, code, name, region in _all(LocalAuthority, *fields)
        }
        self.regions = dict(_all(Region, "code", "pk"))
        self.areas = Areas(
            authorities={pk: area for area, pk, _ in self.authorities.values()},
            names=AuthorityNames(Alias(*row) for row in _all(AuthorityAlias, "text", "authority_id", "starts_on", "ends_on")),
            regions=dict(_all(Region, "code", "name")),
        )

    def keys_of(self, area: Area) -> tuple[int | None, int | None]:
        """The keys of its authority and of its region, None where it has none."""
        if area.level == AUTHORITY:
            return self.authorities[area.code][1:]
        if area.level == NATIONAL:
            return None, None
        return None, self.regions[LONDON if area.level == PART else area.code]


def _all(model, *fields: str):
    return model.objects.order_by().values_list(*fields)


def _row(figure: reading.Figure, register: _Register) -> Observation:
    authority, region = register.keys_of(figure.area)
    return Observation(
        metric=figure.metric, level=figure.area.level, area_code=figure.area.code, authority_id=authority, region_id=region,
        period=figure.period, period_label=label_of(figure.period), breakdown=figure.breakdown, value=figure.value,
        marker=figure.marker, numerator=figure.numerator, denominator=figure.denominator,
        as_at=metrics.METRICS[figure.metric].source.as_at,
    )  # fmt: skip


class _Catalogue:
    """What each metric turned out to hold, for the index, the pages and the caches."""

    def __init__(self):
        self.entries = defaultdict(lambda: {"rows": 0, "periods": set(), "levels": set(), "breakdowns": {}})

    def note(self, figure: reading.Figure) -> reading.Figure:
        entry = self.entries[figure.metric]
        entry["rows"] += 1
        entry["levels"].add(figure.area.level)
        entry["breakdowns"][figure.breakdown] = None
        if figure.value is not None:
            entry["periods"].add(figure.period)
        return figure

    def as_json(self) -> dict:
        return {
            code: {
                "rows": entry["rows"],
                "periods": sorted(entry["periods"]),
                "levels": sorted(entry["levels"]),
                "breakdowns": [part for part in entry["breakdowns"] if part],
            }
            for code, entry in self.entries.items()
        }
