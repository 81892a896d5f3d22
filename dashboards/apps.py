from importlib import import_module

from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "dashboards"

    def ready(self):
        """Tell the trail how to say what happens to the dashboards."""
        import_module("dashboards.trail")
