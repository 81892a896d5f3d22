"""Loads the reference data of every app that has some. A front-door command: it may name all apps."""

import time

from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from dashboards import loading as dashboards
from send.organisations import loading as organisations
from standards import loading as standards

LOADERS = (
    ("Organisations", organisations.load),
    ("Standards", standards.load),
    ("Published statistics", dashboards.load),
)


class Command(BaseCommand):
    """`manage.py load_reference`; safe to run again, and says what it changed."""

    help = (
        "Load authorities, settings, national standards and published statistics from the project's own files. Safe to run again."
    )

    def handle(self, *args, **options):
        """Raises CommandError, with the part that failed undone, when a file cannot be loaded."""
        for title, load in LOADERS:
            started = time.monotonic()
            self.stdout.write(f"{title}:")
            try:
                load(say=lambda line: self.stdout.write(f"  {line}"))
            except (Error, LookupError, OSError, ValueError) as error:
                raise CommandError(f"{title} could not be loaded, and nothing of them was changed: {error}") from error
            self.stdout.write(f"  done in {time.monotonic() - started:.1f} seconds")
