"""The Celery application. Tasks take ids, are safe to repeat, and start after commit (`delay_on_commit`)."""

import logging.config
import os

from celery import Celery
from celery.signals import setup_logging
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "send.settings")
app = Celery("send")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def _logs_as_everywhere(**options) -> None:
    """Worker and scheduler write the same lines as the web server."""
    logging.config.dictConfig(settings.LOGGING)
