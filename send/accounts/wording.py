"""The notices of accounts, in plain words."""

from django.urls import reverse

from send.accounts.invitations import token_for
from send.notifications.kinds import register


def _link(message) -> str:
    return reverse("accounts:invitation", args=[token_for(message.about_reference.removeprefix("invitation:"))])


register(
    "accounts_invitation",
    subject="You have an invitation",
    text="You are invited to use the special educational needs and disability service. "
    "The link below works once, for 14 days, and only for the e-mail address that this was sent to.",
    link=_link,
)
register(
    "accounts_invitation_refused",
    subject="An invitation was not accepted",
    text="Somebody tried to use an invitation that you sent, and it was refused: it had been used, had run out, or was meant for "
    "another person. If they still need access, sign in and send a new one.",
)
