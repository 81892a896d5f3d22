"""Questions about notices: mine, those nobody opened, those to post, those that need a person."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from send.accounts.models import User
from send.accounts.roles import Role
from send.accounts.selectors import organisations_as
from send.clock import LONDON
from send.notifications.models import Channel, KeptMail, Message, State
from send.notifications.retries import ABANDONED_AFTER, FOLLOWED_AFTER_DAYS, OVERDUE_AFTER

MOST_AT_ONCE = 1000
POSTS_LETTERS = frozenset({Role.CASE_OFFICER, Role.SEND_MANAGER})


def messages_for(user: User) -> QuerySet[Message]:
    """The notices to one person, newest first. A letter shows once it was posted; before, it is its forerunner again."""
    return Message.objects.filter(to_user=user).exclude(channel=Channel.LETTER, posted_on__isnull=True).order_by("-created_at")


def unopened_count(user: User) -> int:
    """How many notices to this person are unopened."""
    return messages_for(user).filter(opened_at__isnull=True).count()


def message_for(user: User, *, uuid: UUID) -> Message:
    """One notice to this person. Raises Http404 for any other."""
    return _one(messages_for(user), uuid)


def unopened_decisions(on: date) -> QuerySet[Message]:
    """Decisions that nobody opened for two days on `on`, not sent by letter and not yet followed by one."""
    return _unopened(on).exclude(channel=Channel.LETTER).filter(followed_by__isnull=True)


def unanswered_letters(on: date) -> QuerySet[Message]:
    """Letters about a decision that have had their two days on `on`, posted or not, and nobody has been told."""
    return _unopened(on).filter(channel=Channel.LETTER, raised_at__isnull=True)


def letters_to_post(user: User, *, on: date) -> QuerySet[Message]:
    """Letters waiting to be posted by this officer's authority, the oldest first."""
    mine = organisations_as(user, POSTS_LETTERS, on)
    rows = Message.objects.filter(authority__in=mine, channel=Channel.LETTER, posted_on__isnull=True, opened_at__isnull=True)
    return rows.select_related("to_user").order_by("created_at")


def letter_to_post(user: User, *, uuid: UUID, on: date) -> Message:
    """One letter that this officer may post. Raises Http404 for any other."""
    return _one(letters_to_post(user, on=on), uuid)


def needing_attention(user: User, *, on: date) -> QuerySet[Message]:
    """Notices of this officer's authority that could not be sent in five tries."""
    mine = organisations_as(user, POSTS_LETTERS, on)
    return Message.objects.filter(authority__in=mine, state=State.NEEDS_ATTENTION).order_by("created_at")


def kept_mail() -> QuerySet[KeptMail]:
    """The e-mails that the embedded default 'sent', newest first."""
    return KeptMail.objects.all()


def to_send_again(at: datetime) -> list[int]:
    """Notices that were lost on their way to a worker, are due another try, or were with a worker that died."""
    lost = Q(state=State.QUEUED, created_at__lte=at - OVERDUE_AFTER)
    due_again = Q(state=State.FAILED, next_try_at__lte=at)
    abandoned = Q(state=State.SENDING, claimed_at__lte=at - ABANDONED_AFTER)
    rows = Message.objects.filter(lost | due_again | abandoned).exclude(channel=Channel.LETTER).order_by("created_at")
    return list(rows.values_list("pk", flat=True)[:MOST_AT_ONCE])


def oldest_unsent(at: datetime) -> timedelta | None:
    """How long the oldest notice has been waiting to be sent; None when none waits. Over five minutes is an alert."""
    waiting = Message.objects.filter(state__in=[State.QUEUED, State.SENDING]).exclude(channel=Channel.LETTER)
    first = waiting.order_by("created_at").values_list("created_at", flat=True).first()
    return first and at - first


def _unopened(on: date) -> QuerySet[Message]:
    # written on the day before yesterday or earlier, by the calendar of England
    until = datetime.combine(on - timedelta(days=FOLLOWED_AFTER_DAYS - 1), time(), LONDON)
    return Message.objects.filter(is_decision=True, opened_at__isnull=True, created_at__lt=until).order_by("created_at")


def _one(rows: QuerySet[Message], uuid: UUID) -> Message:
    message = rows.filter(uuid=uuid).first()
    if message is None:
        raise Http404
    return message
