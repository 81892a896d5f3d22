"""Questions about organisations. Each says how many queries it asks; nothing here writes."""

import re
from datetime import date

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Replace
from django.http import Http404

from send.organisations.loading import NATIONAL_TEAMS
from send.organisations.models import AuthorityAlias, HealthBody, LocalAuthority, Organisation, Region, Setting
from send.organisations.names import Alias, AuthorityNames

POSTCODE = re.compile(r"^([a-z]{1,2}[0-9][a-z0-9]?)\s*([0-9][a-z]{2})$", re.IGNORECASE)
NO_LONGER_THERE = (Setting.Status.CLOSED, Setting.Status.WITHDRAWN)


def regions() -> QuerySet[Region]:
    """The nine regions by name. One query."""
    return Region.objects.order_by("name")


def region_by_slug(slug: str) -> Region:
    """One region. Raises Http404."""
    return _or_404(Region.objects.filter(slug=slug), "region")


def authorities(*, open_on: date) -> QuerySet[LocalAuthority]:
    """The authorities that had education duties on that day, by name, with their region. One query.

    The day an authority closed is the first on which it has no duties.
    """
    opened = Q(opened_on__isnull=True) | Q(opened_on__lte=open_on)
    not_closed = Q(closed_on__isnull=True) | Q(closed_on__gt=open_on)
    return LocalAuthority.objects.filter(opened, not_closed).select_related("region").order_by("name")


def authority_by_code(code: str) -> LocalAuthority:
    """One authority, open or former, by its three-digit DfE code. One query. Raises Http404."""
    return _or_404(LocalAuthority.objects.select_related("region").filter(code=code), "authority")


def authority_names() -> AuthorityNames:
    """Every name and code that publishers use, for an importer to match by. One query.

    `authority_names().match("Dorset", on=date(2019, 1, 17))` answers a key; it raises UnknownAuthority rather than guess.
    """
    rows = AuthorityAlias.objects.values_list("text", "authority_id", "starts_on", "ends_on")
    return AuthorityNames(Alias(*row) for row in rows)


def neighbours(authority: LocalAuthority) -> QuerySet[LocalAuthority]:
    """The ten statistical neighbours, most alike first, with `rank` and `closeness`. One query. A former authority has none."""
    return (
        LocalAuthority.objects.filter(neighbour_of_links__authority=authority)
        .annotate(rank=F("neighbour_of_links__rank"), closeness=F("neighbour_of_links__closeness"))
        .select_related("region")
        .order_by("rank")
    )


def health_bodies_of(authority: LocalAuthority) -> QuerySet[HealthBody]:
    """The integrated care boards that serve an authority's area (boundaries of 2022), by name. One query."""
    return HealthBody.objects.filter(authorities=authority).order_by("name")


def national_team(name: str) -> Organisation:
    """One national team by its name in `NATIONAL_TEAMS`. Raises Http404 before the reference data is loaded."""
    return _or_404(Organisation.objects.filter(uuid__in=NATIONAL_TEAMS, name=name), "national team")


def setting_by_urn(urn: str) -> Setting:
    """One setting, closed ones too, with its authority. One query. Raises Http404."""
    return _or_404(Setting.objects.select_related("authority").filter(urn=urn), "setting")


def find_settings(query: str, *, authority: LocalAuthority | None = None, limit: int = 20, closed: bool = False) -> list[Setting]:
    """Settings by URN, postcode, or words of their name and town; names that begin with the query first. One query.

    Every word has to appear. Full stops, commas and apostrophes do not count. Closed settings only when `closed`.
    Fewer than two letters or digits find nothing.
    """
    words = re.sub(r"[^\w\s&-]", "", query).lower().split()
    if sum(map(len, words)) < 2:
        return []
    found = Setting.objects.alias(plain_name=_without_marks(F("name")), plain_town=_without_marks(F("town")))
    found = found.filter(_matches(words)).select_related("authority")
    if authority is not None:
        found = found.filter(authority=authority)
    if not closed:
        found = found.exclude(status__in=NO_LONGER_THERE)
    begins = Case(When(plain_name__istartswith=" ".join(words), then=Value(0)), default=Value(1), output_field=IntegerField())
    return list(found.order_by(begins, "name", "urn")[:limit])


def _matches(words: list[str]) -> Q:
    whole = " ".join(words)
    if postcode := POSTCODE.match(whole):
        return Q(postcode__iexact=" ".join(postcode.groups()))
    in_name_or_town = Q()
    for word in words:
        in_name_or_town &= Q(plain_name__icontains=word) | Q(plain_town__icontains=word) | Q(postcode__istartswith=word)
    return in_name_or_town | Q(urn=whole) | Q(postcode__istartswith=whole)


def _without_marks(expression):
    for mark in (".", ",", "'", "’"):
        expression = Replace(expression, Value(mark), Value(""))
    return expression


def _or_404(queryset: QuerySet, noun: str):
    found = queryset.first()
    if found is None:
        raise Http404(f"There is no such {noun}.")
    return found
