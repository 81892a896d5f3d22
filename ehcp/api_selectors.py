"""What a school's records system is shown: the plans in force of pupils on its roll, and nothing of anybody else's."""

import base64
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from ehcp.models import ApiClient, PlanVersion, Provision
from ehcp.states import ENDED
from send.people.models import Enrolment

FIELDS = {
    "plan_id": F("case__uuid"),
    "reference": F("case__reference"),
    "upn": F("case__child__upn"),
    "given_names": F("case__child__given_names"),
    "family_name": F("case__child__family_name"),
    "date_of_birth": F("case__child__born_on"),
    "status": F("case__state"),
    "updated_at": F("case__changed_at"),
}
PROVISION_FIELDS = ("text", "delivered_by", "qualification", "minutes", "times", "period", "ratio", "starts", "until", "funded_by")


def on_roll(setting_id: int, on: date, child: str = "pk") -> Q:
    """A confirmed enrolment at that school on that day, both ends inclusive. The school's own claim is not enough."""
    rows = Enrolment.objects.filter(setting_id=setting_id, starts_on__lte=on, confirmed_by__isnull=False)
    return Q(**{f"{child}__in": rows.exclude(ends_on__lt=on).values("child_id")})


def plans_of(client: ApiClient, *, on: date) -> QuerySet[PlanVersion]:
    """The latest final version of each plan of a pupil on the client's roll that day."""
    later = PlanVersion.objects.filter(case=OuterRef("case"), state=PlanVersion.State.FINAL, number__gt=OuterRef("number"))
    finals = PlanVersion.objects.filter(on_roll(client.setting_id, on, "case__child"), state=PlanVersion.State.FINAL)
    return finals.filter(~Exists(later))


@dataclass(frozen=True)
class Cursor:
    """The last row that was read: where the next page begins, whatever has been added since."""

    at: datetime
    id: UUID

    def __str__(self) -> str:
        return base64.urlsafe_b64encode(f"{self.at.isoformat()}|{self.id}".encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """From the address. Raises ValueError for anything that is not one of ours."""
        at, _, uuid = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), b"-_", validate=True).decode().partition("|")
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None:
            raise ValueError("a moment without its zone")
        return cls(moment, UUID(uuid))


def plan_page(
    client: ApiClient, *, on: date, limit: int, updated_after: datetime | None = None, cursor: Cursor | None = None
) -> tuple[list[dict], Cursor | None]:
    """One page of plans by the moment they last changed, oldest first, and where the next begins. One query."""
    plans = plans_of(client, on=on)
    if updated_after:
        plans = plans.filter(case__changed_at__gt=updated_after)
    if cursor:
        plans = plans.filter(Q(case__changed_at__gt=cursor.at) | Q(case__changed_at=cursor.at, case__uuid__gt=cursor.id))
    rows = list(plans.order_by("case__changed_at", "case__uuid").values("issued_on", **FIELDS)[: limit + 1])
    page = [_row(row) for row in rows[:limit]]
    more = len(rows) > limit
    return page, Cursor(page[-1]["updated_at"], page[-1]["id"]) if more else None


def _row(row: dict) -> dict:
    return {"id": row.pop("plan_id"), **row, "status": _status(row["status"])}


def _status(state: str) -> str:
    return "ended" if state in ENDED else "in_force"


def plan_of(client: ApiClient, uuid: UUID, *, on: date) -> PlanVersion | None:
    """One plan by its identifier, or None where it is not of a pupil on the client's roll that day."""
    return plans_of(client, on=on).filter(case__uuid=uuid).select_related("case__child").first()


def plan_details(plan: PlanVersion) -> dict:
    """Status, dates and education provision (section F), and nothing else of the plan. One query."""
    lines = Provision.objects.filter(version=plan, section="F").order_by("position", "id")
    return {
        "id": plan.case.uuid,
        "reference": plan.case.reference,
        "version": plan.number,
        "status": _status(plan.case.state),
        "issued_on": plan.issued_on,
        "updated_at": plan.case.changed_at,
        "provision": [{"id": row.pop("line"), **row} for row in lines.values("line", *PROVISION_FIELDS)],
    }


def client_of(application_id: int | None, *, on: date) -> ApiClient | None:
    """The client of an OAuth application that may call on that day, or None. One query."""
    rows = ApiClient.objects.select_related("setting").filter(application_id=application_id)
    return rows.filter(starts_on__lte=on, ends_on__gte=on).first()
