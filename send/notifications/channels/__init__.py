"""One module for each way a notice leaves the service. A way either sends it or raises."""

from send.notifications.channels import by_email, by_notify
from send.notifications.models import Channel, Message

SENDERS = {Channel.EMAIL: by_email.send, Channel.NOTIFY: by_notify.send}


def send(message: Message) -> None:
    """Send a notice by its channel; one that is only on the screen has arrived already."""
    if message.channel != Channel.SCREEN:
        SENDERS[Channel(message.channel)](message)
