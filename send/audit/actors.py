"""Who acts: a person for an organisation in a role, or the service itself under a name."""

from dataclasses import dataclass
from uuid import UUID

from send.accounts.models import User
from send.accounts.selectors import memberships_on
from send.clock import today


@dataclass(frozen=True)
class SystemActor:
    """The service acting by itself, under a name that people read ("deadline watch")."""

    name: str


def system(name: str) -> SystemActor:
    """The service itself, as `by`."""
    return SystemActor(name)


@dataclass(frozen=True)
class Acting:
    """An actor as the trail keeps them. `organisation` is a UUID; names are words for readers, kept where they can be erased."""

    kind: str
    id: int | None = None
    uuid: UUID | None = None
    name: str = ""
    role: str = ""
    organisation: UUID | None = None
    organisation_name: str = ""


def acting(by, *, role: str = "", organisation=None) -> Acting:
    """`by` as the trail keeps them; without a role or an organisation, those of their own current membership."""
    if isinstance(by, SystemActor):
        return Acting("system", name=by.name, role=role, **_named(organisation))
    if not isinstance(by, User):
        return Acting("nobody", role=role, **_named(organisation))
    if organisation is None:
        role, known = _membership(by, role)
    else:
        known = _named(organisation)
    return Acting("user", id=by.pk, uuid=by.uuid, name=by.name or by.email, role=str(role), **known)


def _named(organisation) -> dict:
    if organisation is None:
        return {}
    return {"organisation": organisation.uuid, "organisation_name": organisation.name}


def _membership(by: User, role: str) -> tuple[str, dict]:
    """The person's own membership, in that role where one is named; families have none. Costs a query once a request."""
    rows = memberships_on(by, today())
    row = next((row for row in rows if not role or row.role == role), None)
    return (role or row.role, _named(row.organisation)) if row else (role, {})
