"""Loads the editions of the standards from `data/edition-<number>.json`. Safe to run again: the same files, the same rows."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.db import transaction

from send.audit.actors import system
from send.audit.services import record
from send.organisations.bulk import Report, sync
from standards.models import Actor, Criterion, Edition, Need, Phase, Standard, Strand

DATA = Path(__file__).parent / "data"


def load(*, say: Callable[[str], object] = lambda line: None, folder: Path = DATA) -> list[Report]:
    """Load every edition in `folder` in one transaction, and note in the trail what changed.

    Raises ValueError, with nothing kept, for a word that is no strand, phase, need or actor, and for a change to the
    standards of an edition that is in force and not illustrative: that is what a new edition is for.
    """
    files = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("edition-*.json"))]
    with transaction.atomic():
        reports = [sync("editions", Edition, map(_edition, files), key=("number",), leaving={})]
        for content in files:
            reports += _load_standards(content)
        for report in reports:
            say(str(report))
        changes = {report.table: report.counts() for report in reports if not report.is_quiet}
        if changes:
            record("standards.edition_loaded", by=system("load_reference"), subject="system", change=changes)
    return reports


def _load_standards(content: dict) -> list[Report]:
    edition = Edition.objects.get(number=content["edition"]["number"])
    is_settled = edition.standards.exists() and not edition.is_illustrative and edition.status != Edition.Status.DRAFT
    among = Standard.objects.filter(edition=edition)
    wanted = [_standard(row, position, edition) for position, row in enumerate(content["standards"], start=1)]
    standards = sync(f"standards of edition {edition.number}", Standard, wanted, key=("edition_id", "code"), among=among)
    codes = dict(among.values_list("code", "pk"))
    wanted = [
        _criterion(criterion, position, codes[row["code"]])
        for row in content["standards"]
        for position, criterion in enumerate(row["criteria"], start=1)
    ]
    among = Criterion.objects.filter(standard__edition=edition)
    criteria = sync(f"criteria of edition {edition.number}", Criterion, wanted, key=("standard_id", "position"), among=among)
    if is_settled and not (standards.is_quiet and criteria.is_quiet):
        raise ValueError(f"edition {edition.number} is in force and cannot be changed: publish a new edition")
    return [standards, criteria]


def _edition(content: dict) -> dict:
    edition = content["edition"]
    return {
        "number": edition["number"],
        "title": edition["title"],
        "summary": edition["summary"],
        "source": edition["source"],
        "status": Edition.Status(edition["status"]).value,
        "in_force_from": _day(edition["in_force_from"]),
        "in_force_to": _day(edition["in_force_to"]),
        "is_illustrative": edition["is_illustrative"],
    }


def _standard(row: dict, position: int, edition: Edition) -> dict:
    return {
        "edition_id": edition.pk,
        "code": row["code"],
        "strand": Strand(row["strand"]).value,
        "position": position,
        "title": row["title"],
        "summary": row["summary"],
        "source": row["source"],
        "law": row["law"],
    }


def _criterion(row: dict, position: int, standard_id: int) -> dict:
    return {
        "standard_id": standard_id,
        "position": position,
        "text": row["text"],
        "phase": Phase(row["phase"]).value,
        "need": Need(row["need"]).value,
        "who_acts": Actor(row["who_acts"]).value,
        "is_ordinarily_available": row["is_ordinarily_available"],
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
