"""People of the demonstration: they can sign in at once, with a password and a code
that a command prints. Embedded default only."""

import time

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from send.accounts.codes import PERIOD_SECONDS
from send.accounts.encryption import decrypt
from send.accounts.models import User


@transaction.atomic
def make_demo_user(email: str, name: str, password: str) -> User:
    """A person with a verified address and an authenticator; made before, it is left as it is.

    Raises ImproperlyConfigured in a real service.
    """
    _require_embedded()
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        user = User.objects.create_user(email, password, name=name)
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(user, generate_totp_secret())
    return user


def current_code(email: str) -> tuple[str, int]:
    """The code that works now, and for how many seconds more. Raises User.DoesNotExist, Authenticator.DoesNotExist."""
    _require_embedded()
    user = User.objects.get(email=email.lower())
    secret = decrypt(Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data["secret"])
    seconds = int(time.time())
    return format_hotp_value(hotp_value(secret, seconds // PERIOD_SECONDS)), PERIOD_SECONDS - seconds % PERIOD_SECONDS


def _require_embedded() -> None:
    if not (settings.EMBEDDED or settings.TESTING):
        raise ImproperlyConfigured("Demo people and their codes exist in the embedded default only.")
