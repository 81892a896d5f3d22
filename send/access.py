"""The one door to permissions.

Each app keeps a table: role -> permission -> grant, readable by a manager beside the access matrix it must equal. A
grant says on which conditions; a role's *reach* says whose cases a person in that role can come near at all. Pages,
API, files, search, exports and jobs all ask here, with today's date: a link, membership or restriction that starts or
ends works on the next request.

Someone else's case is 'not found', never 'forbidden': who may not know is answered 404, who may know but not do is
answered 403.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet, Value
from django.db.models.fields import CharField
from django.http import Http404

from send import clock
from send.accounts.roles import Role
from send.audit import services as audit

Condition = Callable[[Any, Any, date], bool]
Reach = Callable[[Any, date], QuerySet]


@dataclass(frozen=True)
class Grant:
    """A permission of a role: within the role's reach, and only while every named condition holds."""

    conditions: tuple[str, ...] = ()


def when(*conditions: str) -> Grant:
    """Write one cell of a grant table."""
    return Grant(conditions)


class Registry:
    """What the apps have registered: grants, reaches and conditions."""

    def __init__(self) -> None:
        self.grants: dict[Role, dict[str, Grant]] = {role: {} for role in Role}
        self.reaches: dict[Role, Reach] = {}
        self.conditions: dict[str, Condition] = {}
        self.knowing: set[str] = set()

    def add(
        self,
        *,
        grants: Mapping[Role, Mapping[str, Grant]] | None = None,
        reaches: Mapping[Role, Reach] | None = None,
        conditions: Mapping[str, Condition] | None = None,
        knowing: Iterable[str] = (),
    ) -> None:
        """Register an app's tables (from its `apps.py`). `knowing`: permissions whose holder may know the thing exists."""
        for role, cells in (grants or {}).items():
            clash = self.grants[role].keys() & cells.keys()
            if clash:
                raise ValueError(f"granted twice: {role} {sorted(clash)}")
            self.grants[role].update(cells)
        self.reaches.update(reaches or {})
        self.conditions.update(conditions or {})
        self.knowing.update(knowing)


registry = Registry()


def roles_near(actor, subject, *, on: date | None = None) -> frozenset[Role]:
    """The roles in which this person reaches the case of `subject` today. One query, remembered for this request's objects."""
    if not _is_somebody(actor):
        return frozenset()
    case, on = subject.case, on or clock.today()
    remembered = actor.__dict__.setdefault("_roles_near", {})
    key = (case._meta.label, case.pk, on)
    if key not in remembered:
        remembered[key] = frozenset(Role(value) for value in _near_query(actor, case, on))
    return remembered[key]


def _near_query(actor, case, on: date) -> list[str]:
    """Which reaches hold this one case: a union of narrow look-ups, one for each role."""
    parts = [
        reach(actor, on)
        .filter(pk=case.pk)
        .order_by()
        .annotate(near=Value(role.value, output_field=CharField()))
        .values_list("near", flat=True)
        for role, reach in registry.reaches.items()
    ]
    return list(parts[0].union(*parts[1:])) if parts else []


def forget(actor) -> None:
    """Drop what was remembered for this person: something about their access has just been changed."""
    actor.__dict__.pop("_roles_near", None)


def allowed(actor, perm: str, subject, *, on: date | None = None) -> bool:
    """May this person do this to this thing, today? Never raises; logs nothing."""
    on = on or clock.today()
    return any(_grant_holds(role, actor, perm, subject, on) for role in roles_near(actor, subject, on=on))


def _grant_holds(role: Role, actor, perm: str, subject, on: date) -> bool:
    grant = registry.grants[role].get(perm)
    return grant is not None and all(registry.conditions[name](actor, subject, on) for name in grant.conditions)


def role_for(actor, perm: str, subject, *, on: date | None = None) -> Role | None:
    """The role in which this person may do it: what the audit trail writes down. None if they may not."""
    on = on or clock.today()
    return next(
        (role for role in Role if role in roles_near(actor, subject, on=on) and _grant_holds(role, actor, perm, subject, on)), None
    )


def require(actor, perm: str, subject, *, on: date | None = None) -> Role:
    """The role in which this person may do it.

    Raises Http404 if they may not know that it exists, PermissionDenied if they may know but not do. Both are logged.
    """
    role = role_for(actor, perm, subject, on=on)
    if role is not None:
        return role
    audit.denied(str(perm), by=actor, subject_reference=subject.case.audit_reference)
    if any(allowed(actor, known, subject, on=on) for known in registry.knowing):
        raise PermissionDenied("You can see this, but your role does not allow that step.")
    raise Http404


def visible(actor, perm: str, queryset: QuerySet, *, on: date | None = None) -> QuerySet:
    """The cases of `queryset` on which this person has `perm`: a union of narrow id look-ups, never one grant a case.

    A grant with conditions of its own is asked of one thing at a time, so it opens no list.
    """
    if not _is_somebody(actor):
        return queryset.none()
    on = on or clock.today()
    parts = [
        reach(actor, on).order_by().values("pk")
        for role, reach in registry.reaches.items()
        if (grant := registry.grants[role].get(perm)) is not None and not grant.conditions
    ]
    if not parts:
        return queryset.none()
    return queryset.filter(pk__in=parts[0].union(*parts[1:]) if len(parts) > 1 else parts[0])


def _is_somebody(actor) -> bool:
    return actor is not None and getattr(actor, "is_authenticated", False) and getattr(actor, "is_active", True)
