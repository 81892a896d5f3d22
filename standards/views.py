"""The published standards, for anyone."""

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from send.clock import today
from standards import selectors


@login_not_required
@require_safe
def in_force(request):
    """The edition that applies today."""
    return _edition_page(request, selectors.edition_in_force(today()))


@login_not_required
@require_safe
def edition(request, number):
    """One published edition, also an earlier one."""
    return _edition_page(request, selectors.edition_by_number(number))


@login_not_required
@require_safe
def standard(request, number, code):
    """One standard and what it asks of whom."""
    found = selectors.standard_by_code(number, code)
    return render(request, "standards/standard.html", {"standard": found, "edition": found.edition})


@login_not_required
@require_safe
def document(request, number):
    """An edition for programs."""
    found = selectors.as_document(selectors.edition_by_number(number))
    return JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 2})


def _edition_page(request, edition):
    context = {
        "edition": edition,
        "strands": selectors.by_strand(edition) if edition else [],
        "editions": selectors.published_editions(),
    }
    return render(request, "standards/edition.html", context)
