from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "send.accounts"

    def ready(self):
        """Tell the trail and the outbox the words of accounts, and listen to sign-ins."""
        for part in ("sentences", "wording", "trail", "services"):
            import_module(f"send.accounts.{part}")
