"""Middleware of the whole service: what a rule's 'no' looks like on a page, and what browsers may keep."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from send.errors import NotAllowed, RuleBroken, Stale
from send.sessions import typed_in

# 'cookies' would reach the council's other services on the same domain; the session's own cookie is deleted by sign-out.
CLEAR_AT_SIGN_OUT = '"cache", "storage"'


def plain_errors(get_response):
    """Shows RuleBroken (422), NotAllowed (409) and Stale (409, both texts) as plain-English pages."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    middleware.process_exception = _page_for
    return middleware


def _page_for(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """The page for a rule's 'no'; None lets any other error become the 500 page."""
    if isinstance(error, Stale):
        both = {"error": error, "mine": typed_in(request)}
        return render(request, "errors/stale.html", both, status=409)
    if isinstance(error, NotAllowed):
        return render(request, "errors/not_allowed.html", {"error": error}, status=409)
    if isinstance(error, RuleBroken):
        return render(request, "errors/rule_broken.html", {"error": error}, status=422)
    return None


def private_pages(get_response):
    """Keeps pages of signed-in people out of every cache, and everything of ours out of other sites."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if getattr(request, "has_signed_out", False):
            response["Clear-Site-Data"] = CLEAR_AT_SIGN_OUT
            response["Cache-Control"] = "private, no-store"
        elif request.user.is_authenticated:
            response["Cache-Control"] = "private, no-store"
        return response

    return middleware
