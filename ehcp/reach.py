"""Whose cases a person can come near in each role: one narrow query each, asked afresh every time.

A reach carries what the access matrix says of the relation itself: caseload, cover, consent, a verified link without
a restriction, an open request for advice. `send.access` joins them.
"""

from datetime import date, timedelta
from functools import partial

from django.db.models import Exists, OuterRef, Q, QuerySet

from ehcp.models import AdviceRequest, Assignment, BreakGlass, Case, CaseGrant, PlanDocument, PlanVersion
from ehcp.permissions import Perm
from send import access, clock
from send.accounts.models import Membership
from send.accounts.roles import Role
from send.people.models import CapacityDecision, Link, Restriction, SharingChoice, StaffFamily

ADVICE_STAYS_READABLE = timedelta(weeks=6)  # after submission: access matrix


def current(on: date, prefix: str = "") -> Q:
    """Rows in force on that day, both ends inclusive."""
    return Q(**{f"{prefix}starts_on__lte": on}) & (Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": on}))


def parent_carer(actor, on: date) -> QuerySet[Case]:
    """A verified link without a restriction, while the rights are not the young person's, or they or a capacity decision say so."""
    links = Link.objects.filter(current(on), user_id=actor.pk)
    says_yes = SharingChoice.objects.filter(current(on), child=OuterRef("child"), user_id=actor.pk, may_see=True)
    acts_for = CapacityDecision.objects.filter(current(on), child=OuterRef("child"), representative_id=actor.pk)
    links = links.filter(Q(child__rights_pass_after__gte=on) | Exists(says_yes) | Exists(acts_for))
    links = links.exclude(Exists(_restricting(actor, on)))
    return Case.objects.filter(child_id__in=links.values("child_id"))


def _restricting(actor, on: date) -> QuerySet[Restriction]:
    """Restrictions in force: an expiry never reopens access, only two people lifting it do."""
    return Restriction.objects.filter(
        child=OuterRef("child"), user_id=actor.pk, scope=Restriction.Scope.ALL, starts_on__lte=on, lifted_at__isnull=True
    )


def young_person(actor, on: date) -> QuerySet[Case]:
    """Their own case, past the end of compulsory school age."""
    return Case.objects.filter(child__user_id=actor.pk, child__rights_pass_after__lt=on)


def helper(actor, on: date) -> QuerySet[Case]:
    """The family's invitation is in force. The grant is put there when it is accepted and taken away when it is withdrawn."""
    grants = CaseGrant.objects.filter(user_id=actor.pk, permission__codename="help_family")
    return Case.objects.filter(pk__in=grants.values("content_object_id"))


def adviser(role: Role, actor, on: date) -> QuerySet[Case]:
    """Asked for advice in this role, while the request is open or within six weeks of submission."""
    asked = AdviceRequest.objects.filter(user_id=actor.pk, role=role).filter(
        Q(state=AdviceRequest.State.ASKED) | Q(state=AdviceRequest.State.SUBMITTED, submitted_on__gte=on - ADVICE_STAYS_READABLE)
    )
    return Case.objects.filter(pk__in=asked.values("case_id"))


def case_officer(actor, on: date) -> QuerySet[Case]:
    """The authority's own case officer: caseload, or a glass that was broken less than four hours ago; never family."""
    offices = Membership.objects.filter(current(on), user_id=actor.pk, ended_at__isnull=True, role=Role.CASE_OFFICER)
    caseload = Assignment.objects.filter(current(on), user_id=actor.pk)
    broken = BreakGlass.objects.filter(user_id=actor.pk, closes_at__gt=clock.now())
    near = Case.objects.filter(authority_id__in=offices.values("organisation_id"))
    return _not_family(near.filter(Q(pk__in=caseload.values("case_id")) | Q(pk__in=broken.values("case_id"))), actor, on)


def send_manager(actor, on: date) -> QuerySet[Case]:
    """A manager: the cases of their team's officers and those that nobody holds yet; without a team, the authority's."""
    offices = Membership.objects.filter(current(on), user_id=actor.pk, ended_at__isnull=True, role=Role.SEND_MANAGER)
    whole = Q(authority_id__in=offices.filter(team="").values("organisation_id"))
    team_mate = Membership.objects.filter(
        current(on),
        ended_at__isnull=True,
        user=OuterRef("officer"),
        organisation=OuterRef("authority"),
        team__in=offices.exclude(team="").values("team"),
    )
    nobody = Q(officer__isnull=True, authority_id__in=offices.values("organisation_id"))
    return _not_family(Case.objects.filter(whole | nobody | Exists(team_mate)), actor, on)


def _not_family(cases: QuerySet[Case], actor, on: date) -> QuerySet[Case]:
    own = StaffFamily.objects.filter(current(on), user_id=actor.pk).values("child_id")
    return cases.filter(Q(child_id__isnull=True) | ~Q(child_id__in=own))


REACHES = {
    Role.PARENT_CARER: parent_carer,
    Role.YOUNG_PERSON: young_person,
    Role.SENDIASS_ADVISER: helper,
    **{
        role: partial(adviser, role)
        for role in (
            Role.SCHOOL_SENCO,
            Role.EDUCATIONAL_PSYCHOLOGIST,
            Role.HEALTH_PROFESSIONAL,
            Role.SOCIAL_CARE_PROFESSIONAL,
        )
    },
    Role.CASE_OFFICER: case_officer,
    Role.SEND_MANAGER: send_manager,
}


def draft_was_served(actor, subject, on: date) -> bool:
    """The family's draft has been sent; nothing half-written is theirs to read."""
    return PlanVersion.objects.filter(case=subject.case, served_on__isnull=False).exists()


def own_or_shared_with_family(actor, subject, on: date) -> bool:
    """Their own upload, or one shared with the family, and not one that shows where a protected person is."""
    return subject.given_by_id == actor.pk or (subject.is_shared_with_family and not subject.has_protected_details)


def no_protected_details(actor, subject, on: date) -> bool:
    """A file that shows where a protected person is goes to no adviser."""
    return not subject.has_protected_details


def own_advice(actor, subject, on: date) -> bool:
    """The request for advice is this person's."""
    return subject.user_id == actor.pk


def advice_is_open(actor, subject, on: date) -> bool:
    """Nobody has answered yet, and nobody has said that it is no longer needed."""
    return subject.state == AdviceRequest.State.ASKED


def helper_may_message(actor, subject, on: date) -> bool:
    """The family let this helper write in the thread."""
    return actor.helps.filter(
        request__case=subject.case, may_message=True, withdrawn_at__isnull=True, accepted_at__isnull=False
    ).exists()


CONDITIONS = {
    rule.__name__: rule
    for rule in (draft_was_served, own_or_shared_with_family, no_protected_details, own_advice, advice_is_open, helper_may_message)
}


def reads_file(user, document, on: date) -> bool:
    """Whether a file is evidence or a plan of a case that this person may have (registered with send.documents)."""
    if document.kind == "plan":
        paper = PlanDocument.objects.filter(document=document).select_related("version__case").first()
        return paper is not None and access.allowed(user, Perm.FINAL_PDF, paper.version, on=on)
    row = getattr(document, "evidence", None)
    return row is not None and row.case_id is not None and access.allowed(user, Perm.EVIDENCE_DOWNLOAD, row, on=on)
