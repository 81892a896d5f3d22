"""Registers what the ground asks of every app: grants, reaches, conditions."""

from django.apps import AppConfig


class EhcpConfig(AppConfig):
    name = "ehcp"
    verbose_name = "EHC needs assessments and plans"

    def ready(self) -> None:
        from ehcp import registrations

        registrations.register()
