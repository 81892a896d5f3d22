"""Writing, reading, answering and issuing a plan."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from ehcp import plan_selectors, selectors
from ehcp.forms.plans import LINE_FORMS, AnswerForm, CommentForm, FinishForm, ProposeForm, SectionForm
from ehcp.permissions import Perm
from ehcp.reading import as_read
from ehcp.services import deciding, drafting, issuing
from send import access, clock
from send.accounts.fresh import fresh_sign_in, is_fresh
from send.audit import services as audit
from send.organisations.selectors import setting_by_urn


def read(request, reference):
    """The plan as a document to read; beside each line what the family says of it and the answer it got."""
    case, version = plan_selectors.readable_version(reference, for_user=request.user)
    audit.seen("plan", by=request.user, subjects=[case])
    shown = {"case": case, "version": version, "plan": as_read(version, comments_of=version.draft or version)}
    return render(request, "ehcp/plan.html", shown | plan_selectors.plan_steps(version, for_user=request.user, on=clock.today()))


def write(request, reference):
    """The plan while it is written: its lines, and what is missing in words."""
    case, version = plan_selectors.written_version(reference, for_user=request.user)
    shown = {"case": case, "version": version, "plan": as_read(version, comments_of=version.draft)}
    return render(request, "ehcp/plan_write.html", shown | plan_selectors.plan_checks(version))


@require_POST
def begin(request, reference):
    """Decide that a plan is needed, and begin it."""
    case = selectors.get_case(reference, for_user=request.user)
    reason = request.POST.get("reason", "")
    deciding.decide_to_issue(case.pk, by=request.user, on=clock.today(), reason=reason, at=clock.now())
    return redirect("ehcp:plan_write", reference)


def section(request, reference, letter):
    """The words of one section."""
    case, version = plan_selectors.written_version(reference, for_user=request.user)
    kept = plan_selectors.section_text(version, letter)
    initial = {"text": kept.text, "revision": kept.revision} if kept else {"revision": 0}
    form = SectionForm(request.POST or None, initial=initial)
    if form.is_valid():
        drafting.write_section(version.pk, by=request.user, letter=letter, **form.cleaned_data)
        return redirect("ehcp:plan_write", reference)
    return render(
        request, "ehcp/form.html", {"case": case, "form": form, "heading": plan_selectors.section_name(letter), "button": "Save"}
    )


def line(request, reference, kind, line_id=None):
    """One need, outcome or provision: new, or as it stands."""
    case, version = plan_selectors.written_version(reference, for_user=request.user)
    if kind not in LINE_FORMS:
        raise Http404
    initial, rows = plan_selectors.line_as_typed(version, kind, line_id), plan_selectors.lines_of(version)
    form = LINE_FORMS[kind](request.POST or None, initial=initial, **rows)
    if form.is_valid():
        given = dict(form.cleaned_data)
        ties = {name: plan_selectors.chosen(rows[name], given.pop(name)) for name in ("needs", "outcomes") if name in given}
        revision = given.pop("revision") or 0
        drafting.write_line(version.pk, kind=kind, by=request.user, values=given, line_id=line_id, revision=revision, **ties)
        return redirect("ehcp:plan_write", reference)
    return render(request, "ehcp/form.html", {"case": case, "form": form, "heading": f"A line: {kind}", "button": "Save"})


@require_POST
def serve(request, reference):
    """Send the draft to the family."""
    _, version = plan_selectors.written_version(reference, for_user=request.user)
    issuing.serve_draft(version.pk, by=request.user, on=clock.today(), at=clock.now())
    return redirect("ehcp:plan", reference)


def comment(request, reference, line):
    """What a family says of one line of the draft."""
    case, version = plan_selectors.readable_version(reference, for_user=request.user)
    row = plan_selectors.row_as_read(as_read(version), line)
    form = CommentForm(request.POST or None)
    if form.is_valid():
        issuing.comment(version.pk, by=request.user, line=row.line, section=row.section, at=clock.now(), **form.cleaned_data)
        return redirect("ehcp:plan", reference)
    return render(request, "ehcp/form.html", {"case": case, "form": form, "heading": row.text, "button": "Save"})


def answer(request, reference, uuid):
    """The council's answer to one comment."""
    case = selectors.get_case(reference, for_user=request.user)
    access.require(request.user, Perm.DRAFT_EDIT, case)
    said = plan_selectors.comment_of(case, uuid)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        issuing.answer_comment(said.pk, by=request.user, answer=form.cleaned_data["answer"], at=clock.now())
        return redirect("ehcp:plan", reference)
    return render(request, "ehcp/form.html", {"case": case, "form": form, "heading": said.text, "button": "Send the answer"})


def finish(request, reference):
    """A rights-holder says: I have finished, you may go on."""
    case, version = plan_selectors.readable_version(reference, for_user=request.user)
    form = FinishForm(request.POST or None)
    if form.is_valid():
        issuing.finish_representations(version.pk, by=request.user, on=clock.today(), **form.cleaned_data)
        return redirect("ehcp:plan", reference)
    shown = {"heading": "I have finished, you may go on", "button": "I have finished", "form": form, "case": case}
    return render(request, "ehcp/form.html", shown)


@require_POST
def begin_final(request, reference):
    """Begin the version that answers the draft."""
    _, version = plan_selectors.readable_version(reference, for_user=request.user)
    issuing.begin_final(version.pk, by=request.user, at=clock.now())
    return redirect("ehcp:plan_write", reference)


def propose(request, reference):
    """Name the setting or its type, and propose the plan as final."""
    case, version = plan_selectors.written_version(reference, for_user=request.user)
    form = ProposeForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        setting = setting_by_urn(given["urn"]) if given["urn"] else None
        without = {"answers": given["answers"]} if given["answers"] else {}
        issuing.propose_final(
            version.pk, by=request.user, at=clock.now(), setting=setting, setting_type=given["setting_type"], without=without
        )
        return redirect("ehcp:plan", reference)
    return render(
        request, "ehcp/form.html", {"case": case, "form": form, "heading": "Propose the plan as final", "button": "Propose"}
    )


@require_POST
@fresh_sign_in
def finalise(request, reference):
    """A second authorised person issues the plan."""
    _, version = plan_selectors.readable_version(reference, for_user=request.user)
    issuing.finalise_plan(version.pk, by=request.user, on=clock.today(), at=clock.now(), is_fresh=is_fresh(request))
    return redirect("ehcp:plan", reference)
