"""Files that people send and papers that the service issues.

What others read is never what was sent: the original is sealed under a name of its own with its SHA-256, and a copy
rebuilt without scripts, hidden data or places takes its place. An issued paper is bytes with a hash, never rendered again.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from send.clock import now
from send.models import Published
from send.organisations.models import LocalAuthority


class State(models.TextChoices):
    """Where a file is on its way to being readable; the label is what the uploader reads."""

    RECEIVING = "receiving", "Uploading"
    QUARANTINED = "quarantined", "Waiting to be checked"
    SCANNING = "scanning", "Being checked"
    CLEAN = "clean", "Received and checked"
    REJECTED = "rejected", "Not accepted"


class Document(Published):
    """One file. Nobody but the uploader knows of it before it is clean."""

    authority = models.ForeignKey(LocalAuthority, on_delete=models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=150, help_text="what the sender called it: words only, never part of a path")
    description = models.CharField(max_length=300, blank=True)
    kind = models.CharField(
        max_length=30, default="evidence", help_text="the word of the app that keeps it: evidence, plan, letter"
    )
    state = models.CharField(max_length=12, choices=State, default=State.RECEIVING)
    refusal = models.CharField(max_length=300, blank=True, help_text="why it was not accepted or still waits, in plain words")
    stream = models.CharField(max_length=80, blank=True, help_text="audit stream, where it is not the authority's own")
    collection = models.CharField(max_length=80, blank=True, help_text="the request or case whose limits it counts against")
    is_issued = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now)
    settled_at = models.DateTimeField(null=True, blank=True, help_text="clean or rejected at this moment")

    declared_type = models.CharField(max_length=100, blank=True)
    size = models.BigIntegerField(help_text="bytes of the original")
    received_bytes = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True, help_text="of the original")
    original = models.CharField(max_length=120, blank=True, help_text="storage name of the sealed original")

    content_type = models.CharField(max_length=100, blank=True, help_text="of what is read: the copy")
    copy = models.CharField(max_length=120, blank=True, help_text="storage name of the rebuilt copy")
    copy_sha256 = models.CharField(max_length=64, blank=True)
    copy_size = models.BigIntegerField(default=0)
    preview = models.CharField(max_length=120, blank=True, help_text="storage name of a small JPEG")
    page_count = models.PositiveIntegerField(null=True, blank=True)

    checking_since = models.DateTimeField(null=True, blank=True)
    checked_by = models.CharField(max_length=60, blank=True, help_text="the scanner that passed it")

    class Meta:
        indexes = [
            models.Index(fields=["authority", "state", "created_at"], name="document_by_authority"),
            models.Index(fields=["uploaded_by", "created_at"], name="document_by_sender"),
            models.Index(fields=["collection"], name="document_by_collection"),
            models.Index(
                fields=["state", "checking_since"], name="document_unsettled", condition=~Q(state__in=["clean", "rejected"])
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="clean") | (~Q(copy="") & ~Q(copy_sha256="") & ~Q(sha256="")),
                name="a_clean_document_has_hashed_bytes",
            ),
            models.CheckConstraint(
                condition=~Q(state="rejected") | Q(original="", copy=""), name="a_rejected_document_keeps_no_bytes"
            ),
            models.CheckConstraint(condition=Q(received_bytes__gte=0, received_bytes__lte=F("size")), name="received_within_size"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_stream(self) -> str:
        """The stream its events are written to: the case's where the caller named it, otherwise the authority's."""
        return self.stream or f"organisation:{self.authority.uuid}"

    @property
    def audit_reference(self) -> str:
        """How the trail names it: never by the sender's file name, which may hold a child's name."""
        return str(self.uuid)

    @property
    def is_readable(self) -> bool:
        """True once there is a checked copy to read."""
        return self.state == State.CLEAN

    @property
    def is_settled(self) -> bool:
        """True once nothing more will happen to it by itself."""
        return self.state in {State.CLEAN, State.REJECTED}


class Upload(Published):
    """One resumable upload (tus 1.0) while its bytes arrive in the incoming folder."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="upload")
    offset = models.BigIntegerField(default=0, help_text="bytes that are safely on disk")
    length = models.BigIntegerField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(offset__gte=0, offset__lte=F("length")), name="offset_within_length"),
        ]

    def __str__(self) -> str:
        return f"{self.offset} of {self.length} bytes"


class DownloadHour(models.Model):
    """How many downloads one person made in one hour, for the limit."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "hour"], name="one_count_a_person_and_hour")]
