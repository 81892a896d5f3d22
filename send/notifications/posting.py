"""Letters: an officer hands them to the post and says on which day."""

from datetime import date, datetime

from django.db import transaction

from send.accounts.models import User
from send.audit.services import record
from send.errors import NotAllowed, RuleBroken
from send.notifications import selectors
from send.notifications.models import Channel, Message, State


@transaction.atomic
def record_posting(message_id: int, *, by: User, on: date, today: date, at: datetime) -> Message:
    """An officer of the authority posted the letter on the day `on`.

    Raises Http404 when it is not theirs to post, NotAllowed when it is posted already, RuleBroken for a day that has not
    come or lies before the letter was written.
    """
    letter = Message.objects.select_for_update().get(pk=message_id, channel=Channel.LETTER)
    if letter.posted_on is not None:
        raise NotAllowed("This letter is recorded as posted already.")
    selectors.letter_to_post(by, uuid=letter.uuid, on=today)
    if not letter.created_on <= on <= today:
        raise RuleBroken("The day of posting must be between the day the letter was written and today.")
    letter.posted_on, letter.posted_by, letter.state, letter.sent_at = on, by, State.SENT, at
    letter.save(update_fields=["posted_on", "posted_by", "state", "sent_at"])
    record("notifications.record_posting", by=by, subject=letter, change={"posted_on": on, "message": letter.uuid})
    return letter
