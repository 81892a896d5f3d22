"""Builders: plain functions with sensible defaults. A test says only what matters to it."""

import itertools
from datetime import UTC, date, datetime

import uuid6

from ehcp.models import Case
from ehcp.references import new_reference
from ehcp.services import drafting, requesting
from send.accounts.models import Membership, User
from send.accounts.roles import Role
from send.organisations.models import LocalAuthority, Organisation, Region
from send.people import services as people
from send.people.models import Child, Link, Restriction

_numbers = itertools.count(1)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MONDAY = date(2026, 3, 2)


def an_authority(*, code: str | None = None, name: str = "Sample Council", rule_set: str = "in_force") -> LocalAuthority:
    number = next(_numbers)
    region, _ = Region.objects.get_or_create(code="E12000008", defaults={"name": "South East", "slug": "south-east"})
    return LocalAuthority.objects.create(
        kind=Organisation.Kind.AUTHORITY, code=code or f"{number % 1000:03}", gss_code=f"E{number:08}", name=name, region=region,
        type="unitary", rule_set=rule_set,
    )  # fmt: skip


def a_person(name: str = "Sample Person", *, email: str = "") -> User:
    return User.objects.create_user(email or f"person{next(_numbers)}@example.org", name=name)


def a_member(
    organisation, role: Role = Role.CASE_OFFICER, *, name: str = "Sample Officer", starts_on=date(2020, 1, 1), **fields
) -> User:
    person = a_person(name)
    Membership.objects.create(user=person, organisation=organisation, role=role, starts_on=starts_on, **fields)
    return person


def a_child(authority, *, given_names: str = "Ada", family_name: str = "Sample", born_on=date(2017, 3, 27), by=None) -> Child:
    return people.record_child(authority, given_names=given_names, family_name=family_name, born_on=born_on, by=by or a_person())


def a_link(child, adult, *, starts_on=date(2020, 1, 1), **fields) -> Link:
    return Link.objects.create(
        child=child, user=adult, kind=Link.Kind.BIRTH_PARENT, evidence_seen="Birth certificate", verified_by=a_person(),
        verified_at=NOON, starts_on=starts_on, **fields,
    )  # fmt: skip


def a_restriction(child, adult, *, scope=Restriction.Scope.ALL, starts_on=date(2020, 1, 1), **fields) -> Restriction:
    return Restriction.objects.create(
        child=child, user=adult, scope=scope, source="Order of 1 March", starts_on=starts_on, recorded_by=a_person(), **fields
    )


def a_request(*, by=None, authority=None, **answers):
    """A request that could be sent: the three answers that are demanded."""
    by = by or a_person("Robin Sample")
    request = requesting.start_request(by=by, at=NOON)
    said = {"child_given_names": "Ada", "child_family_name": "Sample", "asker_name": by.name, "asker_reply_to": by.email} | answers
    requesting.save_answers(request.pk, by=by, answers=said, revision=0, at=NOON)
    return requesting.choose_authority(request.pk, by=by, authority=authority or an_authority(), at=NOON)


def a_sent_request(*, on=MONDAY, **fields) -> Case:
    request = a_request(**fields)
    return requesting.submit_request(request.pk, by=request.asker, on=on, at=NOON)


def a_case(authority, *, child=None, received_on=MONDAY, **fields) -> Case:
    """A bare case row, for tests of access and lists; journeys go through the services."""
    return Case.objects.create(
        reference=new_reference(), authority=authority, child=child, name_as_asked="Ada Sample", received_on=received_on,
        asked_by_kind="parent", **fields,
    )  # fmt: skip


def a_written_plan(version, *, by) -> None:
    """The least that a draft must hold: family's words, a need, an outcome, provision, and the advice that the case has."""
    drafting.write_section(version.pk, by=by, letter="A", text="Ada loves trains and wants friends.", revision=0)
    need = drafting.write_line(version.pk, kind="need", by=by, values={"section": "B", "text": "Ada needs help to be understood."})
    outcome = drafting.write_line(
        version.pk, kind="outcome", by=by, needs=[need],
        values={"text": "By July 2027 Ada tells a friend what she wants.", "by_when": "July 2027"},
    )  # fmt: skip
    drafting.write_line(
        version.pk, kind="provision", by=by, needs=[need], outcomes=[outcome],
        values={
            "section": "F", "text": "Speech and language therapy", "delivered_by": "a speech and language therapist", "minutes": 30,
            "times": 1, "period": "week", "funded_by": "health",
        },
    )  # fmt: skip


def random_line():
    return uuid6.uuid7()
