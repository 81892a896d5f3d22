"""A browser without scripts for tests of pages: signed in, with a second factor, as a person would be."""

from allauth.mfa.models import Authenticator
from django.test import Client

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(person) -> Client:
    """A client signed in as this person, who has a second factor."""
    Authenticator.objects.get_or_create(user=person, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "not used here"}})
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client
