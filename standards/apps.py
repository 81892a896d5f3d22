from importlib import import_module

from django.apps import AppConfig


class StandardsConfig(AppConfig):
    name = "standards"

    def ready(self):
        """Tell the trail how to say what happens to the standards."""
        import_module("standards.sentences")
