"""Asking for an assessment, one question a page, saved as it goes; and what becomes of it."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from ehcp import questions, selectors
from ehcp.forms.requests import AuthorityForm, DeclarationForm, EvidenceForm, PageForm
from ehcp.services import evidence, requesting
from send import clock
from send.documents import tickets
from send.organisations.selectors import authorities
from standards.selectors import ordinarily_available


@login_not_required
def start(request):
    """Who can ask, what the law tests, what helps, how long it takes; and that nothing is lost if you stop."""
    return render(request, "ehcp/request_start.html", {"ordinary": ordinarily_available(clock.today())[:4]})


@require_POST
def begin(request):
    """Begin a request and go to its first page."""
    asked = requesting.start_request(by=request.user, at=clock.now())
    return redirect("ehcp:request_page", asked.uuid, questions.PAGES[0].slug)


def mine(request):
    """The requests that I have begun or sent."""
    return render(
        request,
        "ehcp/my_requests.html",
        {"asked": selectors.own_requests(request.user), "cases": selectors.cases_of_family(request.user)},
    )


def page(request, uuid, slug):
    """One page of questions: saved whatever is left out."""
    asked, about = selectors.own_request_or_404(request.user, uuid), selectors.page_or_404(slug)
    form = PageForm(request.POST or None, page=about, answers=asked.answers, revision=asked.revision)
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        requesting.save_answers(asked.pk, by=request.user, answers=form.answers(), revision=revision, at=clock.now())
        following = questions.next_page(slug)
        return redirect("ehcp:request_page", uuid, following) if following else redirect("ehcp:request_authority", uuid)
    return render(request, "ehcp/request_page.html", {"asked": asked, "page": about, "form": form})


def authority(request, uuid):
    """The parent names the council."""
    asked = selectors.own_request_or_404(request.user, uuid)
    known = authorities(open_on=clock.today())
    initial = {"authority": asked.authority.code if asked.authority else ""}
    form = AuthorityForm(request.POST or None, initial=initial, authorities=known)
    if form.is_valid():
        chosen = next(council for council in known if council.code == form.cleaned_data["authority"])
        requesting.choose_authority(asked.pk, by=request.user, authority=chosen, at=clock.now())
        return redirect("ehcp:request_evidence", uuid)
    return render(request, "ehcp/request_authority.html", {"asked": asked, "form": form})


def files(request, uuid):
    """Evidence: many files at once, resumed when the line drops; a plain form without scripts."""
    asked = selectors.own_request_or_404(request.user, uuid)
    if asked.authority is None:
        return redirect("ehcp:request_authority", uuid)
    form, problems = EvidenceForm(request.POST or None, request.FILES or None), []
    if form.is_valid():
        problems = evidence.receive_evidence(asked, by=request.user, files=form.cleaned_data["files"], at=clock.now())
        if not problems:
            return redirect("ehcp:request_evidence" if form.cleaned_data["files"] else "ehcp:request_check", uuid)
    place = {"to": request.user, "authority": asked.authority, "collection": evidence.collection_of(asked)}
    given = {"asked": asked, "form": form, "errors": problems, "ticket": tickets.issue(stream=asked.audit_stream, **place)}
    return render(request, "ehcp/request_evidence.html", given | {"files": selectors.evidence_of_request(asked)})


def check(request, uuid):
    """Check your answers, then send."""
    asked = selectors.own_request_or_404(request.user, uuid)
    form = DeclarationForm(request.POST or None)
    missing = questions.missing_to_send(asked.answers, has_authority=asked.authority is not None)
    if form.is_valid() and not missing:
        evidence.gather_evidence(asked.pk, by=request.user, at=clock.now())
        requesting.submit_request(asked.pk, by=request.user, on=clock.today(), at=clock.now())
        return redirect("ehcp:request_status", uuid)
    rows = selectors.answers_in_words(asked)
    return render(
        request,
        "ehcp/request_check.html",
        {"asked": asked, "form": form, "missing": missing, "pages": rows, "files": selectors.evidence_of_request(asked)},
    )


def status(request, uuid):
    """What happened, what happens next, by when, and who has it."""
    asked = selectors.own_request_or_404(request.user, uuid)
    if asked.case is None:
        return redirect("ehcp:request_page", uuid, questions.PAGES[0].slug)
    return render(request, "ehcp/request_status.html", {"asked": asked} | selectors.status_for_asker(asked, on=clock.today()))
