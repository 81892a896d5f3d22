"""The page beside the published figures: the latest snapshot for everybody signed in, live counts for an authority's own people."""

from datetime import date

from django.http import Http404

from dashboards.casework import Counts, counts_by_authority
from dashboards.models import Snapshot
from dashboards.suppression import MEANINGS
from send.accounts.models import User
from send.accounts.roles import Role
from send.accounts.selectors import memberships_on, roles_of

OWN_PEOPLE = frozenset({Role.CASE_OFFICER, Role.SEND_MANAGER})
COLUMNS = {
    "plans_issued": "Plans issued",
    "plans_within": "Within 20 weeks",
    "plans_within_share": "Within 20 weeks (%)",
    "requests_open": "Requests open",
    "requests_late": "Of these, late",
}


def page_for(user: User, *, on: date) -> dict:
    """The snapshot and, for case officers and managers, the live counts of their own authorities. Raises Http404 for a machine."""
    if roles_of(user, on) == {Role.SCHOOL_MIS_API}:
        raise Http404
    snapshot = Snapshot.objects.order_by("-number").first()
    return {
        "snapshot": snapshot,
        "columns": list(COLUMNS.values()),
        "rows": _rows(snapshot) if snapshot else [],
        "meanings": MEANINGS,
        "own": _own(user, on),
        "today": on,
    }


def _rows(snapshot: Snapshot) -> list[dict]:
    """England first, then the regions by name. What is printed is the published value or its symbol, never a true figure."""
    places: dict[str, dict[str, str]] = {"England": {}}
    cells = snapshot.cells.order_by("region__name", "metric").values_list("region__name", "metric", "value", "marker")
    for region, metric, value, marker in cells:
        places.setdefault(region or "England", {})[metric] = marker or _printed(metric, value)
    return [{"name": name, "cells": [found[metric] for metric in COLUMNS]} for name, found in places.items()]


def _printed(metric: str, value) -> str:
    return f"{value:.1f}%" if metric.endswith("_share") else f"{value:,.0f}"


def _own(user: User, on: date) -> list[dict]:
    """True counts of the authorities that the person works for as case officer or manager; no others are asked for."""
    mine = {held.organisation_id: held.organisation.name for held in memberships_on(user, on) if held.role in OWN_PEOPLE}
    if not mine:
        return []
    counts = counts_by_authority(on=on, authorities=mine)
    return [{"name": name, "counts": counts.get(pk, Counts())} for pk, name in sorted(mine.items(), key=lambda item: item[1])]
