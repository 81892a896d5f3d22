"""Jobs of the dashboards: the snapshot of the month."""

from celery import shared_task
from django.db import OperationalError

from dashboards import snapshots
from send import clock


@shared_task(autoretry_for=(OperationalError,), retry_backoff=5, max_retries=5)
def take_snapshot() -> int:
    """Take the month's snapshot unless there is one. Answers its number."""
    snapshot, _ = snapshots.take_snapshot(on=clock.today(), at=clock.now())
    return snapshot.number
