"""The verbs of notices: tell, deliver, open, post, follow up. The only writer of their rows.

`tell` stands in the transaction of the change: no notice of a decision that rolled back, none lost for one that did not.
"""

from django.conf import settings
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q

from send import clock
from send.accounts.models import User
from send.notifications import kinds, tasks
from send.notifications.delivery import deliver
from send.notifications.following import follow_up
from send.notifications.models import Channel, Message, State
from send.notifications.posting import record_posting
from send.notifications.recipients import Recipient, one_line

__all__ = ["Recipient", "deliver", "follow_up", "opened", "record_posting", "tell"]


@transaction.atomic
def tell(
    kind: str, *, to: User | Recipient, about, channel: str | None = None, decision: bool = False, document=None, at=None
) -> Message:
    """Write one notice to the outbox; it is sent after commit.

    `about` has `audit_stream` and `audit_reference`, and its `authority` if it has one. `document` is a Document or its uuid.
    `decision` means that somebody makes sure it is opened. Raises KeyError for a kind nobody registered, ValidationError
    for an e-mail address that is none.
    """
    words = kinds.wording(kind)
    name, email, address = (to.name, to.email, to.address) if isinstance(to, Recipient) else (to.name, to.email, "")
    if email:
        validate_email(email)
    message = Message.objects.create(
        kind=kind, to_user=to if isinstance(to, User) else None, to_name=one_line(name), to_email=email, to_address=address,
        authority=getattr(about, "authority", None), about_stream=about.audit_stream, about_reference=about.audit_reference,
        channel=channel or _usual_channel(email), subject=words.subject, text=words.text, is_decision=decision,
        document=getattr(document, "uuid", document), created_at=at or clock.now(),
    )  # fmt: skip
    if message.channel != Channel.LETTER:  # a letter waits on the officers' list until somebody posts it
        # robust: the change is already kept; with the broker away the sweeper sends the notice
        transaction.on_commit(lambda: _queue(message.pk), robust=True)
    return message


@transaction.atomic
def opened(message_or_about, *, by: User, at) -> int:
    """`by` opened a notice, or what their notices are about; answers how many were new. Moves no legal date.

    The letter that follows an unopened notice is about the same thing, so it is settled too and need not be posted.
    """
    mine = Message.objects.select_for_update(of=("self",)).filter(to_user=by, opened_at__isnull=True)
    stream, reference = message_or_about.audit_stream, message_or_about.audit_reference
    if isinstance(message_or_about, Message):
        mine = mine.filter(Q(pk=message_or_about.pk) | Q(follows=message_or_about) | Q(followed_by=message_or_about))
    else:
        mine = mine.filter(about_stream=stream, about_reference=reference)
    ids = list(mine.values_list("pk", flat=True))
    return Message.objects.filter(pk__in=ids).update(state=State.OPENED, opened_at=at)


def _usual_channel(email: str) -> str:
    if not email:
        return Channel.LETTER
    return Channel.NOTIFY if settings.NOTIFY_API_KEY else Channel.EMAIL


def _queue(message_id: int) -> None:
    tasks.deliver_message.delay(message_id)
