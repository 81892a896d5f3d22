"""Questions about the standards. Anyone may ask: they are public."""

from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404

from standards.models import Criterion, Edition, Need, Phase, Standard, Strand


def edition_in_force(on: date) -> Edition | None:
    """The edition that applies on a day, or None. Superseded editions answer for the days they applied. One query."""
    applied = Q(in_force_from__lte=on) & (Q(in_force_to__isnull=True) | Q(in_force_to__gte=on))
    return Edition.objects.filter(applied).exclude(status=Edition.Status.DRAFT).order_by("-in_force_from", "-number").first()


def standards_in_force(on: date) -> QuerySet[Standard]:
    """The standards that apply on a day, in their order, with their criteria. Three queries; empty when none applies."""
    return standards_of(edition_in_force(on))


def standards_of(edition: Edition | None) -> QuerySet[Standard]:
    """The standards of an edition, in their order, with their criteria. Two queries."""
    return Standard.objects.filter(edition=edition).select_related("edition").prefetch_related("criteria")


def by_strand(edition: Edition) -> list[tuple[str, list[Standard]]]:
    """The name of each strand with its standards, in the order of GP 2.5. Two queries."""
    standards = list(standards_of(edition))
    return [(strand.label, [standard for standard in standards if standard.strand == strand]) for strand in Strand]


def ordinarily_available(on: date, *, phase: Phase = Phase.ANY, need: Need = Need.ANY) -> list[Criterion]:
    """What a mainstream setting should usually offer without a plan on a day, with the standard of each. Two queries.

    `phase` and `need` leave out what speaks only of others; ANY leaves nothing out.
    """
    found = Criterion.objects.filter(standard__edition=edition_in_force(on), is_ordinarily_available=True)
    if phase != Phase.ANY:
        found = found.filter(phase__in=[Phase.ANY, phase])
    if need != Need.ANY:
        found = found.filter(need__in=[Need.ANY, need])
    return list(found.select_related("standard__edition").order_by("standard__position", "position"))


def published_editions() -> QuerySet[Edition]:
    """Editions anyone may read, newest first. One query."""
    return Edition.objects.exclude(status=Edition.Status.DRAFT)


def edition_by_number(number: int) -> Edition:
    """A published edition. One query. Raises Http404, for drafts too."""
    edition = published_editions().filter(number=number).first()
    if edition is None:
        raise Http404("There is no such edition.")
    return edition


def standard_by_code(number: int, code: str) -> Standard:
    """One standard of a published edition, with its criteria. Two queries. Raises Http404, for drafts too."""
    standard = standards_of_published().filter(edition__number=number, code=code).first()
    if standard is None:
        raise Http404("There is no such standard.")
    return standard


def standards_of_published() -> QuerySet[Standard]:
    """The standards of every edition anyone may read, with their criteria."""
    found = Standard.objects.exclude(edition__status=Edition.Status.DRAFT)
    return found.select_related("edition").prefetch_related("criteria")


def as_document(edition: Edition) -> dict:
    """An edition for programs: plain values, words beside codes. Two queries."""
    return {
        "edition": {
            "number": edition.number,
            "title": edition.title,
            "summary": edition.summary,
            "source": edition.source,
            "status": edition.status,
            "in_force_from": edition.in_force_from,
            "in_force_to": edition.in_force_to,
            "is_illustrative": edition.is_illustrative,
            "licence": "Open Government Licence v3.0",
        },
        "standards": [_standard_as_document(standard) for standard in standards_of(edition)],
    }


def _standard_as_document(standard: Standard) -> dict:
    return {
        "code": standard.code,
        "strand": standard.strand,
        "strand_name": standard.get_strand_display(),
        "title": standard.title,
        "summary": standard.summary,
        "source": standard.source,
        "law": standard.law,
        "criteria": [
            {
                "text": criterion.text,
                "phase": criterion.phase,
                "need": criterion.need,
                "who_acts": criterion.who_acts,
                "is_ordinarily_available": criterion.is_ordinarily_available,
            }
            for criterion in standard.criteria.all()
        ],
    }
