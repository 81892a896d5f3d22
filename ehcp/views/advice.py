"""A professional's page: the request, the family's representations and evidence, and their own answer; nothing else."""

from django.shortcuts import redirect, render

from ehcp import selectors
from ehcp.forms.advice import AdviceForm
from ehcp.services import advising
from send import clock
from send.audit import services as audit


def mine(request):
    """The advice that I am asked for, soonest first."""
    return render(request, "ehcp/my_advice.html", {"asked": selectors.advice_asked_of(request.user), "today": clock.today()})


def answer(request, uuid):
    """Read what I may, and write my advice."""
    asked = selectors.advice_request_for(request.user, uuid)
    audit.seen("advice request", by=request.user, subjects=[asked.case], role=asked.role)
    form = AdviceForm(request.POST or None, initial=selectors.advice_as_typed(asked))
    if form.is_valid():
        advising.save_advice(asked.pk, by=request.user, at=clock.now(), **form.cleaned_data)
        if "send" in request.POST:
            advising.submit_advice(asked.pk, by=request.user, on=clock.today(), at=clock.now())
            return redirect("ehcp:my_advice")
        return redirect("ehcp:advice", uuid)
    return render(
        request,
        "ehcp/advice.html",
        {"asked": asked, "form": form, "today": clock.today()} | selectors.for_adviser(asked, request.user),
    )
