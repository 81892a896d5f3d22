"""The link of an invitation: how its token is made, and how a browser holds it between the e-mail and the sign-in."""

import hashlib
from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from send.accounts.models import Invitation

VALID_FOR = timedelta(days=14)
SESSION_KEY = "invitation"


def token_for(uuid) -> str:
    """The token of an invitation: made from the service's key when the e-mail goes out, and kept nowhere."""
    return salted_hmac("send.accounts.invitation", str(uuid), algorithm="sha256").hexdigest()


def hash_of(token: str) -> str:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def found_by(token: str) -> Invitation | None:
    """The invitation with this token, whatever its state."""
    return Invitation.objects.select_related("organisation", "invited_by").filter(token_hash=hash_of(token)).first()


def is_waiting(request: HttpRequest, *, at: datetime) -> bool:
    """Whether this browser came through the link of an invitation that can still be used."""
    invitation = found_by(request.session.get(SESSION_KEY, ""))
    return invitation is not None and invitation.is_open(at)
