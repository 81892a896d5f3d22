"""A decision that nobody opens: a letter after two days, and the officer is told after two more. No legal date moves."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from send.notifications import kinds, selectors
from send.notifications.models import Channel, Message
from send.notifications.signals import decision_unopened

LETTER_TEXT = "You have not opened this yet, so it is sent to you on paper as well."


def follow_up(*, on: date, at: datetime) -> int:
    """Follow every decision unopened on `on` by its next step. Safe to repeat; answers how many steps were taken."""
    told = sum(_tell_officer(letter, on=on, at=at) for letter in selectors.unanswered_letters(on))
    return told + sum(_send_letter(message, at=at) for message in selectors.unopened_decisions(on))


def _send_letter(message: Message, *, at: datetime) -> bool:
    try:
        with transaction.atomic():
            Message.objects.create(
                kind=message.kind, to_user=message.to_user, to_name=message.to_name, to_email=message.to_email,
                to_address=message.to_address, authority=message.authority, about_stream=message.about_stream,
                about_reference=message.about_reference, channel=Channel.LETTER, subject=message.subject,
                text=f"{kinds.wording(message.kind).text}\n\n{LETTER_TEXT}", is_decision=True, document=message.document,
                created_at=at, follows=message,
            )  # fmt: skip
    except IntegrityError:  # another worker was quicker: a notice is followed once
        return False
    return True


def _tell_officer(letter: Message, *, on: date, at: datetime) -> bool:
    with transaction.atomic():
        first = Message.objects.filter(pk=letter.pk, raised_at__isnull=True, opened_at__isnull=True)
        if not first.update(raised_at=at):
            return False
        decision_unopened.send(sender=Message, message=letter, on=on)
    return True
