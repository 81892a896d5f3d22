"""What the casework of the service counts to: true figures, grouped by the database. One question for each table of events.

True figures stay inside the authority that they belong to. Everybody else reads a snapshot (`snapshots.py`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, OuterRef, Q, Subquery

from ehcp.models import Case, CaseDeadline, CaseEvent
from ehcp.states import OPEN
from ehcp.timeline import Fact
from send.calendar import MonthsAfter

TWENTY_WEEKS = "final_plan_20w"


@dataclass(frozen=True)
class Counts:
    """Casework of one area on a day. The parts never exceed their whole."""

    issued: int = 0
    within: int = 0
    open: int = 0
    late: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.issued + other.issued, self.within + other.within, self.open + other.open, self.late + other.late)


def counts_by_authority(*, on: date, authorities: Iterable[int] | None = None) -> dict[int, Counts]:
    """Counts of each authority that has any, by its id; three queries, whatever the size.

    Plans: first final plans issued in the twelve months to `on`, inclusive; within 20 weeks counts the last day (SEND Regs 2014
    reg 13(2)); plans to which an exception applied count too. Late: open requests past that day without a recorded exception, so
    one that was withdrawn or otherwise ended is never late.
    """
    mine = Q() if authorities is None else Q(authority__in=list(authorities))
    issued = _plans_issued(mine, on)
    waiting = dict(Case.objects.filter(mine, state__in=OPEN).values_list("authority").annotate(n=Count("pk")).order_by())
    late = dict(_late(mine, on).values_list("authority").annotate(n=Count("pk")).order_by())
    return {
        authority: Counts(*issued.get(authority, (0, 0)), waiting.get(authority, 0), late.get(authority, 0))
        for authority in issued.keys() | waiting.keys()
    }


def _plans_issued(mine: Q, on: date) -> dict[int, tuple[int, int]]:
    """How many plans each authority issued, and how many of them in time."""
    finals = CaseEvent.objects.filter(case=OuterRef("case"), kind=Fact.PLAN_FINALISED).order_by("on", "id")
    rows = (
        CaseDeadline.objects.filter(mine, code=TWENTY_WEEKS)
        .annotate(issued_on=Subquery(finals.values("on")[:1]))
        .filter(issued_on__gt=MonthsAfter(-12).after(on), issued_on__lte=on)
        .values_list("authority")
        .annotate(n=Count("pk"), in_time=Count("pk", filter=Q(issued_on__lte=F("due_on"))))
        .order_by()
    )
    return {authority: (n, in_time) for authority, n, in_time in rows}


def _late(mine: Q, on: date):
    return CaseDeadline.objects.filter(
        mine, code=TWENTY_WEEKS, met_on__isnull=True, lifted_under="", due_on__lt=on, case__state__in=OPEN
    )
