"""Invitations work once, in time, and for one person; an organisation gives its own roles to its own people."""

import contextlib
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client

from send.accounts import selectors, services
from send.accounts.invitations import token_for
from send.accounts.models import Invitation, Membership, MembershipProposal
from send.accounts.roles import Role
from send.audit.models import AuditEvent
from send.errors import NotAllowed, RuleBroken
from send.notifications.models import Message

pytestmark = pytest.mark.django_db
ON = date(2027, 3, 4)
AT = datetime(2027, 3, 4, 10, 0, tzinfo=UTC)


@pytest.fixture
def ben(person):
    return person("ben@example.org", "Ben Osei")


def invited(head, school, email="ben@example.org", **more):
    row = services.invite_member(email, organisation=school, role=Role.SCHOOL_SENCO, by=head, on=ON, at=AT, **more)
    return row, token_for(row.uuid)


def test_an_accepted_invitation_gives_the_role_from_that_day(head, school, ben):
    _, token = invited(head, school)
    services.accept(token, ben, on=ON, at=AT)
    membership = Membership.objects.get(user=ben)
    assert (membership.organisation_id, membership.role, membership.starts_on) == (school.organisation_ptr_id, "school_senco", ON)
    assert membership.granted_by == head
    assert AuditEvent.objects.filter(action="accounts.grant_membership", stream=f"organisation:{school.uuid}").exists()


def test_the_email_carries_a_link_whose_token_the_database_does_not_hold(head, school, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        row, token = invited(head, school)
    assert f"/invitation/{token}/" in mail.outbox[0].body
    assert row.token_hash != token
    assert token not in str([*Invitation.objects.values(), *Message.objects.values(), *AuditEvent.objects.values()])


def test_an_invitation_used_twice_is_refused_and_the_sender_told(head, school, ben):
    _, token = invited(head, school)
    services.accept(token, ben, on=ON, at=AT)
    with pytest.raises(RuleBroken, match="cannot be used"):
        services.accept(token, ben, on=ON, at=AT)
    assert Message.objects.filter(kind="accounts_invitation_refused", to_user=head).count() == 1
    assert AuditEvent.objects.filter(action="accounts.refuse_invitation").count() == 1


@pytest.mark.parametrize(("days", "works"), [(13, True), (14, False)])
def test_an_invitation_runs_out_after_fourteen_days(head, school, ben, days, works):
    _, token = invited(head, school)
    with contextlib.suppress(RuleBroken):
        services.accept(token, ben, on=ON, at=AT + timedelta(days=days))
    assert Membership.objects.filter(user=ben).exists() is works


def test_another_signed_in_person_cannot_use_it_and_the_sender_is_told(head, school, ben):
    row, token = invited(head, school, email="cara@example.org")
    with pytest.raises(RuleBroken, match="cannot be used"):
        services.accept(token, ben, on=ON, at=AT)
    row.refresh_from_db()
    assert row.used_at is None
    assert Message.objects.filter(kind="accounts_invitation_refused", to_user=head).exists()


def test_a_made_up_link_gets_the_same_words_as_a_used_one(ben):
    with pytest.raises(RuleBroken, match="cannot be used"):
        services.accept("0" * 64, ben, on=ON, at=AT)


def test_every_link_looks_the_same_before_sign_in(head, school):
    _, token = invited(head, school)
    real, made_up = Client().get(f"/invitation/{token}/"), Client().get(f"/invitation/{'0' * 64}/")
    assert real.status_code == made_up.status_code == 200
    assert real.content == made_up.content


def test_an_invitation_that_was_taken_back_does_not_work(head, school, ben):
    row, token = invited(head, school)
    services.withdraw_invitation(row.uuid, by=head, on=ON, at=AT)
    with pytest.raises(RuleBroken):
        services.accept(token, ben, on=ON, at=AT)
    with pytest.raises(NotAllowed):
        services.withdraw_invitation(row.uuid, by=head, on=ON, at=AT)


def test_an_invited_person_accepts_through_the_pages(head, school, ben, sign_in):
    _, token = invited(head, school)
    Invitation.objects.update(expires_at=datetime(2090, 1, 1, tzinfo=UTC))
    browser = Client()
    browser.get(f"/invitation/{token}/")
    browser, _ = sign_in(ben, browser)
    assert browser.get("/invitation/").status_code == 200
    assert browser.post("/invitation/").headers["location"] == "/home/"
    assert Membership.objects.filter(user=ben, role="school_senco").exists()


@pytest.mark.parametrize("role", [Role.CASE_OFFICER, Role.SEND_MANAGER, Role.SYSTEM_ADMIN])
def test_a_school_gives_school_roles_only(head, school, role):
    with pytest.raises(RuleBroken):
        services.invite_member("ben@example.org", organisation=school, role=role, by=head, on=ON, at=AT)


def test_nobody_gives_themselves_a_role(head, school):
    with pytest.raises(RuleBroken):
        invited(head, school, email="HEAD@example.org")


def test_only_an_administrator_of_that_organisation_invites(head, authority, school, person):
    senco = person("senco@example.org", "Sam Senco", organisation=school, role=Role.SCHOOL_SENCO)
    with pytest.raises(PermissionDenied):
        invited(senco, school)
    with pytest.raises(PermissionDenied):
        services.invite_member("ben@example.org", organisation=authority, role=Role.CASE_OFFICER, by=head, on=ON, at=AT)


def a_proposal(manager, authority, ben):
    row = services.invite_member("ben@example.org", organisation=authority, role=Role.SEND_MANAGER, by=manager, on=ON, at=AT)
    services.accept(token_for(row.uuid), ben, on=ON, at=AT)
    return MembershipProposal.objects.get(user=ben)


def test_a_managers_role_waits_for_a_second_administrator(manager, authority, ben, person):
    proposal = a_proposal(manager, authority, ben)
    assert not Membership.objects.filter(user=ben).exists()
    second = person("second@example.org", "Sol Second", organisation=authority, role=Role.SEND_MANAGER, is_administrator=True)
    services.decide_proposal(proposal.uuid, approve=True, by=second, on=ON, at=AT)
    assert selectors.roles_of(ben, ON) == {Role.SEND_MANAGER}


def test_the_proposer_cannot_approve_and_another_authority_finds_nothing(manager, authority, ben, head):
    proposal = a_proposal(manager, authority, ben)
    with pytest.raises(RuleBroken):
        services.decide_proposal(proposal.uuid, approve=True, by=manager, on=ON, at=AT)
    with pytest.raises(Http404):
        services.decide_proposal(proposal.uuid, approve=True, by=head, on=ON, at=AT)
    assert not Membership.objects.filter(user=ben).exists()


def test_the_database_refuses_an_approval_by_the_proposer(manager, authority, ben):
    proposal = a_proposal(manager, authority, ben)
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipProposal.objects.filter(pk=proposal.pk).update(decided_by=manager, decided_at=AT, is_approved=True)


def test_an_ended_membership_ends_access_and_sessions_at_once(head, school, person, sign_in):
    senco = person("senco@example.org", "Sam Senco", organisation=school, role=Role.SCHOOL_SENCO)
    browser, _ = sign_in(senco)
    row = Membership.objects.get(user=senco)
    services.end_membership(row.uuid, by=head, on=ON, at=AT, why="Left the school")
    assert browser.get("/account/").headers["location"].startswith("/sign-in/")
    assert selectors.memberships_on(type(senco).objects.get(pk=senco.pk), ON) == []
    assert AuditEvent.objects.filter(action="accounts.end_membership").exists()


def test_nobody_ends_a_membership_of_another_organisation(manager, head):
    row = Membership.objects.get(user=head)
    with pytest.raises(Http404):
        services.end_membership(row.uuid, by=manager, on=ON, at=AT)


def test_another_organisations_people_are_not_found(head, authority, sign_in):
    browser, _ = sign_in(head)
    assert browser.get(f"/organisation/{authority.uuid}/people/").status_code == 404


def test_a_membership_counts_from_its_first_day_to_its_last(person, school):
    senco = person("senco@example.org", "Sam", organisation=school, role=Role.SCHOOL_SENCO)
    Membership.objects.filter(user=senco).update(ends_on=date(2027, 7, 20))
    days = [date(2026, 8, 31), date(2026, 9, 1), date(2027, 7, 20), date(2027, 7, 21)]
    assert [bool(selectors.roles_of(senco, day)) for day in days] == [False, True, True, False]


def test_memberships_are_asked_once_a_request(person, school, django_assert_num_queries):
    senco = person("senco@example.org", "Sam", organisation=school, role=Role.SCHOOL_SENCO)
    with django_assert_num_queries(1):
        selectors.memberships_on(senco, ON)
        selectors.roles_of(senco, ON)
        selectors.is_staff_member(senco, ON)


def test_a_manager_records_cover_between_two_officers(manager, authority, person):
    ann, bob = (person(f"{name}@example.org", name, organisation=authority, role=Role.CASE_OFFICER) for name in ("ann", "bob"))
    days = {"starts_on": date(2027, 3, 8), "ends_on": date(2027, 3, 12)}
    services.record_cover(organisation=authority, covered=ann, covering=bob, by=manager, on=ON, at=AT, **days)
    seen = [
        selectors.covered_by(bob, day).count() for day in (date(2027, 3, 7), date(2027, 3, 8), date(2027, 3, 12), date(2027, 3, 13))
    ]
    assert seen == [0, 1, 1, 0]


def test_an_officer_cannot_record_cover(authority, person):
    ann, bob = (person(f"{name}@example.org", name, organisation=authority, role=Role.CASE_OFFICER) for name in ("ann", "bob"))
    with pytest.raises(PermissionDenied):
        services.record_cover(organisation=authority, covered=ann, covering=bob, starts_on=ON, ends_on=ON, by=ann, on=ON, at=AT)


def test_the_pages_of_people_work_without_scripts(head, school, sign_in):
    browser, _ = sign_in(head)
    page = f"/organisation/{school.uuid}/people/"
    words = {"name": "Ben Osei", "email": "ben@example.org", "role": "school_senco"}
    assert browser.get("/organisation/people/").headers["location"] == page
    assert browser.post(f"{page}invite/", words).headers["location"] == page
    assert "ben@example.org" in browser.get(page).content.decode()
