from importlib import import_module

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "send.notifications"

    def ready(self):
        """Tell the trail how to say what happens to a notice."""
        import_module("send.notifications.sentences")
