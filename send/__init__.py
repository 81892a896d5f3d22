"""The ground every app stands on, and the front door that knows them all."""

from send.celery import app as celery_app

__all__ = ["celery_app"]
