"""Addresses of the dashboards. All but the snapshot of the casework are open to anyone."""

from django.urls import path, register_converter

from dashboards import live_views, views
from dashboards.metrics import METRICS


class MetricConverter:
    """A metric's code; an address with any other is not found."""

    regex = "[a-z0-9_]+"

    def to_python(self, value: str) -> str:
        """Raises ValueError for an unknown code."""
        if value not in METRICS:
            raise ValueError
        return value

    def to_url(self, value: str) -> str:
        """The code itself."""
        return value


register_converter(MetricConverter, "metric")
app_name = "dashboards"
urlpatterns = [
    path("", views.overview, name="start"),
    path("england/", views.england, name="england"),
    path("england/<metric:metric>/", views.england, name="england_measure"),
    path("regions/<slug:slug>/", views.region, name="region"),
    path("regions/<slug:slug>/<metric:metric>/", views.region, name="region_measure"),
    path("areas/", views.areas, name="areas"),
    path("areas/<slug:code>/", views.area, name="area"),
    path("areas/<slug:code>/<metric:metric>/", views.area, name="area_measure"),
    path("live/", live_views.live, name="live"),
    path("measures/", views.measures, name="measures"),
    path("measures/<metric:metric>/", views.measure, name="measure"),
    path("data/index.json", views.data_index, name="data_index"),
    path("data/<metric:metric>.csv", views.data_csv, name="data_csv"),
    path("data/<metric:metric>.json", views.data_json, name="data_json"),
]
