"""Where Django's mail goes when no EMAIL_URL is set: to a page in the embedded default, and nowhere in a real service."""

from django.core.exceptions import ImproperlyConfigured
from django.core.mail.backends.base import BaseEmailBackend

from send.notifications.models import KeptMail


class KeepOnPage(BaseEmailBackend):
    """Keeps every e-mail for the page /mail/ (embedded default only)."""

    def send_messages(self, email_messages):
        """Keep one row for each person written to; answers how many e-mails were kept."""
        rows = [KeptMail(to=to, subject=mail.subject[:250], text=mail.body) for mail in email_messages for to in mail.recipients()]
        KeptMail.objects.bulk_create(rows)
        return len(email_messages)


class NoMail(BaseEmailBackend):
    """A real service without EMAIL_URL says so instead of losing mail."""

    def send_messages(self, email_messages):
        """Always raises ImproperlyConfigured."""
        raise ImproperlyConfigured("EMAIL_URL is not set, so no e-mail can be sent.")
