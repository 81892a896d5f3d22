"""Builders for the trail: an officer at work, a chain to damage, and the means to damage it."""

from datetime import date

import pytest
from django.db import connection, transaction

from send.accounts.models import Membership, User
from send.accounts.roles import Role
from send.audit import services, triggers
from send.audit.models import AuditEvent
from send.audit.verify import verify
from send.organisations.models import Organisation


class Subject:
    def __init__(self, name="a"):
        self.audit_stream = f"case:{name}"
        self.audit_reference = f"EHC-{name}"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.CHECKPOINT_DIR = tmp_path / "checkpoints"


@pytest.fixture
def guards_come_back(django_db_blocker):
    """Listed before `transactional_db`, so that the guards return after its flush."""
    yield
    with django_db_blocker.unblock():
        triggers.create_all(connection)


@pytest.fixture
def committed(guards_come_back, transactional_db):
    """A database in which transactions really commit; its flush at the end needs the guards away."""
    yield
    triggers.drop_all(connection)


@pytest.fixture
def an_organisation(db):
    def build(name="Barsetshire Council", kind=Organisation.Kind.AUTHORITY):
        return Organisation.objects.create(name=name, kind=kind)

    return build


@pytest.fixture
def a_user(db):
    def build(name="Ada Officer", *, role=Role.CASE_OFFICER, organisation=None):
        user = User.objects.create_user(f"{name.replace(' ', '.').lower()}@example.org", name=name)
        if organisation:
            Membership.objects.create(user=user, organisation=organisation, role=role, starts_on=date(2026, 9, 1))
        return user

    return build


@pytest.fixture
def an_officer(a_user, an_organisation):
    return a_user(organisation=an_organisation())


@pytest.fixture
def write(an_officer):
    def build(how_many=1, *, name="a", action="test.note", **words):
        with transaction.atomic():
            return [services.record(action, by=an_officer, subject=Subject(name), **words) for _ in range(how_many)]

    return build


@pytest.fixture
def a_chain(write):
    """Six events in case:a, between two other streams."""
    write(2, name="0")
    events = write(6, name="a", change={"state": ["old", "new"]}, why="because")
    write(2, name="b")
    return events


@pytest.fixture
def damage():
    """Runs SQL that the guards would refuse."""

    def run(*statements):
        triggers.drop_all(connection)
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
        triggers.create_all(connection)

    return run


@pytest.fixture
def found():
    """The first damage as (kind, where, sequence, id of the row)."""

    def ask(**options):
        findings = verify(**options).findings
        return (findings[0].kind, findings[0].where, findings[0].sequence, findings[0].row) if findings else None

    return ask


@pytest.fixture
def row():
    def identity(sequence, stream="case:a"):
        return AuditEvent.objects.get(stream=stream, sequence=sequence).pk

    return identity
