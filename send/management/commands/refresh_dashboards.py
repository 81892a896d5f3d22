"""Takes the month's snapshot of the casework. A front-door command."""

import time

from django.core.management.base import BaseCommand

from dashboards.snapshots import take_snapshot
from send import clock


class Command(BaseCommand):
    """`manage.py refresh_dashboards`; safe to run again: a month has one snapshot."""

    help = "Take this month's numbered snapshot of the casework for the dashboards. Safe to run again: it is taken once a month."

    def handle(self, *args, **options):
        """Says which snapshot there is, and whether it is new."""
        started = time.monotonic()
        snapshot, is_new = take_snapshot(on=clock.today(), at=clock.now())
        verb = "taken" if is_new else "was there already: nothing changed"
        self.stdout.write(f"{str(snapshot).capitalize()}: {verb} ({time.monotonic() - started:.1f} seconds).")
