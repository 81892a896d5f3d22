"""Say who can be signed in as in the demonstration (embedded default only)."""

from django.conf import settings
from django.core.management.base import BaseCommand

from send.demo import cast


class Command(BaseCommand):
    """`manage.py demo_people`; quiet where there is no demonstration."""

    help = "Print the invented people of the demonstration, their password and how to get a code."

    def handle(self, *args, **options):
        """One line a person."""
        if settings.EMBEDDED and cast.is_made():
            self.stdout.write("\n".join(cast.lines()))
