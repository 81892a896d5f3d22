"""A school lets its records system in, and shuts it out again."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from oauth2_provider.generators import generate_client_secret
from oauth2_provider.models import AccessToken, Application

from ehcp.models import ApiClient
from send.accounts.models import Membership, User
from send.audit import services as audit
from send.errors import NotAllowed, RuleBroken
from send.organisations.models import Setting

LONGEST = timedelta(days=366)


@transaction.atomic
def let_in(*, setting: Setting, name: str, scopes: list[str], by: User, on: date, at: datetime, ends_on: date):
    """Make a client for the school and return it with its secret, which is kept only as a hash and shown this once.

    `ends_on` is its last day, inclusive, at most a year on. Raises NotAllowed unless `by` administers that school's own
    people on that day; RuleBroken for a scope that does not exist or a last day out of range.
    """
    _check_administers(by, setting, on)
    unknown = set(scopes) - set(settings.OAUTH2_PROVIDER["SCOPES"])
    if unknown or not scopes:
        raise RuleBroken("Choose what the system may do.")
    if not on <= ends_on <= on + LONGEST:
        raise RuleBroken("The last day is today at the earliest and a year from today at the latest.")
    secret = generate_client_secret()
    application = Application.objects.create(
        name=f"{name}, {setting.name}"[:255],
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
        client_secret=secret,
    )
    client = ApiClient.objects.create(
        application=application, setting=setting, name=name, scopes=sorted(scopes), created_by=by, created_at=at, starts_on=on,
        ends_on=ends_on,
    )  # fmt: skip
    audit.record("ehcp.let_client_in", by=by, subject=client, change={"client": name, "scopes": scopes, "ends_on": ends_on})
    return client, secret


@transaction.atomic
def shut_out(client: ApiClient, *, by: User, on: date) -> None:
    """End a client at once: its tokens go, and it gets no more. Raises NotAllowed unless `by` administers the school's people."""
    client = ApiClient.objects.select_for_update(of=("self",)).select_related("setting").get(pk=client.pk)
    _check_administers(by, client.setting, on)
    AccessToken.objects.filter(application_id=client.application_id).delete()
    client.ends_on = max(client.starts_on, on - timedelta(days=1))
    client.scopes = []
    client.save(update_fields=["ends_on", "scopes"])
    audit.record("ehcp.shut_client_out", by=by, subject=client, change={"client": client.name})


def _check_administers(by: User, setting: Setting, on: date) -> None:
    rows = Membership.objects.filter(user=by, organisation_id=setting.pk, is_administrator=True, starts_on__lte=on)
    if not rows.exclude(ends_on__lt=on).exists():
        raise NotAllowed("Only somebody who manages this school’s own people lets a system in or shuts it out.")
