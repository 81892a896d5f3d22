"""Front-door pages that belong to no app: the start page, what the law asks a public service to say, and errors."""

import logging

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from send import clock
from send.csp_reports import summary_of
from send.sessions import limit_for

logger = logging.getLogger(__name__)
REPORTS_A_MINUTE = 30
LARGEST_REPORT = 16 * 1024
# The usual times, in the words of the privacy notice; each authority may set its own.
KEEPING = [
    {"key": "A plan and what led to it", "value": "Until the young person's 31st birthday"},
    {
        "key": "A request that was refused, with no appeal",
        "value": "Until the 25th birthday, or 6 years after the decision if that is later",
    },
    {"key": "A child who was ever looked after", "value": "75 years from birth, if the council's schedule says so"},
    {"key": "Appeal, mediation and complaint papers", "value": "As long as the plan, and at least 6 years from the end"},
    {"key": "A request you began and did not send", "value": "30 days, with a warning a week before"},
    {"key": "The trail of who did what", "value": "As long as the case, and 6 years more"},
]
SECURITY_TXT_EXPIRES = "2027-12-31T23:59:59Z"


def _page(template: str, **words):
    """A page of words that anyone may read."""

    @login_not_required
    @require_GET
    def page(request: HttpRequest) -> HttpResponse:
        return render(request, template, words)

    return page


start = _page("pages/start.html")
accessibility = _page("pages/accessibility.html")
cookies = _page("pages/cookies.html", session_cookie=settings.SESSION_COOKIE_NAME, csrf_cookie=settings.CSRF_COOKIE_NAME)
help_now = _page("pages/help_now.html")
privacy = _page("pages/privacy.html", keeping=KEEPING)
privacy_children = _page("pages/privacy_children.html")


@require_http_methods(["GET", "POST"])
def stay_signed_in(request: HttpRequest) -> HttpResponse:
    """Being asked is using the session: the middleware has renewed it. Scripts post here; without them it is a page."""
    if request.method == "POST" and "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"minutes": limit_for(request.user, clock.today()).minutes})
    return render(request, "pages/stay_signed_in.html")


def _one_more(caller: str) -> int:
    """How many this minute, with this one. The count may run out between the two lines, and then begins anew."""
    cache.add(caller, 0, timeout=60)
    try:
        return cache.incr(caller)
    except ValueError:
        return 1


@login_not_required
@csrf_exempt
@require_POST
def csp_report(request: HttpRequest) -> HttpResponse:
    """A browser tells that a page tried something our policy forbids. Kept as a log line without addresses or content."""
    caller = f"csp-report:{request.META.get('REMOTE_ADDR', '')}"
    if _one_more(caller) > REPORTS_A_MINUTE:
        return HttpResponse(status=429)
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_REPORT:
        return HttpResponse(status=413)
    if summary := summary_of(request.body):
        logger.warning("content_security_policy_report", extra=summary)
    return HttpResponse(status=204)


@login_not_required
@require_GET
@cache_control(public=True, max_age=86400)
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell about a weakness (RFC 9116)."""
    lines = [f"Contact: mailto:{settings.SECURITY_CONTACT}", f"Expires: {SECURITY_TXT_EXPIRES}", "Preferred-Languages: en"]
    lines.append(f"Canonical: {settings.PUBLIC_ADDRESS}/.well-known/security.txt")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_GET
@cache_control(public=True, max_age=86400)
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Search engines may read what is public, and are kept from the doors of the rest."""
    closed = ("/account/", "/api/", "/cases/", "/files/", "/home/", "/requests/", "/sign-in/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form that came from elsewhere or too late."""
    return render(request, "errors/csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Something was sent that no page of ours sends."""
    return HttpResponse(render_to_string("errors/400.html", _bare()), status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """May know, but may not do. The words of the refusal are shown only if the service wrote them for people."""
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Not there, or not for this person: the same words for both."""
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke that may break again: this page asks nothing of the database or the session."""
    return HttpResponse(render_to_string("errors/500.html", _bare()), status=500)


def _bare() -> dict:
    return {"service_name": settings.SERVICE_NAME, "nav": [], "is_embedded": settings.EMBEDDED}
