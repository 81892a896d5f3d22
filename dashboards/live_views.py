"""The page of the casework's own figures, for people who are signed in."""

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dashboards.live import page_for
from send import clock


@never_cache
@require_safe
def live(request):
    """The latest snapshot, region by region, and an authority's own live counts."""
    return render(request, "dashboards/live.html", page_for(request.user, on=clock.today()))
