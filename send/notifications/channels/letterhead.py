"""The whole text of a notice as it is sent: a greeting, the words of its kind, where to go, and who it is from."""

from django.conf import settings

from send.notifications import kinds
from send.notifications.models import Message


def full_text(message: Message) -> str:
    """Plain text. The only address in it is the service's own, and nothing says what the notice is about."""
    words = kinds.wording(message.kind)
    where = f"{settings.PUBLIC_ADDRESS}{words.link(message) if words.link else settings.LOGIN_URL}"
    greeting = f"Dear {message.to_name}" if message.to_name else "Hello"
    go_on = "Go to" if words.link else "Sign in at"
    return f"{greeting},\n\n{message.text}\n\n{go_on} {where}\n\n{settings.SERVICE_NAME}\n"
