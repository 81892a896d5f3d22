"""Questions to the trail: who looked at a record."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count
from django.db.models.functions import TruncDate

from send.accounts.roles import FAMILY, LABELS, Role
from send.audit.models import ActorKind, ReadEvent
from send.clock import LONDON


@dataclass(frozen=True)
class Look:
    """One organisation, in one role, on one day in England: how many times it looked."""

    on: date
    organisation: str
    role: str
    times: int


def who_looked(subject: UUID, *, limit: int = 200) -> list[Look]:
    """Which organisations and roles opened this record, latest day first, for the family: no names of staff.

    Looks under a safeguarding or serious-harm marker are withheld; the family's own, and another parent's, are not told.
    """
    looks = ReadEvent.objects.filter(subjects__subject=subject, outcome=ReadEvent.Outcome.SEEN, withheld=False)
    looks = looks.exclude(role__in=FAMILY).exclude(actor_kind=ActorKind.USER, organisation=None)
    looks = looks.annotate(on=TruncDate("at", tzinfo=LONDON))
    rows = looks.values("on", "organisation_name", "role").annotate(times=Count("id")).order_by("-on", "organisation_name", "role")
    return [Look(row["on"], row["organisation_name"] or "The service", _label(row["role"]), row["times"]) for row in rows[:limit]]


def _label(role: str) -> str:
    return LABELS[Role(role)] if role in set(Role) else role
