"""Questions about people who sign in: what they are, for whom, on a day."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet
from django.http import Http404

from send.accounts.models import Cover, Invitation, Membership, MembershipProposal, User
from send.accounts.roles import STAFF, Role
from send.organisations.models import Organisation


def memberships_on(user: User, on: date) -> list[Membership]:
    """Memberships in force on a day, with their organisations; none for a person who may not sign in.

    One query for one user object, which lives as long as its request: an ended membership ends access on the next request.
    """
    known = user.__dict__.setdefault("_memberships_on", {})
    if on not in known:
        known[on] = list(_in_force(on).filter(user=user).select_related("organisation")) if user.is_active else []
    return known[on]


def forget_memberships(user: User) -> None:
    """Ask the database again: for the service that has just changed them."""
    user.__dict__.pop("_memberships_on", None)


def roles_of(user: User, on: date) -> frozenset[Role]:
    """The roles of the memberships in force on a day. Families have none: theirs hang on links to children."""
    return frozenset(Role(membership.role) for membership in memberships_on(user, on))


def is_staff_member(user: User, on: date) -> bool:
    """Whether the person is here for an organisation on that day."""
    return bool(roles_of(user, on) & STAFF)


def organisations_as(user: User, roles: Iterable[Role], on: date) -> list[int]:
    """Ids of the organisations for which the person has one of these roles on a day."""
    wanted = {role.value for role in roles}
    return [membership.organisation_id for membership in memberships_on(user, on) if membership.role in wanted]


def administers(user: User, on: date) -> list[Membership]:
    """The person's memberships through which they manage an organisation's own people on a day."""
    return [membership for membership in memberships_on(user, on) if membership.is_administrator]


def administers_organisation(user: User, organisation_id: int, on: date) -> bool:
    """Whether the person may manage the people of this organisation on a day."""
    return any(membership.organisation_id == organisation_id for membership in administers(user, on))


def has_address(user: User, email: str) -> bool:
    """Whether the person has shown that they read the mail of this address."""
    return EmailAddress.objects.filter(user=user, email__iexact=email, verified=True).exists()


def has_second_factor(user: User) -> bool:
    """Whether the person has an authenticator app."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def has_open_membership(user: User, organisation_id: int, role: str) -> bool:
    """Whether the person holds this role there without a last day."""
    return Membership.objects.filter(user=user, organisation_id=organisation_id, role=role, ends_on__isnull=True).exists()


def people_of(organisation: Organisation, *, on: date) -> QuerySet[Membership]:
    """The memberships of an organisation in force on a day, by name."""
    return _in_force(on).filter(organisation=organisation).select_related("user").order_by("user__name", "pk")


def organisations_administered(user: User, on: date) -> list[Organisation]:
    """The organisations whose people this person manages on a day, each once, by name."""
    found = {membership.organisation_id: membership.organisation for membership in administers(user, on)}
    return sorted(found.values(), key=lambda organisation: organisation.name)


def organisation_administered(user: User, *, uuid: UUID, on: date) -> Organisation:
    """One of them. Raises Http404 for any other."""
    return _one(organisations_administered(user, on), uuid)


def organisation_managed(user: User, *, uuid: UUID, on: date) -> Organisation:
    """An authority in which this person is a SEND manager on a day. Raises Http404 for any other."""
    mine = [membership.organisation for membership in memberships_on(user, on) if membership.role == Role.SEND_MANAGER]
    return _one(mine, uuid)


def membership_administered(user: User, *, uuid: UUID, on: date) -> Membership:
    """A membership in force in one of these organisations. Raises Http404 for any other."""
    rows = _in_force(on).filter(organisation__in=organisations_administered(user, on), uuid=uuid)
    membership = rows.select_related("user", "organisation").first()
    if membership is None:
        raise Http404
    return membership


def officers_of(organisation: Organisation, *, on: date) -> QuerySet[User]:
    """The case officers and managers of an authority on a day, by name."""
    rows = _in_force(on).filter(organisation=organisation, role__in=[Role.CASE_OFFICER.value, Role.SEND_MANAGER.value])
    return User.objects.filter(pk__in=rows.values("user")).order_by("name")


def open_invitations(organisation: Organisation, *, at: datetime) -> QuerySet[Invitation]:
    """Invitations to an organisation that can still be used, the latest first."""
    rows = Invitation.objects.filter(organisation=organisation, used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at)
    return rows.order_by("-invited_at")


def open_proposals(organisation: Organisation) -> QuerySet[MembershipProposal]:
    """Proposed memberships that wait for a second person."""
    rows = MembershipProposal.objects.filter(organisation=organisation, decided_at__isnull=True)
    return rows.select_related("user", "proposed_by").order_by("proposed_at")


def covered_by(user: User, on: date) -> QuerySet[Cover]:
    """The officers whose work this person does on a day, one row each, with the organisation it is for."""
    return Cover.objects.filter(covering=user, starts_on__lte=on, ends_on__gte=on).select_related("covered", "organisation")


def covers_in(organisation: Organisation, *, on: date) -> QuerySet[Cover]:
    """Cover that is in force or to come in an organisation."""
    rows = Cover.objects.filter(organisation=organisation, ends_on__gte=on)
    return rows.select_related("covered", "covering").order_by("starts_on", "pk")


def _in_force(on: date) -> QuerySet[Membership]:
    last_day = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    return Membership.objects.filter(last_day, starts_on__lte=on, ended_at__isnull=True).order_by("pk")


def _one(organisations: list[Organisation], uuid: UUID) -> Organisation:
    for organisation in organisations:
        if organisation.uuid == uuid:
            return organisation
    raise Http404
