"""Jobs of the outbox: deliver one notice, look for lost ones, follow up decisions that nobody opened."""

from celery import shared_task

from send import clock
from send.notifications import selectors
from send.notifications.delivery import deliver
from send.notifications.following import follow_up


@shared_task
def deliver_message(message_id: int) -> bool:
    """Send one notice; delivered again it does nothing."""
    return deliver(message_id, at=clock.now())


@shared_task
def sweep_outbox() -> int:
    """Queue again every notice that got lost or is due another try: losing the broker loses no notice."""
    ids = selectors.to_send_again(clock.now())
    for message_id in ids:
        deliver_message.delay(message_id)
    return len(ids)


@shared_task
def follow_up_unopened() -> int:
    """Take the next step for every decision that nobody has opened."""
    return follow_up(on=clock.today(), at=clock.now())
