"""What every page needs to draw its furniture."""

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from send import clock
from send.sessions import limit_for

# Words, and the routes they lead to. A part of the service that is not there has no link.
SIGNED_IN = (
    ("Home", "home", "everybody"),
    ("Cases", "ehcp:worklist", "staff"),
    ("Standards", "standards:in_force", "everybody"),
    ("Dashboards", "dashboards:start", "everybody"),
    ("Messages", "notifications:inbox", "everybody"),
    ("Account", "account_home", "everybody"),
)
SIGNED_OUT = (
    ("Standards", "standards:in_force", "everybody"),
    ("Dashboards", "dashboards:start", "everybody"),
    ("Sign in", "account_login", "everybody"),
)


def page_furniture(request) -> dict:
    """Service name, navigation and the limit of the session. Asks for the memberships, which every signed-in page knows already."""
    user = getattr(request, "user", None)
    is_signed_in = bool(user and user.is_authenticated)
    limit = limit_for(user, clock.today()) if is_signed_in else None
    return {
        "service_name": settings.SERVICE_NAME,
        "is_embedded": settings.EMBEDDED,
        "is_signed_in": is_signed_in,
        "nav": navigation(request.path, is_signed_in=is_signed_in, is_staff=bool(limit and limit.is_staff)),
        "idle_limit": limit,
    }


def navigation(path: str, *, is_signed_in: bool, is_staff: bool) -> list[dict]:
    """The links of the header, the one that leads to this part of the service marked."""
    audience = {"everybody", "staff" if is_staff else "family"}
    wanted = [(words, name) for words, name, whom in (SIGNED_IN if is_signed_in else SIGNED_OUT) if whom in audience]
    return [_link(words, href, path) for words, name in wanted if (href := _address(name))]


def _link(words: str, href: str, path: str) -> dict:
    return {"text": words, "href": href, "is_current": path == href or (href != "/" and path.startswith(href))}


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
