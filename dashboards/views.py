"""Pages and files of the dashboards. A page's body is built once for each loading of the figures and then kept."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.safestring import mark_safe
from django.views.decorators.http import condition, require_safe

from dashboards import exports, home_pages, pages, selectors
from dashboards.metrics import FIRST
from send import clock

KEEP_SECONDS = 3_600
PUBLIC_SECONDS = 300


def _public(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Shared caches may keep it while nobody is signed in; a signed-in answer stays with the browser."""
    if request.user.is_authenticated:
        patch_cache_control(response, private=True)
    else:
        patch_cache_control(response, public=True, max_age=PUBLIC_SECONDS)
    patch_vary_headers(response, ["Cookie"])
    return response


def _page(request: HttpRequest, key: str, template: str, build: Callable[[], dict]) -> HttpResponse:
    """A page whose body depends on the published figures alone. `build` is asked once for each loading of them."""
    kept_under = f"dashboards:{selectors.stamp()}:{key}"
    page = cache.get(kept_under)
    if page is None:
        context = build()
        page = {name: context[name] for name in ("title", "back")} | {"body": render_to_string(f"dashboards/{template}", context)}
        cache.set(kept_under, page, KEEP_SECONDS)
    body = mark_safe(page["body"])  # our own template's output, escaped when it was rendered
    return _public(request, render(request, "dashboards/page.html", page | {"body": body}))


@login_not_required
@require_safe
def overview(request):
    """England at a glance: three themes, five measures each, and the spread of the areas."""
    return _page(request, "overview", "overview.html", pages.overview)


@login_not_required
@require_safe
def england(request, metric=FIRST):
    """One measure for England, and all measures."""
    return _page(request, f"england:{metric}", "place.html", lambda: pages.place(selectors.NATION, metric))


@login_not_required
@require_safe
def region(request, slug, metric=FIRST):
    """One measure for a region beside England, and all measures."""
    return _page(request, f"region:{slug}:{metric}", "place.html", lambda: pages.place(selectors.region_place(slug), metric))


@login_not_required
@require_safe
def area(request, code, metric=FIRST):
    """One measure for an authority beside its region and England, and all measures."""
    return _page(request, f"area:{code}:{metric}", "place.html", lambda: pages.place(selectors.area_place(code), metric))


@login_not_required
@require_safe
def areas(request):
    """Every area by region; `?code=` goes to one."""
    if code := request.GET.get("code"):
        return redirect(selectors.area_place(code).url())
    return _page(request, "areas", "areas.html", pages.areas)


@login_not_required
@require_safe
def measures(request):
    """Every measure, what it says and where its data are."""
    return _page(request, "measures", "measures.html", pages.measures)


@login_not_required
@require_safe
def measure(request, metric):
    """One measure in every area: the spread and the ranked table."""
    return _page(request, f"measure:{metric}", "measure.html", lambda: pages.measure(metric))


def _tag(request, metric="index") -> str:
    return f'"{selectors.stamp()[:24]}-{metric}-{request.path.rpartition(".")[2]}"'


@login_not_required
@require_safe
@condition(etag_func=_tag)
def data_index(request):
    """Every series for programs."""
    address = request.build_absolute_uri(reverse("dashboards:data_index")).removesuffix("index.json")
    return _public(request, JsonResponse(exports.index(selectors.catalogue(), address), json_dumps_params={"indent": 1}))


@login_not_required
@require_safe
@condition(etag_func=_tag)
def data_csv(request, metric):
    """One series as comma-separated values, streamed."""
    lines = exports.csv_lines(selectors.rows_for_download(selectors.metric_of(metric)))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{metric}.csv"'
    return _public(request, response)


@login_not_required
@require_safe
@condition(etag_func=_tag)
def data_json(request, metric):
    """One series as JSON, streamed."""
    described = selectors.metric_of(metric)
    parts = exports.json_parts(described, selectors.rows_for_download(described))
    return _public(request, StreamingHttpResponse(parts, content_type="application/json"))


@require_safe
def home(request):
    """The first page after sign-in: what this person can do here."""
    return render(request, "dashboards/home.html", home_pages.home_of(request.user, on=clock.today()))
