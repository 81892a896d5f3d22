from importlib import import_module

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "send.documents"

    def ready(self):
        import_module("send.documents.sentences")
