"""Makes the demonstration: an invented cast with their cases, and simulated cases everywhere. A front-door command."""

import time

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.db import Error, transaction
from django.http import Http404

from send import clock
from send.demo import cast, simulated
from send.demo.cases import make_cases
from send.errors import RuleBroken

FAILURES = (Error, LookupError, ObjectDoesNotExist, PermissionDenied, Http404, RuleBroken, ValueError)


class Command(BaseCommand):
    """`manage.py seed_demo`; made once, and whole or not at all."""

    help = "Make invented people who can sign in, their cases, and simulated cases for every authority. Embedded default only."

    def add_arguments(self, parser):
        """How many simulated cases."""
        parser.add_argument("--cases", type=int, default=simulated.HOW_MANY, help="how many simulated cases (default %(default)s)")

    def handle(self, *args, cases, **options):
        """Raises CommandError in a real service, and, with nothing kept, when something cannot be made."""
        if not settings.EMBEDDED:
            raise CommandError("Invented people belong in the embedded default only: this service has a database of its own.")
        started = time.monotonic()
        try:
            is_new = self._make_once(cases)
        except FAILURES as error:
            why = " ".join(str(error).split()) or type(error).__name__
            raise CommandError(f"The demonstration could not be made, and nothing of it was kept: {why}") from error
        if is_new:
            self.stdout.write(f"Made in {time.monotonic() - started:.1f} seconds.")
            self.stdout.write("\n".join(cast.lines()))
        else:
            self.stdout.write("The demonstration is there already; nothing was changed.")

    @transaction.atomic
    def _make_once(self, how_many: int) -> bool:
        if cast.is_made():
            return False
        self._make(how_many)
        return True

    def _make(self, how_many: int) -> None:
        today, now = clock.today(), clock.now()
        self.stdout.write("Invented people …")
        people = cast.make_cast(on=today)
        homes = cast.authorities_of_cast()
        self.stdout.write(f"Their cases, in {homes['first'].name} and {homes['second'].name} …")
        make_cases(people, homes["first"], homes["second"], today=today)
        self.stdout.write("Simulated cases …")
        caseloads = {people["officer"]: homes["first"], people["second_officer"]: homes["second"]}
        simulated.make(how_many, today=today, at=now, caseloads=caseloads, say=self.stdout.write)
