"""Invite the first administrator of an organisation; they invite the rest."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from send import clock
from send.accounts.granting import roles_of_kind
from send.accounts.services import MEMBERSHIP, invite
from send.audit.actors import system
from send.organisations.models import Organisation


class Command(BaseCommand):
    """`manage.py invite_administrator head@school.example --organisation UUID --role school_senco`."""

    help = "Invite the first administrator of an organisation by e-mail."

    def add_arguments(self, parser):
        """Who, where, and as what."""
        parser.add_argument("email")
        parser.add_argument("--organisation", required=True, help="uuid of the organisation")
        parser.add_argument("--role", required=True, help="a role that this kind of organisation may give")
        parser.add_argument("--name", default="")

    def handle(self, *, email, organisation, role, name, **options):
        """Send the invitation."""
        try:
            place = Organisation.objects.get(uuid=organisation)
        except (Organisation.DoesNotExist, ValidationError):
            raise CommandError(f"There is no organisation {organisation}.") from None
        if role not in roles_of_kind(place.kind):
            raise CommandError(f"{place.name} can give: {', '.join(roles_of_kind(place.kind))}.")
        try:
            invite(
                email, purpose=MEMBERSHIP, by=system("invite_administrator"), at=clock.now(), name=name, organisation=place,
                role=role, is_administrator=True,
            )  # fmt: skip
        except ValidationError:
            raise CommandError(f"{email} is not an e-mail address.") from None
        self.stdout.write(f"Invited {email} as administrator of {place.name}.")
