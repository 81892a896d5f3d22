"""The trail: what was done (hash-chained, one stream a case, an organisation, the system), what was read, and signed checkpoints.

Rows hold identifiers and words, and point at no live data, so that the trail outlives what it describes. Nothing here
is ever changed: database triggers refuse it (see `send.audit.triggers`).
"""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

GENESIS = "0" * 64  # the 'previous hash' of the first event of a stream


class Stream(models.Model):
    """The head of one chain. Locked and moved on in the transaction of each event, so that a cut tail shows."""

    name = models.CharField(max_length=80, help_text="case:<uuid>, organisation:<uuid> or system")
    sequence = models.BigIntegerField(default=0, help_text="of the last event")
    previous_hash = models.CharField(max_length=64, default=GENESIS)
    hash = models.CharField(max_length=64, default=GENESIS, help_text="of the last event")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name"], name="one_head_a_stream")]

    def __str__(self) -> str:
        return self.name


class ActorKind(models.TextChoices):
    """What kind of actor a row names."""

    USER = "user", "A person"
    SYSTEM = "system", "The service"
    NOBODY = "nobody", "Not signed in"


class Actor(models.Model):
    """Columns that name who acted. A person's own name is not among them: it stands in the erasable text."""

    actor_kind = models.CharField(max_length=6, choices=ActorKind)
    actor_id = models.BigIntegerField(null=True)
    actor_uuid = models.UUIDField(null=True)
    role = models.CharField(max_length=30, blank=True)
    organisation = models.UUIDField(null=True)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        abstract = True


class AuditEvent(Actor):
    """One thing that somebody did. `hash` chains it to the event before; `send.audit.chain` says over what."""

    stream = models.CharField(max_length=80)
    sequence = models.BigIntegerField(help_text="1, 2, 3… without a gap within the stream")
    at = models.DateTimeField(help_text="UTC")
    system_name = models.CharField(max_length=100, blank=True, help_text="which part of the service acted by itself")
    subject_reference = models.CharField(max_length=100)
    action = models.CharField(max_length=80)
    outcome = models.CharField(max_length=20, default="done")
    erases_to = models.BigIntegerField(null=True, help_text="the text of this stream up to this sequence was lawfully destroyed")
    text_digest = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "sequence"], name="one_event_a_place_in_a_stream")]
        indexes = [models.Index(fields=["stream", "erases_to"], name="audit_erasures", condition=Q(erases_to__isnull=False))]

    def __str__(self) -> str:
        return f"{self.stream} {self.sequence} {self.action}"


class AuditText(models.Model):
    """The words of one event, apart from it so that they can be erased: names, old and new values, the reason."""

    event = models.OneToOneField(
        AuditEvent, on_delete=models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="text"
    )
    salt = models.CharField(max_length=32)
    text = models.TextField(help_text="JSON, kept to the byte because its digest is in the chain")


class ReadEvent(Actor):
    """One look at records, or one refusal. A list is one row; `ReadSubject` names each record in it."""

    class Outcome(models.TextChoices):
        SEEN = "seen", "Seen"
        DENIED = "denied", "Denied"

    at = models.DateTimeField(help_text="UTC")
    organisation_name = models.CharField(max_length=200, blank=True)
    what = models.CharField(max_length=100)
    outcome = models.CharField(max_length=6, choices=Outcome, default=Outcome.SEEN)
    subject_reference = models.CharField(max_length=100, blank=True)
    withheld = models.BooleanField(default=False, help_text="kept and reviewed, but not shown to the family")
    digest = models.CharField(max_length=64, help_text="of this row and its subjects; checkpoints cover it")

    class Meta:
        indexes = [models.Index(fields=["at"], name="audit_reads_by_time")]


class ReadSubject(models.Model):
    """One record that a look showed."""

    read = models.ForeignKey(ReadEvent, on_delete=models.DO_NOTHING, db_constraint=False, related_name="subjects")
    subject = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["subject", "read"], name="audit_reads_of_a_subject")]


class Checkpoint(models.Model):
    """A signed statement of all events and reads up to two row numbers; each covers those since the one before."""

    sequence = models.BigIntegerField()
    at = models.DateTimeField(help_text="UTC")
    statement = models.JSONField(
        encoder=DjangoJSONEncoder, help_text="row numbers, counts and digests of the events and of the reads since the one before"
    )
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    public_key = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sequence"], name="one_checkpoint_a_sequence")]
