"""From a written draft to a final plan, with the family between (CFA 2014 s.38; SEND Regs 2014 reg 13; the lock).

`ehcp.lock` holds the same rule in the database; the checks here say in plain words what it would refuse.
"""

from datetime import date, datetime, timedelta

from django.db import transaction

from ehcp.content import content_of, copy_content
from ehcp.models import AdviceRequest, Case, Comment, Decision, FamilyStep, PlanVersion
from ehcp.permissions import Perm
from ehcp.sections import missing_for_draft, missing_for_final
from ehcp.selectors import rights_holders
from ehcp.services.casework import add_event, check_date, locked, make_move
from ehcp.tasks import make_plan_document
from ehcp.timeline import LIMITS, Fact
from send import access, clock
from send.accounts.models import User
from send.audit import services as audit
from send.errors import NotAllowed, RuleBroken
from send.notifications.services import tell
from send.people.models import Contact
from send.timelimits import due_on

WINDOW = next(limit for limit in LIMITS if limit.code == "draft_window_15d")
STEP_LAW = "SEND Regs 2014 reg 13(1)(a)"


@transaction.atomic
def serve_draft(version_id: int, *, by: User, on: date, at: datetime, days_more: int = 0) -> PlanVersion:
    """Send the draft to everyone who holds the rights, with section I blank and the advice attached (CFA 2014 s.38).

    The window is 15 days beginning with the day of service, or `days_more` longer. Raises RuleBroken naming what is
    missing, NotAllowed if the case or version does not allow it.
    """
    version = _version(version_id)
    case = locked(version.case_id)
    if version.state != PlanVersion.State.WRITING:
        raise NotAllowed("This draft has already been sent.")
    if missing := missing_for_draft(content_of(version)):
        raise RuleBroken(f"The draft cannot be sent yet: {missing[0].message}", law=missing[0].law)
    people = rights_holders(case, on=on)
    if not people:
        raise RuleBroken(
            "Nobody who holds the rights is linked to this child yet, so the draft would reach no one.", law="CFA 2014 s.38(1)"
        )
    version.state, version.served_on = PlanVersion.State.SERVED, on
    version.save(update_fields=["state", "served_on"])
    ends = due_on(WINDOW, {Fact.DRAFT_SERVED: on}) + timedelta(days=max(days_more, 0))
    for person in people:
        FamilyStep.objects.create(version=version, user=person, how=_how(case, person), served_on=on, window_ends_on=ends)
        tell("draft_served", to=person, about=case, decision=True, at=at)
    make_plan_document.delay_on_commit(version.pk)
    make_move(
        case, "serve_draft", by=by, on=on, subject=version, change={"version": version.number, "window_ends_on": ends.isoformat()}
    )
    return version


def _how(case: Case, person: User) -> str:
    """On the screen only where that person agreed to it; otherwise it is posted as well, and the post is what counts."""
    agreed = Contact.objects.filter(child_id=case.child_id, user=person, agreed_to_screen_on__isnull=False).exists()
    return FamilyStep.How.SCREEN if agreed else FamilyStep.How.POST


@transaction.atomic
def comment(version_id: int, *, by: User, stance: str, text: str, at: datetime, line=None, section: str = "") -> Comment:
    """Say what you think of one line of the served draft, or of the whole. It does not close the window."""
    version = _version(version_id)
    access.require(by, Perm.DRAFT_COMMENT, version)
    if version.state != PlanVersion.State.SERVED or version.case.state != "draft_with_family":
        raise NotAllowed("Comments are made on a draft that has been sent and is not yet final.")
    if stance != Comment.Stance.AGREE and not text.strip():
        raise RuleBroken("Write your comment, or choose ‘I agree’.")
    row = Comment.objects.create(version=version, line=line, section=section, stance=stance, text=text, by=by, at=at)
    audit.record("ehcp.comment", by=by, subject=version, change={"section": section, "stance": stance, "words": ["", text]})
    return row


@transaction.atomic
def answer_comment(comment_id: int, *, by: User, answer: str, at: datetime) -> Comment:
    """Answer one comment, line by line: what the council changed or did not, and why. The first answer stands."""
    row = Comment.objects.select_for_update().select_related("version__case").get(pk=comment_id)
    access.require(by, Perm.DRAFT_EDIT, row.version)
    if row.answered_at:
        raise NotAllowed("This comment has been answered.")
    if not answer.strip():
        raise RuleBroken("Write the answer that the family will read.")
    row.answer, row.answered_by, row.answered_at = answer, by, at
    row.save(update_fields=["answer", "answered_by", "answered_at"])
    audit.record("ehcp.answer_comment", by=by, subject=row.version, change={"answer": ["", answer]})
    return row


@transaction.atomic
def finish_representations(version_id: int, *, by: User, on: date, setting=None, setting_in_words: str = "") -> FamilyStep:
    """A rights-holder says: I have finished, you may go on. Nothing else closes their window (SEND Regs 2014 reg 13(1)(a))."""
    version = _version(version_id)
    case = locked(version.case_id)
    access.require(by, Perm.DRAFT_COMMENT, version)
    step = FamilyStep.objects.filter(version=version, user=by, finished_on__isnull=True).first()
    if step is None:
        raise NotAllowed("There is nothing to finish: the draft was not served on you, or you have already said so.")
    check_date(case, on)
    step.finished_on, step.setting_asked_for, step.setting_in_words = on, setting, setting_in_words
    step.save(update_fields=["finished_on", "setting_asked_for", "setting_in_words"])
    if not FamilyStep.objects.filter(version=version, finished_on__isnull=True).exists():
        add_event(case, Fact.REPRESENTATIONS_FINISHED, by=by, on=on, subject=version)
    audit.record("ehcp.finish_representations", by=by, subject=version)
    return step


@transaction.atomic
def begin_final(draft_id: int, *, by: User, at: datetime) -> PlanVersion:
    """Begin the version that answers the draft, as a copy to be changed only for what the family said (Code of Practice 9.125)."""
    draft = _version(draft_id)
    case = locked(draft.case_id)
    access.require(by, Perm.DRAFT_EDIT, draft)
    if draft.state != PlanVersion.State.SERVED or case.versions.filter(number__gt=draft.number).exists():
        raise NotAllowed("The final version is begun once, from the draft that was sent.")
    final = PlanVersion.objects.create(
        case=case, authority_id=case.authority_id, number=draft.number + 1, basis=draft.basis, draft=draft, started_by=by,
        started_at=at, rule_set=case.rule_set, edition=draft.edition,
    )  # fmt: skip
    copy_content(draft, final)
    audit.record("ehcp.begin_final", by=by, subject=final, change={"from_version": draft.number})
    return final


@transaction.atomic
def propose_final(
    version_id: int, *, by: User, at: datetime, setting=None, setting_type: str = "", without: dict | None = None
) -> PlanVersion:
    """The officer proposes the plan as final, naming the setting or its type (section I); a second person decides.

    `without` gives the reason for any good practice left out, which the family sees. Raises RuleBroken naming what is missing.
    """
    version = _version(version_id)
    access.require(by, Perm.PLACEMENT_EDIT, version)
    if version.state != PlanVersion.State.WRITING or version.draft_id is None:
        raise NotAllowed("A final plan is proposed from the version that answers the served draft.")
    version.setting, version.setting_type, version.without = setting, setting_type, without or {}
    if missing := missing_for_final(content_of(version)):
        raise RuleBroken(f"The plan cannot be proposed yet: {missing[0].message}", law=missing[0].law)
    unanswered = Comment.objects.filter(version_id=version.draft_id, answered_at__isnull=True).exclude(stance=Comment.Stance.AGREE)
    if unanswered.exists() and not version.without.get("answers", "").strip():
        raise RuleBroken("Some of the family’s comments have no answer. Answer them, or give the reason that the family will read.")
    version.state, version.proposed_by, version.proposed_at = PlanVersion.State.PROPOSED, by, at
    version.save()
    audit.record("ehcp.propose_final", by=by, subject=version, change={"version": version.number})
    return version


@transaction.atomic
def finalise_plan(version_id: int, *, by: User, on: date, at: datetime, is_fresh: bool) -> PlanVersion:
    """A second authorised person issues the final plan (SEND Regs 2014 reg 13(2)).

    `is_fresh`: they signed in within the last five minutes. Raises NotAllowed before the family step is complete, for the
    same person, for a stale sign-in, or twice; RuleBroken for a day of issue that is not today or before.
    """
    version = _version(version_id)
    case = locked(version.case_id)
    if version.state != PlanVersion.State.PROPOSED:
        raise NotAllowed("There is no proposed plan to issue.")
    if version.proposed_by_id == by.pk:
        raise NotAllowed("A second authorised person issues the plan, not the one who proposed it.")
    if not is_fresh:
        raise NotAllowed("Sign in again before you issue a plan: it was more than five minutes ago.")
    if blocked := family_step_missing(version, on=on):
        raise NotAllowed(blocked, law=STEP_LAW)
    version.state, version.finalised_by, version.issued_on = PlanVersion.State.FINAL, by, on
    version.save(update_fields=["state", "finalised_by", "issued_on"])
    make_plan_document.delay_on_commit(version.pk)
    make_move(case, "finalise_plan", by=by, on=on, change={"version": version.number})
    Decision.objects.create(
        case=case, authority_id=case.authority_id, kind=Decision.Kind.FINALISE, on=on, by=by, rule_set=version.rule_set,
        reason="The final EHC plan was issued.", notice_sent_on=on,
    )  # fmt: skip
    for person in rights_holders(case, on=on):
        tell("plan_finalised", to=person, about=case, decision=True, at=at)
    return version


def family_step_missing(version: PlanVersion, *, on: date) -> str:
    """Why the family step does not yet allow a final plan on that day, in plain words; empty when it does."""
    steps = list(FamilyStep.objects.filter(version_id=version.draft_id))
    if on > clock.today():
        return "The day of issue cannot be in the future."
    if not steps:
        return "The family has not been sent a draft."
    open_steps = [step for step in steps if (step.finished_on is None or step.finished_on > on) and on <= step.window_ends_on]
    if open_steps:
        last = max(step.window_ends_on for step in open_steps)
        return f"The family has until the end of {last.day} {last:%B %Y} to answer the draft, unless each says they have finished."
    return ""


def missing_advice(case: Case) -> list[str]:
    """Whose advice has been asked for and has not come: shown to the family, never a reason to be late."""
    return list(AdviceRequest.objects.filter(case=case, state=AdviceRequest.State.ASKED).values_list("name", flat=True))


def _version(version_id: int) -> PlanVersion:
    return PlanVersion.objects.select_for_update().select_related("case").get(pk=version_id)
