"""Print the second-factor code of a demo person (embedded default only)."""

from allauth.mfa.models import Authenticator
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from send.accounts.demo import current_code
from send.accounts.models import User


class Command(BaseCommand):
    """`manage.py demo_code parent@example.org`."""

    help = "Print the code that a demo person's authenticator app would show now. Embedded default only."

    def add_arguments(self, parser):
        """One e-mail address."""
        parser.add_argument("email")

    def handle(self, *, email, **options):
        """The code, and how long it works."""
        try:
            code, seconds = current_code(email)
        except (User.DoesNotExist, Authenticator.DoesNotExist):
            raise CommandError(f"There is no demo person {email} with an authenticator.") from None
        except ImproperlyConfigured as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{code}  (works for {seconds} seconds, once)")
