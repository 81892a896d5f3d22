"""Notices and how they travel: an outbox whose rows are written with the change they tell of, and sent after commit.

A notice says that there is something new and where to sign in. What it is about stays in the service.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from send.clock import LONDON, now
from send.models import Published
from send.organisations.models import LocalAuthority


class Channel(models.TextChoices):
    """How a notice travels. Every notice to a person who signs in is on their screen too."""

    SCREEN = "screen", "On screen"
    EMAIL = "email", "E-mail"
    LETTER = "letter", "Letter"
    NOTIFY = "notify", "E-mail by GOV.UK Notify"


class State(models.TextChoices):
    """Where a notice is on its way."""

    QUEUED = "queued", "Waiting to be sent"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Not sent yet, will be tried again"
    NEEDS_ATTENTION = "needs_attention", "Not sent, needs attention"
    OPENED = "opened", "Opened"


class Message(Published):
    """One notice to one person by one channel. `follows` names the notice that nobody opened."""

    kind = models.CharField(max_length=60)
    to_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="messages")
    to_name = models.CharField(max_length=200, blank=True)
    to_email = models.EmailField(blank=True)
    to_address = models.TextField(blank=True)
    authority = models.ForeignKey(LocalAuthority, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    about_stream = models.CharField(max_length=80, help_text="audit stream of what it is about")
    about_reference = models.CharField(max_length=100)
    channel = models.CharField(max_length=6, choices=Channel)
    subject = models.CharField(max_length=150)
    text = models.TextField()
    is_decision = models.BooleanField(default=False, help_text="unopened for two days, it is followed by the next channel")
    document = models.UUIDField(null=True, blank=True, help_text="uuid of the paper that it announces")
    state = models.CharField(max_length=15, choices=State, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=200, blank=True, help_text="why the last try failed: a kind of error, never an address")
    created_at = models.DateTimeField(default=now)
    claimed_at = models.DateTimeField(null=True, blank=True, help_text="a worker took it at this moment")
    next_try_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    posted_on = models.DateField(
        null=True, blank=True, help_text="the day a letter was handed to the post, as an officer recorded it"
    )
    posted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    follows = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by")
    raised_at = models.DateTimeField(null=True, blank=True, help_text="an officer was told that nobody opened it")

    class Meta:
        indexes = [
            models.Index(fields=["to_user", "-created_at"], name="message_by_person"),
            models.Index(fields=["about_stream", "about_reference"], name="message_by_subject"),
            models.Index(fields=["authority", "channel", "state"], name="message_by_authority"),
            models.Index(
                fields=["state", "next_try_at"], name="message_unsent", condition=Q(state__in=["queued", "sending", "failed"])
            ),
            models.Index(fields=["created_at"], name="message_unopened", condition=Q(is_decision=True, opened_at__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(posted_on__isnull=True, posted_by__isnull=True)
                | Q(posted_on__isnull=False, posted_by__isnull=False, channel="letter"),
                name="a_posted_letter_has_a_day_and_an_officer",
            ),
            models.CheckConstraint(condition=~Q(state="sent") | Q(sent_at__isnull=False), name="a_sent_message_has_its_moment"),
            models.CheckConstraint(
                condition=~Q(state="opened") | Q(opened_at__isnull=False), name="an_opened_message_has_its_moment"
            ),
            models.CheckConstraint(
                condition=Q(follows__isnull=True) | ~Q(follows=F("pk")), name="a_message_does_not_follow_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def audit_stream(self) -> str:
        """What is done with a notice stands in the trail of what it is about."""
        return self.about_stream

    @property
    def audit_reference(self) -> str:
        """How the trail names what it is about."""
        return self.about_reference

    @property
    def sent_on(self):
        """The day it was sent, in England; None before."""
        return self.sent_at and self.sent_at.astimezone(LONDON).date()

    @property
    def created_on(self):
        """The day it was written, in England."""
        return self.created_at.astimezone(LONDON).date()


class KeptMail(models.Model):
    """An e-mail that the embedded default 'sent': it goes no further than the page /mail/."""

    to = models.CharField(max_length=320)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    sent_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.subject
