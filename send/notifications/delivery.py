"""Delivering one notice: taken by one worker, tried up to five times, then shown to a person."""

import logging
import random
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from send.notifications import channels
from send.notifications.models import Channel, Message, State
from send.notifications.retries import ABANDONED_AFTER, gives_up, wait_after

logger = logging.getLogger(__name__)


def deliver(message_id: int, *, at: datetime) -> bool:
    """Send one notice unless another worker has it or it has gone already. Answers whether this call sent it.

    The conditional UPDATE is the lock: of five deliveries of the same task, one changes a row and the others none.
    """
    if not _claim(message_id, at=at):
        return False
    message = Message.objects.get(pk=message_id)
    try:
        channels.send(message)
    except Exception as trouble:
        _note_failure(message, trouble, at=at)
        return False
    Message.objects.filter(pk=message_id, state=State.SENDING).update(state=State.SENT, sent_at=at, next_try_at=None, trouble="")
    # opened on the screen while it was being sent: the moment of sending is kept, the state stays
    Message.objects.filter(pk=message_id, state=State.OPENED, sent_at__isnull=True).update(sent_at=at)
    return True


def _claim(message_id: int, *, at: datetime) -> bool:
    free = Q(state=State.QUEUED) | Q(state=State.FAILED, next_try_at__lte=at)
    free |= Q(state=State.SENDING, claimed_at__lte=at - ABANDONED_AFTER)
    with transaction.atomic():
        rows = Message.objects.filter(free, pk=message_id).exclude(channel=Channel.LETTER)
        return rows.update(state=State.SENDING, claimed_at=at, tries=F("tries") + 1) == 1


def _note_failure(message: Message, trouble: Exception, *, at: datetime) -> None:
    ends = gives_up(message.tries)
    wait = wait_after(message.tries, jitter=random.random())  # spreads load, guards nothing
    state, again = (State.NEEDS_ATTENTION, None) if ends else (State.FAILED, at + wait)
    Message.objects.filter(pk=message.pk, state=State.SENDING).update(
        state=state, next_try_at=again, trouble=type(trouble).__name__[:200]
    )
    logger.log(logging.ERROR if ends else logging.WARNING, "notice %s was not sent: %s", message.uuid, type(trouble).__name__)
