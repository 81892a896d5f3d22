"""Nobody gets past the pages of their own sign-in without a second factor, and nobody stays signed in unattended."""

import time
from dataclasses import dataclass

from django.contrib.auth import logout
from django.shortcuts import redirect

from send import clock
from send.accounts import selectors

STAFF_IDLE_SECONDS = 30 * 60
FAMILY_IDLE_SECONDS = 60 * 60
LONGEST_SESSION_SECONDS = 12 * 60 * 60
NOTED_EVERY_SECONDS = 60  # not a write for every page

# What a person without an authenticator needs in order to get one, or to leave.
BEFORE_THE_FACTOR = frozenset(
    {"mfa_index", "mfa_activate_totp", "mfa_reauthenticate", "account_reauthenticate", "account_logout", "account_email",
     "account_email_verification_sent", "account_confirm_email"}
)  # fmt: skip


@dataclass(frozen=True)
class IdleLimit:
    """How long a person may do nothing before they are signed out."""

    is_staff: bool

    @property
    def seconds(self) -> int:
        """The limit in seconds."""
        return STAFF_IDLE_SECONDS if self.is_staff else FAMILY_IDLE_SECONDS

    @property
    def minutes(self) -> int:
        """The limit in minutes."""
        return self.seconds // 60


def limit_of(user) -> IdleLimit:
    """The limit of staff, or of families."""
    return IdleLimit(is_staff=selectors.is_staff_member(user, clock.today()))


class SecondFactorRequired:
    """Sends everybody who has no authenticator to the page that sets one up. Pages that need no sign-in stay open."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Nothing to do before the address is known."""
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """None lets the page be shown."""
        if not request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        if request.resolver_match.url_name in BEFORE_THE_FACTOR or _has_second_factor(request):
            return None
        return redirect("mfa_activate_totp")


def idle_limit(get_response):
    """Signs out after 30 minutes (staff) or 60 minutes (families) without a request, and after 12 hours in any case."""

    def middleware(request):
        if request.user.is_authenticated:
            limit, seconds = limit_of(request.user), int(time.time())
            if _has_ended(request, limit, seconds):
                logout(request)
            else:
                request.idle_limit = limit  # the page warns before the end
                if seconds - request.session["seen_at"] >= NOTED_EVERY_SECONDS:
                    request.session["seen_at"] = seconds
        return get_response(request)

    return middleware


def _has_second_factor(request) -> bool:
    """Asked of the database once a session: adding or removing a factor changes the session."""
    if request.session.get("second_factor") != request.user.pk:
        if not selectors.has_second_factor(request.user):
            return False
        request.session["second_factor"] = request.user.pk
    return True


def _has_ended(request, limit: IdleLimit, seconds: int) -> bool:
    idle = seconds - request.session.setdefault("seen_at", seconds)
    age = seconds - request.session.setdefault("signed_in_at", seconds)
    return idle >= limit.seconds or age >= LONGEST_SESSION_SECONDS
