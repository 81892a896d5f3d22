"""People who sign in, made as they would be: a verified address and an authenticator."""

import time
from datetime import date

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from send.accounts.demo import make_demo_user
from send.accounts.encryption import decrypt
from send.accounts.models import Membership, User
from send.accounts.roles import Role
from send.organisations.models import LocalAuthority, Organisation, Region, Setting

PASSWORD = "correct horse battery staple"


@pytest.fixture
def password():
    return PASSWORD


@pytest.fixture
def authority(db):
    region = Region.objects.create(code="E12000001", name="North East", slug="north-east")
    return LocalAuthority.objects.create(
        kind=Organisation.Kind.AUTHORITY, name="Northtown", code="901", gss_code="E06000901", region=region, type="Unitary"
    )


@pytest.fixture
def school(authority):
    return Setting.objects.create(kind=Organisation.Kind.SETTING, name="Hill School", urn="100001", authority=authority)


@pytest.fixture
def person(db):
    """Builds a person who has set everything up; `role` at `organisation` from 1 September 2026."""

    def build(email="ama@example.org", name="Ama Mensah", *, organisation=None, role=None, is_administrator=False):
        user = make_demo_user(email, name, PASSWORD)
        if organisation is not None:
            Membership.objects.create(
                user=user, organisation=organisation, role=role, is_administrator=is_administrator, starts_on=date(2026, 9, 1)
            )
        return user

    return build


@pytest.fixture
def code_of():
    """The code that a person's app shows, `later` half-minutes from now."""

    def code(user, later=0):
        secret = decrypt(Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data["secret"])
        return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))

    return code


@pytest.fixture
def sign_in(code_of):
    """Signs a person in as they would: address and password, then the code. Answers the browser and the last answer."""

    def sign(user, browser=None):
        browser = browser or Client()
        browser.post("/sign-in/", {"login": user.email, "password": PASSWORD})
        return browser, browser.post("/account/2fa/authenticate/", {"code": code_of(user)})

    return sign


@pytest.fixture
def a_newcomer(db):
    """A person with a verified address and no authenticator yet."""
    user = User.objects.create_user("new@example.org", PASSWORD, name="New Person")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def head(person, school):
    return person("head@example.org", "Head Teacher", organisation=school, role=Role.SCHOOL_SENCO, is_administrator=True)


@pytest.fixture
def manager(person, authority):
    return person("manager@example.org", "Mara Manager", organisation=authority, role=Role.SEND_MANAGER, is_administrator=True)
