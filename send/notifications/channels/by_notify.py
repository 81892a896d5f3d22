"""Notices through GOV.UK Notify: one template there, whose subject and body are ((subject)) and ((body))."""

from django.conf import settings
from notifications_python_client.notifications import NotificationsAPIClient

from send.notifications.channels.letterhead import full_text
from send.notifications.models import Message
from send.notifications.recipients import one_line

TIME_LIMIT_SECONDS = 10


def send(message: Message) -> None:
    """Hand one notice to Notify under its own reference, unless a try that was cut short handed it over already."""
    client = NotificationsAPIClient(settings.NOTIFY_API_KEY, base_url=settings.NOTIFY_URL, timeout=TIME_LIMIT_SECONDS)
    if message.tries > 1 and client.get_all_notifications(reference=str(message.uuid))["notifications"]:
        return
    client.send_email_notification(
        email_address=message.to_email,
        template_id=settings.NOTIFY_TEMPLATE_ID,
        personalisation={"subject": one_line(message.subject), "body": full_text(message)},
        reference=str(message.uuid),
    )
