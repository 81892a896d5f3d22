"""The work list and the case page, and the decisions that are made on it."""

from django.shortcuts import redirect, render

from ehcp import selectors
from ehcp.forms.casework import AdviceRequestForm, DecisionForm, MatchForm
from ehcp.models.advice import ADVISER_ROLES, AdviceRequest
from ehcp.permissions import Perm
from ehcp.services import advising, deciding, matching
from send import access, clock
from send.accounts.roles import LABELS, Role
from send.audit import sentences
from send.audit import services as audit
from send.people import services as people


def worklist(request):
    """The officer's day: what hurts first at the top."""
    rows = list(selectors.worklist(request.user, on=clock.today())[: selectors.PAGE_SIZE])
    audit.seen("work list", by=request.user, subjects=rows)
    return render(
        request, "ehcp/worklist.html", {"cases": rows, "band": selectors.band(rows, on=clock.today()), "today": clock.today()}
    )


def case(request, reference):
    """Where a case stands, and why; for the family in their words, for the officer in full."""
    found = selectors.get_case(reference, for_user=request.user)
    role = access.role_for(request.user, Perm.CASE_READ, found)
    audit.seen("case", by=request.user, subjects=[found], role=role)
    page = selectors.case_page(found, for_user=request.user, role=role, on=clock.today())
    return render(request, "ehcp/case_family.html" if page["is_family"] else "ehcp/case.html", page)


def trail(request, reference):
    """The history of a case as sentences."""
    found = selectors.get_case(reference, for_user=request.user)
    is_family = access.role_for(request.user, Perm.CASE_READ, found) in selectors.FAMILY_SIDE
    lines = sentences.sentences_for(found.audit_stream, audience=sentences.FAMILY if is_family else sentences.OFFICER)
    return render(
        request,
        "ehcp/trail.html",
        {"case": found, "lines": lines, "looks": selectors.who_looked(found.uuid), "is_family": is_family},
    )


def match(request, reference):
    """Tie the request to a child's record and check the asker's link."""
    found = _for_update(request, reference)
    children = selectors.children_like(found)
    form = MatchForm(request.POST or None, found=children, initial=selectors.as_asked(found))
    if form.is_valid():
        given = form.cleaned_data
        child = next((child for child in children if str(child.uuid) == given["child"]), None)
        if child is None:
            names = {name: given[name] for name in ("given_names", "family_name", "born_on")}
            child = people.record_child(found.authority, by=request.user, **names)
        link = {"link_kind": given["link_kind"], "evidence_seen": given["evidence_seen"]}
        matching.match_to_child(found.pk, by=request.user, child=child, on=clock.today(), at=clock.now(), **link)
        return redirect("ehcp:case", reference)
    return render(
        request, "ehcp/form.html", {"case": found, "form": form, "heading": "Match the request to a child", "button": "Match"}
    )


def decide(request, reference):
    """Decide whether to assess, with reasons."""
    found = _for_update(request, reference)
    form = DecisionForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        said = {"by": request.user, "on": clock.today(), "at": clock.now(), "reason": given["reason"]}
        if given["decision"] == "assess":
            deciding.decide_to_assess(found.pk, **said)
        else:
            deciding.refuse_to_assess(found.pk, what_instead=given["what_instead"], **said)
        return redirect("ehcp:case", reference)
    return render(
        request,
        "ehcp/form.html",
        {"case": found, "form": form, "heading": "Decide whether to assess", "button": "Record the decision"},
    )


def ask_advice(request, reference):
    """Ask one person or body for advice."""
    found = _for_update(request, reference)
    form = AdviceRequestForm(request.POST or None)
    form.fields["kind"].choices = AdviceRequest.Kind.choices
    form.fields["role"].choices = [(role.value, LABELS[role]) for role in ADVISER_ROLES]
    if form.is_valid():
        given = form.cleaned_data | {"role": Role(form.cleaned_data["role"])}
        user = selectors.person_by_email(given["email"])
        advising.ask_for_advice(found.pk, by=request.user, on=clock.today(), at=clock.now(), user=user, **given)
        return redirect("ehcp:case", reference)
    return render(request, "ehcp/form.html", {"case": found, "form": form, "heading": "Ask for advice", "button": "Ask for advice"})


def _for_update(request, reference):
    found = selectors.get_case(reference, for_user=request.user)
    access.require(request.user, Perm.CASE_UPDATE, found)
    return found
