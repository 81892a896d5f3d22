"""Ending sessions: all of a person's at once, or all but the one in which they changed how they sign in."""

from allauth.usersessions.models import UserSession
from django.contrib.auth import update_session_auth_hash
from django.db.models import F
from django.http import HttpRequest

from send.accounts.models import User


def end_sessions(user: User, *, keep: HttpRequest | None = None) -> None:
    """End every session of a person on their next request; `keep` is the request whose own session goes on under a new id."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])
    if keep is not None:
        update_session_auth_hash(keep, user)
        UserSession.objects.create_from_request(keep)
    for session in UserSession.objects.filter(user=user).exclude(session_key=keep.session.session_key if keep else ""):
        session.end()
