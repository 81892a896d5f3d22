"""Abstract bases only: what every dated thing in law and every published identifier look like."""

import uuid6
from django.db import models


def new_uuid():
    """A time-ordered identifier for the outside (UUID version 7)."""
    return uuid6.uuid7()


class Published(models.Model):
    """Something that other systems may name: an integer inside, a UUID version 7 outside."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)

    class Meta:
        abstract = True


class Event(models.Model):
    """What happened, on which legal date, recorded when and by whom. Never edited: a mistake is corrected by another."""

    kind = models.CharField(max_length=60)
    on = models.DateField(help_text="the legal date, Europe/London")
    recorded_at = models.DateTimeField(help_text="the moment it was recorded, UTC")
    by_name = models.CharField(max_length=200)
    reason = models.TextField(blank=True)

    class Meta:
        abstract = True


class Deadline(models.Model):
    """An index of one computed time limit for lists and reminders; rewritten from the facts, never counted down."""

    duty = models.CharField(max_length=60)
    started_on = models.DateField()
    due_on = models.DateField()
    met_on = models.DateField(null=True, blank=True)
    lifted_under = models.CharField(max_length=80, blank=True)

    class Meta:
        abstract = True
