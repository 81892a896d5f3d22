"""Sign-in, sign-out and what changes how one signs in, as the trail and the other sessions learn of it."""

import time

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.dispatch import receiver

from send import clock
from send.accounts import selectors
from send.accounts.models import User
from send.accounts.sessions import end_sessions
from send.audit.services import record


def _note(action: str, user: User | None, change: dict | None = None) -> None:
    memberships = selectors.memberships_on(user, clock.today()) if user else []
    with transaction.atomic():
        record(action, by=user, subject=memberships[0].organisation if memberships else "system", change=change)


@receiver(user_logged_in)
def _signed_in(sender, request, user, **kwargs):
    request.session["signed_in_at"] = request.session["seen_at"] = int(time.time())
    _note("accounts.sign_in", user)


@receiver(user_logged_out)
def _signed_out(sender, request, user, **kwargs):
    if user is not None:
        _note("accounts.sign_out", user)


@receiver(user_login_failed)
def _failed(sender, credentials, **kwargs):
    _note("accounts.failed_sign_in", None)  # never the address: it may be a password typed in the wrong box


@receiver(authentication_failed)
def _wrong_code(sender, user, **kwargs):
    _note("accounts.wrong_code", user)


@receiver([password_changed, password_set])
def _password_changed(sender, request, user, **kwargs):
    end_sessions(user, keep=request)
    _note("accounts.change_sign_in", user, {"what": "password"})


@receiver(password_reset)
def _password_reset(sender, request, user, **kwargs):
    end_sessions(user)
    _note("accounts.change_sign_in", user, {"what": "password"})


@receiver([authenticator_added, authenticator_removed, authenticator_reset])
def _factor_changed(sender, request, user, authenticator, **kwargs):
    request.session.pop("second_factor", None)
    end_sessions(user, keep=request)
    _note("accounts.change_sign_in", user, {"what": str(authenticator.type)})
