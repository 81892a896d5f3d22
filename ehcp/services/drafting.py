"""Writing a plan in its sections (SEND Regs 2014 reg 12): lines of needs, outcomes and provision, saved one at a time."""

import uuid6
from django.db import transaction
from django.db.models import Max

from ehcp.models import Need, Outcome, PlanSection, PlanVersion, Provision
from ehcp.permissions import Perm
from send import access
from send.accounts.models import User
from send.audit import services as audit
from send.errors import NotAllowed, Stale

LINES = {"need": Need, "outcome": Outcome, "provision": Provision}
EDITS = {
    "A": Perm.DRAFT_EDIT,
    "C": Perm.HEALTH_EDIT,
    "G": Perm.HEALTH_EDIT,
    "D": Perm.CARE_EDIT,
    "H1": Perm.CARE_EDIT,
    "H2": Perm.CARE_EDIT,
    "I": Perm.PLACEMENT_EDIT,
}


def writable(version_id: int, *, by: User, section: str) -> PlanVersion:
    """The version, locked, if it is being written and `by` may write this section. Raises NotAllowed, Http404, PermissionDenied."""
    version = PlanVersion.objects.select_for_update().select_related("case").get(pk=version_id)
    access.require(by, EDITS.get(section, Perm.EDUCATION_EDIT), version)
    if version.state != PlanVersion.State.WRITING:
        raise NotAllowed("This version can no longer be changed. A new one answers the family’s comments.")
    return version


@transaction.atomic
def write_section(version_id: int, *, by: User, letter: str, text: str, revision: int) -> PlanSection:
    """Keep the words of a section that is not made of rows. Raises Stale if somebody else saved it in between."""
    version = writable(version_id, by=by, section=letter)
    section = PlanSection.objects.filter(version=version, letter=letter).first()
    section = section or PlanSection(version=version, letter=letter, line=uuid6.uuid7(), text="")
    return _save(section, by=by, version=version, changes={"text": text}, revision=revision)


@transaction.atomic
def write_line(
    version_id: int, *, kind: str, by: User, values: dict, line_id: int | None = None, revision: int = 0, needs=(), outcomes=()
):
    """Add or change a need, outcome or provision and what it answers. `values` are the model's own fields.

    Raises Stale if somebody else saved the line in between.
    """
    model = LINES[kind]
    version = writable(version_id, by=by, section=values.get("section", "E"))
    row = (
        model.objects.get(pk=line_id, version=version)
        if line_id
        else model(version=version, line=uuid6.uuid7(), text="", position=_next(model, version))
    )
    row = _save(row, by=by, version=version, changes=values, revision=revision)
    if kind != "need":
        row.needs.set(Need.objects.filter(version=version, pk__in=[need.pk for need in needs]))
    if kind == "provision":
        row.outcomes.set(Outcome.objects.filter(version=version, pk__in=[outcome.pk for outcome in outcomes]))
    return row


@transaction.atomic
def remove_line(version_id: int, *, kind: str, by: User, line_id: int) -> None:
    """Take a line out of a version that is being written; the trail keeps its words."""
    row = LINES[kind].objects.get(pk=line_id, version_id=version_id)
    version = writable(version_id, by=by, section=getattr(row, "section", "E"))
    audit.record("ehcp.remove_line", by=by, subject=version, change={"line": str(row.line), "words": [row.text, ""]})
    row.delete()


def _next(model, version) -> int:
    return (model.objects.filter(version=version).aggregate(last=Max("position"))["last"] or 0) + 1


def _save(row, *, by, version, changes: dict, revision: int):
    if row.pk and revision != row.revision:
        raise Stale("Somebody else has just saved this line.", theirs=row.text)
    before = {name: str(getattr(row, name) or "") for name in changes}
    for name, value in changes.items():
        setattr(row, name, value)
    row.revision += 1
    row.save()
    after = {name: str(getattr(row, name) or "") for name in changes}
    changed = {name: [before[name], after[name]] for name in changes if before[name] != after[name]}
    if changed:
        audit.record("ehcp.write_line", by=by, subject=version, change={"line": str(row.line)} | changed)
    return row
