"""The first page after sign-in: a greeting, the roles held today, and links to what exists for them."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from send.accounts.models import User
from send.accounts.roles import LABELS, STAFF, Role
from send.accounts.selectors import administers, memberships_on

CASE_WORKERS = frozenset({Role.CASE_OFFICER, Role.SEND_MANAGER})
ADVISERS = frozenset({Role.SCHOOL_SENCO, Role.EDUCATIONAL_PSYCHOLOGIST, Role.HEALTH_PROFESSIONAL, Role.SOCIAL_CARE_PROFESSIONAL})
EVERYBODY = frozenset(Role)


@dataclass(frozen=True)
class Link:
    """Where a person may go: words, what it is for, the route, and for whom (`whom` empty: people without a role for an
    organisation, that is families and their helpers)."""

    text: str
    hint: str
    route: str
    whom: frozenset[Role] = frozenset()
    is_for_all: bool = False


LINKS = (
    Link("Cases", "Your work list: what is due, and for whom.", "ehcp:worklist", CASE_WORKERS),
    Link("My requests", "Ask for an assessment, carry on with a request, see what happens next.", "ehcp:my_requests"),
    Link("Advice", "The advice that councils ask of you, soonest due first.", "ehcp:my_advice", ADVISERS),
    Link("Messages", "What the service has told you, and your threads.", "notifications:inbox", is_for_all=True),
    Link("Standards", "What good support looks like, for everyone to read.", "standards:in_force", is_for_all=True),
    Link("Dashboards", "How England, its regions and every area are doing.", "dashboards:start", is_for_all=True),
    Link("From the casework", "The latest snapshot of the casework in this service.", "dashboards:live", is_for_all=True),
    Link("Your account", "Your details, sign-in and second factor.", "account_home", is_for_all=True),
)
PEOPLE = Link("People of your organisation", "Who may sign in for it, and in which role.", "accounts:organisations")


def home_of(user: User, *, on: date) -> dict:
    """Greeting, roles and links for a person on a day."""
    held = memberships_on(user, on)
    roles = {Role(membership.role) for membership in held}
    wanted = [link for link in LINKS if link.is_for_all or (roles & link.whom if link.whom else not roles & STAFF)]
    if administers(user, on):
        wanted.append(PEOPLE)
    return {
        "name": user.name or user.email,
        "roles": [f"{LABELS[Role(membership.role)]}, {membership.organisation.name}" for membership in held],
        "links": [{"text": link.text, "hint": link.hint, "href": reverse(link.route)} for link in wanted],
    }
