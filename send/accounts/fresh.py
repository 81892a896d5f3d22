"""A fresh sign-in: the person proved in the last five minutes, in this session, that it is them.

Asked before finalising a plan, lifting a restriction, granting a role, exporting in bulk, and changing how one signs in.
"""

import time
from functools import wraps

from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.http import HttpRequest


def is_fresh(request: HttpRequest) -> bool:
    """Whether the last proof in this session, a password or a code, is less than five minutes old."""
    if not request.user.is_authenticated:
        return False
    proofs = get_authentication_records(request, request.user)
    return bool(proofs) and time.time() - proofs[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def fresh_sign_in(view):
    """Ask for the password or a code first, unless it was given in the last five minutes. A form that was sent goes on after."""

    @wraps(view)
    def asks_again(request, *args, **kwargs):
        if not is_fresh(request):
            raise ReauthenticationRequired()
        return view(request, *args, **kwargs)

    return asks_again
