"""Questions about plans: which version this person reads or writes, what is missing, which steps are open."""

from datetime import date
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from ehcp import sections
from ehcp.content import content_of
from ehcp.models import Case, Comment, FamilyStep, Need, Outcome, PlanDocument, PlanSection, PlanVersion, Provision
from ehcp.permissions import Perm
from ehcp.selectors import FAMILY_SIDE, get_case
from send import access

LINES = {"need": Need, "outcome": Outcome, "provision": Provision}
_FORM_FIELDS = {
    "need": ("text", "section", "revision"),
    "outcome": ("text", "by_when", "revision"),
    "provision": (
        "text", "section", "delivered_by", "qualification", "minutes", "times", "period", "ratio", "starts", "until", "funded_by",
        "revision",
    ),
}  # fmt: skip


def readable_version(reference: str, *, for_user) -> tuple[Case, PlanVersion]:
    """The newest version that this person may read: for families and advisers never one that is still being written."""
    case = get_case(reference, for_user=for_user)
    access.require(for_user, Perm.DRAFT_READ, case)
    versions = case.versions.select_related("draft", "setting", "case__child", "case__authority").order_by("-number")
    if access.role_for(for_user, Perm.DRAFT_READ, case) in FAMILY_SIDE:
        versions = versions.filter(state__in=[PlanVersion.State.SERVED, PlanVersion.State.FINAL])
    version = versions.first()
    if version is None:
        raise Http404
    return case, version


def written_version(reference: str, *, for_user) -> tuple[Case, PlanVersion]:
    """The version that is being written. Raises Http404 if there is none, or PermissionDenied."""
    case = get_case(reference, for_user=for_user)
    access.require(for_user, Perm.DRAFT_EDIT, case)
    return case, get_object_or_404(case.versions.select_related("draft", "case__child"), state=PlanVersion.State.WRITING)


def plan_checks(version: PlanVersion) -> dict:
    """What must still be there, and what is weak, in plain words."""
    content = content_of(version)
    missing = sections.missing_for_final(content) if version.draft_id else sections.missing_for_draft(content)
    return {"missing": missing, "warnings": sections.warnings(content), "lines": lines_by_kind(version)}


def lines_by_kind(version: PlanVersion) -> list[tuple[str, list]]:
    """The lines of a version by kind, for the editor."""
    return [(kind, list(model.objects.filter(version=version))) for kind, model in LINES.items()]


def plan_steps(version: PlanVersion, *, for_user, on: date) -> dict:
    """Which steps are open to this person, the family's window, and the paper once it is made."""
    steps = list(FamilyStep.objects.filter(version_id=version.draft_id or version.pk))
    own = next((step for step in steps if step.user_id == for_user.pk), None)
    state = version.state
    may = {perm: access.allowed(for_user, perm, version) for perm in (Perm.DRAFT_COMMENT, Perm.DRAFT_EDIT, Perm.FINALISE)}
    is_family = access.role_for(for_user, Perm.DRAFT_READ, version) in FAMILY_SIDE
    return {
        "steps": steps,
        "own_step": own,
        "today": on,
        "is_family": is_family,
        "may_comment": state == "served" and may[Perm.DRAFT_COMMENT] and is_family,
        "may_finish": state == "served" and own is not None and own.finished_on is None,
        "may_answer": may[Perm.DRAFT_EDIT],
        "may_begin_final": state == "served" and may[Perm.DRAFT_EDIT],
        "may_write": state == "writing" and may[Perm.DRAFT_EDIT],
        "may_finalise": state == "proposed" and may[Perm.FINALISE] and version.proposed_by_id != for_user.pk,
        "paper": PlanDocument.objects.filter(version=version).select_related("document").first(),
    }


def section_text(version: PlanVersion, letter: str) -> PlanSection | None:
    """The words of a section, if it has any."""
    if letter not in sections.BY_LETTER:
        raise Http404
    return PlanSection.objects.filter(version=version, letter=letter).first()


def section_name(letter: str) -> str:
    """'Special educational needs (section B)'."""
    return f"{sections.BY_LETTER[sections.Section(letter)].name} (section {letter})"


def lines_of(version: PlanVersion) -> dict:
    """The needs and outcomes that a line may be tied to."""
    return {"needs": list(version.needs.all()), "outcomes": list(version.outcomes.all())}


def chosen(rows: list, ids: list[str]) -> list:
    """Those of the rows whose ids were chosen."""
    return [row for row in rows if str(row.pk) in ids]


def line_as_typed(version: PlanVersion, kind: str, line_id: int | None) -> dict:
    """A line as the form shows it; for a new line, nothing."""
    if line_id is None:
        return {"revision": 0}
    row = get_object_or_404(LINES[kind], pk=line_id, version=version)
    tied = {"need": (), "outcome": ("needs",), "provision": ("needs", "outcomes")}[kind]
    ties = {name: [str(each.pk) for each in getattr(row, name).all()] for name in tied}
    return {name: getattr(row, name) for name in _FORM_FIELDS[kind]} | ties


def row_as_read(plan: list, line: UUID):
    """The line of a plan as read. Raises Http404 for one that is not there."""
    found = next((row for section in plan for row in section.rows if row.line == line), None)
    if found is None:
        raise Http404
    return found


def comment_of(case: Case, uuid: UUID) -> Comment:
    """A comment on a draft of this case."""
    return get_object_or_404(Comment, uuid=uuid, version__case=case)
