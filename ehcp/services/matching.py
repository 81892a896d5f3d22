"""Tying a request to a child's record, and the asker to the child: an officer's check, never the asker's own word."""

from datetime import date, datetime

from django.db import transaction

from ehcp.models import Assignment, Case
from ehcp.permissions import Perm
from ehcp.services.casework import locked
from send import access
from send.accounts.models import User
from send.audit import services as audit
from send.errors import NotAllowed, RuleBroken
from send.notifications.services import tell
from send.people import services as people
from send.people.models import Child


@transaction.atomic
def match_to_child(case_id: int, *, by: User, child: Child, link_kind: str, evidence_seen: str, on: date, at: datetime) -> Case:
    """Say whose request this is, and verify the asker's link to the child.

    Nothing was confirmed to the asker before. Raises NotAllowed when already matched, RuleBroken for a child of another
    authority or without the evidence that was seen.
    """
    case = locked(case_id)
    role = access.require(by, Perm.CASE_UPDATE, case)
    if case.child_id:
        raise NotAllowed("This request has already been matched to a child.")
    if child.authority_id != case.authority_id:
        raise RuleBroken("That child’s record belongs to another council.")
    case.child = child
    case.save(update_fields=["child", "changed_at"])
    asker = case.request.asker
    people.verify_link(child, adult=asker, kind=link_kind, evidence_seen=evidence_seen, by=by, on=on, at=at)
    access.forget(asker)
    audit.record("ehcp.match_to_child", by=by, subject=case, role=role, change={"child": str(child.uuid)}, why=evidence_seen)
    tell("link_verified", to=asker, about=case, at=at)
    return case


@transaction.atomic
def allocate(case_id: int, *, by: User, officer: User, on: date) -> Case:
    """Give a case to an officer, from today. The one before keeps no access."""
    case = locked(case_id)
    role = access.require(by, Perm.CASE_UPDATE, case)
    before = case.officer
    Assignment.objects.filter(case=case, ends_on__isnull=True).exclude(user=officer).delete()
    Assignment.objects.get_or_create(case=case, user=officer, ends_on=None, defaults={"starts_on": on})
    case.officer = officer
    case.save(update_fields=["officer", "changed_at"])
    access.forget(officer)
    audit.record("ehcp.allocate", by=by, subject=case, role=role, change={"officer": [getattr(before, "name", ""), officer.name]})
    return case
