"""Writing about children and the adults around them: each row dated, none overwritten."""

from datetime import date, datetime

from django.db import transaction

from send.accounts.models import User
from send.audit import services as audit
from send.errors import RuleBroken
from send.organisations.models import LocalAuthority
from send.people.models import Child, Link
from send.people.rules import compulsory_school_age_ends


@transaction.atomic
def record_child(
    authority: LocalAuthority, *, given_names: str, family_name: str, born_on: date, by, preferred_name: str = "", upn: str = ""
) -> Child:
    """Open the authority's one record of a child or young person from 0 to 25 (CFA 2014 s.83)."""
    child = Child.objects.create(
        authority=authority, given_names=given_names, family_name=family_name, born_on=born_on, preferred_name=preferred_name,
        upn=upn, rights_pass_after=compulsory_school_age_ends(born_on),
    )  # fmt: skip
    audit.record("people.record_child", by=by, subject=authority, change={"child": str(child.uuid)})
    return child


@transaction.atomic
def verify_link(child: Child, *, adult: User, kind: str, evidence_seen: str, by: User, on: date, at: datetime) -> Link:
    """Record that an adult's relationship to a child was checked: of which kind, on what evidence, by whom.

    Raises RuleBroken without evidence, or where the adult would verify themselves. An open link is kept as it is.
    """
    if not evidence_seen.strip():
        raise RuleBroken("Write down the evidence you saw. A name and a date of birth prove nothing.")
    if adult.pk == by.pk:
        raise RuleBroken("Somebody else checks your own link to a child.")
    link, is_new = Link.objects.get_or_create(
        child=child, user=adult, ends_on=None,
        defaults={"kind": kind, "evidence_seen": evidence_seen, "verified_by": by, "verified_at": at, "starts_on": on},
    )  # fmt: skip
    if is_new:
        audit.record("people.verify_link", by=by, subject=child.authority, change={"child": str(child.uuid)}, why=evidence_seen)
    return link
