"""Notices by e-mail, through whatever EMAIL_URL names."""

from django.conf import settings
from django.core.mail import EmailMessage

from send.notifications.channels.letterhead import full_text
from send.notifications.models import Message
from send.notifications.recipients import one_line


def send(message: Message) -> None:
    """Send one e-mail. Its Message-ID is the notice's own, so that a second copy after a crash can be recognised."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">")
    EmailMessage(
        subject=one_line(message.subject),
        body=full_text(message),
        to=[message.to_email],
        headers={"Message-ID": f"<{message.uuid}@{domain}>", "Auto-Submitted": "auto-generated"},
    ).send()
