from importlib import import_module

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "send.organisations"

    def ready(self):
        """Tell the trail how to say what happens to reference data."""
        import_module("send.organisations.sentences")
