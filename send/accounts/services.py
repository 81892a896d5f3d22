"""The verbs of accounts: invite, accept, approve, end, cover. The only writer of memberships and invitations.

A membership is what a member of staff stands on; whoever gives one may not give it to themselves, and a manager's needs two.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.core.validators import validate_email
from django.db import transaction
from django.http import Http404

from send.accounts import invitations, selectors
from send.accounts.granting import NEEDS_SECOND_PERSON, roles_of_kind
from send.accounts.models import Cover, Invitation, Membership, MembershipProposal, User
from send.accounts.roles import Role
from send.accounts.sessions import end_sessions
from send.audit.actors import SystemActor
from send.audit.services import record
from send.errors import NotAllowed, RuleBroken
from send.models import new_uuid
from send.notifications.services import Recipient, tell
from send.organisations.models import Organisation

MEMBERSHIP = "membership"
CANNOT_BE_USED = (
    "This invitation cannot be used. It may have been used already, have run out, or be meant for another e-mail address. "
    "Ask the person who sent it for a new one."
)
_on_accept: dict[str, Callable] = {}


def on_accept(purpose: str, fn: Callable) -> None:
    """Name what happens when an invitation for `purpose` is accepted: `fn(invitation, user, on)`, in the same transaction.

    Raises ValueError if another function has the purpose.
    """
    if _on_accept.setdefault(purpose, fn) is not fn:
        raise ValueError(f"two meanings of an invitation for {purpose}")


@transaction.atomic
def invite(
    email: str, *, purpose: str, by: User | SystemActor, at: datetime, name: str = "", organisation: Organisation | None = None,
    role: str = "", job_title: str = "", is_administrator: bool = False, about_uuid=None,
    valid_for: timedelta = invitations.VALID_FOR,
) -> Invitation:  # fmt: skip
    """Send one address a link that works once. The app that owns the purpose has checked that `by` may invite.

    Raises ValidationError for an address that is none, ValueError for a purpose nobody registered.
    """
    validate_email(email)
    if purpose not in _on_accept:
        raise ValueError(f"nobody knows what an invitation for {purpose} does")
    uuid = new_uuid()
    invitation = Invitation.objects.create(
        uuid=uuid, token_hash=invitations.hash_of(invitations.token_for(uuid)), email=email.lower(), name=name, purpose=purpose,
        about_uuid=about_uuid, organisation=organisation, role=role, job_title=job_title, is_administrator=is_administrator,
        invited_by=by if isinstance(by, User) else None, invited_at=at, expires_at=at + valid_for,
    )  # fmt: skip
    record("accounts.invite", by=by, subject=invitation, change={"purpose": purpose, "role": role, "invitation": uuid})
    tell("accounts_invitation", to=Recipient(name, email=invitation.email), about=invitation)
    return invitation


def invite_member(
    email: str, *, organisation: Organisation, role: str, by: User, on: date, at: datetime, name: str = "", job_title: str = "",
    is_administrator: bool = False,
) -> Invitation:  # fmt: skip
    """An administrator of an organisation invites one of its people.

    Raises PermissionDenied if `by` does not administer it, RuleBroken for themselves or for a role it may not give.
    """
    _require_administrator(by, organisation, on)
    if email.lower() == by.email.lower():
        raise RuleBroken("You cannot give yourself a role. Ask another administrator.")
    if role not in roles_of_kind(organisation.kind):
        raise RuleBroken("Your organisation cannot give this role.")
    return invite(
        email, purpose=MEMBERSHIP, by=by, at=at, name=name, organisation=organisation, role=role, job_title=job_title,
        is_administrator=is_administrator,
    )  # fmt: skip


def accept(token: str, user: User, *, on: date, at: datetime) -> Invitation:
    """Use an invitation: once, in time, and by the person with the address it was sent to.

    Raises RuleBroken otherwise, always in the same words; the refusal is kept and the sender is told.
    """
    with transaction.atomic():
        invitation = Invitation.objects.select_for_update().filter(token_hash=invitations.hash_of(token)).first()
        is_usable = invitation is not None and invitation.is_open(at) and selectors.has_address(user, invitation.email)
        if is_usable:
            _use(invitation, user, on=on, at=at)
        elif invitation is not None:
            _note_refusal(invitation, user)
    if not is_usable:
        raise RuleBroken(CANNOT_BE_USED)
    return invitation


@transaction.atomic
def withdraw_invitation(uuid, *, by: User, on: date, at: datetime) -> Invitation:
    """An administrator takes an open invitation of the organisation back. Raises Http404, or NotAllowed when it is not open."""
    invitation = Invitation.objects.select_for_update().filter(uuid=uuid, organisation__isnull=False).first()
    if invitation is None or not selectors.administers_organisation(by, invitation.organisation_id, on):
        raise Http404
    if not invitation.is_open(at):
        raise NotAllowed("This invitation was used, taken back or has run out already.")
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    record("accounts.withdraw_invitation", by=by, subject=invitation, change={"invitation": invitation.uuid})
    return invitation


@transaction.atomic
def decide_proposal(uuid, *, approve: bool, by: User, on: date, at: datetime) -> MembershipProposal:
    """A second administrator approves or refuses a proposed membership.

    Raises Http404 for another organisation's, RuleBroken for the proposer and for the person themselves.
    """
    proposal = MembershipProposal.objects.select_for_update().filter(uuid=uuid, decided_at__isnull=True).first()
    if proposal is None or not selectors.administers_organisation(by, proposal.organisation_id, on):
        raise Http404
    if by.pk in {proposal.proposed_by_id, proposal.user_id}:
        raise RuleBroken("A second person must decide this: not the one who proposed it, and not the one it is for.")
    proposal.decided_by, proposal.decided_at, proposal.is_approved = by, at, approve
    proposal.save(update_fields=["decided_by", "decided_at", "is_approved"])
    record(
        "accounts.decide_proposal", by=by, subject=proposal.organisation,
        change={"role": proposal.role, "person": proposal.user.uuid, "approved": approve},
    )  # fmt: skip
    if approve:
        _grant(proposal, user=proposal.user, granted_by=by, on=on, by=by)
    return proposal


@transaction.atomic
def end_membership(uuid, *, by: User, on: date, at: datetime, why: str = "") -> Membership:
    """An administrator ends a person's membership now: their sessions end, and with them all it gave.

    Raises Http404 for another organisation's, NotAllowed when it has ended, RuleBroken for one's own.
    """
    membership = Membership.objects.select_for_update().filter(uuid=uuid).select_related("organisation", "user").first()
    if membership is None or not selectors.administers_organisation(by, membership.organisation_id, on):
        raise Http404
    if membership.user_id == by.pk:
        raise RuleBroken("You cannot end your own membership. Ask another administrator.")
    if membership.ended_at is not None or (membership.ends_on is not None and membership.ends_on < on):
        raise NotAllowed("This membership has ended already.")
    # its last day was yesterday, so that nothing is left of today; one that began today is told by `ended_at`
    membership.ended_at, membership.ends_on = at, max(on - timedelta(days=1), membership.starts_on)
    membership.save(update_fields=["ended_at", "ends_on"])
    end_sessions(membership.user)
    record(
        "accounts.end_membership", by=by, subject=membership.organisation, why=why,
        change={"role": membership.role, "person": membership.user.uuid},
    )  # fmt: skip
    return membership


@transaction.atomic
def record_cover(
    *, organisation: Organisation, covered: User, covering: User, starts_on: date, ends_on: date, by: User, on: date, at: datetime
) -> Cover:
    """A SEND manager records who does an officer's work while they are away, both days included.

    Raises PermissionDenied for anybody else, RuleBroken unless both are officers there and the days are in order.
    """
    if organisation.pk not in selectors.organisations_as(by, {Role.SEND_MANAGER}, on):
        raise PermissionDenied
    if covered == covering or ends_on < starts_on:
        raise RuleBroken("Choose two different people, and a last day that is not before the first.")
    officers = {person.pk for person in selectors.officers_of(organisation, on=on)}
    if not {covered.pk, covering.pk} <= officers:
        raise RuleBroken("Both people must be case officers or managers of your organisation.")
    cover = Cover.objects.create(
        organisation=organisation,
        covered=covered,
        covering=covering,
        starts_on=starts_on,
        ends_on=ends_on,
        recorded_by=by,
        recorded_at=at,
    )
    record(
        "accounts.record_cover", by=by, subject=organisation,
        change={"covered": covered.uuid, "covering": covering.uuid, "starts_on": starts_on, "ends_on": ends_on},
    )  # fmt: skip
    return cover


def _require_administrator(by: User, organisation: Organisation, on: date) -> None:
    if not selectors.administers_organisation(by, organisation.pk, on):
        raise PermissionDenied


def _use(invitation: Invitation, user: User, *, on: date, at: datetime) -> None:
    invitation.used_at, invitation.used_by = at, user
    invitation.save(update_fields=["used_at", "used_by"])
    record(
        "accounts.accept_invitation", by=user, subject=invitation, change={"purpose": invitation.purpose, "role": invitation.role}
    )
    _on_accept[invitation.purpose](invitation, user, on)


def _note_refusal(invitation: Invitation, user: User) -> None:
    record("accounts.refuse_invitation", by=user, subject=invitation, change={"invitation": invitation.uuid})
    if invitation.invited_by is not None:
        tell("accounts_invitation_refused", to=invitation.invited_by, about=invitation)


def _join(invitation: Invitation, user: User, on: date) -> None:
    """What accepting an invitation for a membership does: the membership, or the proposal of one that needs two people."""
    if selectors.has_open_membership(user, invitation.organisation_id, invitation.role):
        raise RuleBroken("You have this role already.")
    if Role(invitation.role) not in NEEDS_SECOND_PERSON or invitation.invited_by is None:
        _grant(invitation, user=user, granted_by=invitation.invited_by, on=on, by=user)
        return
    MembershipProposal.objects.get_or_create(
        user=user, organisation=invitation.organisation, role=invitation.role, decided_at=None,
        defaults={
            "job_title": invitation.job_title, "is_administrator": invitation.is_administrator,
            "proposed_by": invitation.invited_by, "proposed_at": invitation.used_at,
        },
    )  # fmt: skip


def _grant(offer: Invitation | MembershipProposal, *, user: User, granted_by: User | None, on: date, by: User) -> Membership:
    membership = Membership.objects.create(
        user=user, organisation=offer.organisation, role=offer.role, job_title=offer.job_title,
        is_administrator=offer.is_administrator, starts_on=on, granted_by=granted_by,
    )  # fmt: skip
    selectors.forget_memberships(user)
    record(
        "accounts.grant_membership", by=by, subject=offer.organisation, organisation=offer.organisation,
        change={"role": offer.role, "person": user.uuid, "administrator": offer.is_administrator},
    )  # fmt: skip
    return membership


on_accept(MEMBERSHIP, _join)
