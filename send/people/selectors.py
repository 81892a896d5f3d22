"""Questions about children and the adults around them."""

from datetime import date

from send.accounts.models import User
from send.organisations.models import LocalAuthority
from send.people.models import CapacityDecision, Child, Link, Restriction
from send.people.rules import LackOfCapacity, LinkedAdult, rights_holder


def holders_of_rights(child: Child, *, on: date, about: str = "") -> list[User]:
    """The people who hold the rights about this child on that day, in the decision named `about` (CFA 2014 ss.36, 80).

    Nobody under a restriction in force is among them. A young person who has not signed in yet is reached through
    nobody else: the list is then empty, and the caller says so.
    """
    if child.died_on:
        return []
    found = rights_holder(
        born_on=child.born_on,
        on=on,
        links=[LinkedAdult(*row) for row in Link.objects.filter(child=child).values_list("user_id", "starts_on", "ends_on")],
        about=about,
        young_person=child.user_id,
        capacity_decisions=[LackOfCapacity(*row) for row in _capacity_decisions(child)],
        restricted=set(_restricted(child, on)),
    )
    return list(User.objects.filter(pk__in=found.people).order_by("pk"))


def _capacity_decisions(child: Child):
    return CapacityDecision.objects.filter(child=child).values_list("decision", "representative_id", "starts_on", "ends_on")


def _restricted(child: Child, on: date):
    """Who is under an order: it stays in force until two people lift it."""
    rows = Restriction.objects.filter(child=child, scope=Restriction.Scope.ALL, starts_on__lte=on, lifted_at__isnull=True)
    return rows.values_list("user_id", flat=True)


def find_children(
    authority: LocalAuthority, *, given_names: str = "", family_name: str = "", born_on: date | None = None, limit: int = 20
):
    """Children of one authority with this name or date of birth, for an officer to match a request to."""
    found = Child.objects.filter(authority=authority, family_name__iexact=family_name)
    if given_names:
        found = found.filter(given_names__istartswith=given_names.split()[0])
    if born_on:
        found = found | Child.objects.filter(authority=authority, born_on=born_on)
    return found.order_by("family_name", "given_names")[:limit]
