"""What a person sees of the limit on idle sessions: how long it is, and what they had typed when it passed.

`send.accounts.middleware` ends the session; here nothing that was typed is lost by it, and sign-out is remembered so that
the browser can be told to forget.
"""

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from send.accounts import selectors
from send.accounts.middleware import FAMILY_IDLE_SECONDS, STAFF_IDLE_SECONDS
from send.accounts.models import User

# Never shown back to anybody.
SECRETS = ("csrfmiddlewaretoken", "password", "code", "secret", "token")
PRIVATE_HEADERS = ("Cache-Control", "Clear-Site-Data", "Cross-Origin-Resource-Policy")


@dataclass(frozen=True)
class IdleLimit:
    """How long this person may do nothing."""

    is_staff: bool

    @property
    def seconds(self) -> int:
        """Seconds without a request."""
        return STAFF_IDLE_SECONDS if self.is_staff else FAMILY_IDLE_SECONDS

    @property
    def minutes(self) -> int:
        """The same in minutes."""
        return self.seconds // 60


def limit_for(user: User, on: date) -> IdleLimit:
    """The limit of a signed-in person on a day: shorter for those who are here for an organisation."""
    return IdleLimit(is_staff=selectors.is_staff_member(user, on))


def keep_what_was_typed(get_response):
    """A form sent after the session ended is answered with what was typed, to copy, and not only with the sign-in page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method != "POST" or not _has_just_ended(request, response):
            return response
        page = {"typed": typed_in(request), "sign_in": f"{settings.LOGIN_URL}?next={quote(request.path)}"}
        told = render(request, "errors/signed_out.html", page, status=403)
        for name in PRIVATE_HEADERS:
            if name in response:
                told[name] = response[name]
        return told

    return middleware


def typed_in(request: HttpRequest) -> list[str]:
    """The words of a form without its secrets and its files."""
    names = [name for name in request.POST if not any(secret in name.lower() for secret in SECRETS)]
    return [text for name in names for text in request.POST.getlist(name) if text.strip()]


def _has_just_ended(request: HttpRequest, response: HttpResponse) -> bool:
    sent_to_sign_in = response.status_code == 302 and response["Location"].startswith(settings.LOGIN_URL)
    return sent_to_sign_in and getattr(request, "has_signed_out", False)


@receiver(user_logged_out)
def _remember_sign_out(sender, request=None, **kwargs) -> None:
    if request is not None:
        request.has_signed_out = True
