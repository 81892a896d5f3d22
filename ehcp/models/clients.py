"""Programs that call the API: each bound to one school, to what it may do, and to a last day; and what they sent once."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from send.accounts.models import User
from send.models import Published
from send.organisations.models import Setting


class ApiClient(Published):
    """A school's records system. It is no person: permissions and the trail hang on this row, never on a user."""

    application = models.OneToOneField(
        settings.OAUTH2_PROVIDER_APPLICATION_MODEL, on_delete=models.PROTECT, related_name="api_client"
    )
    setting = models.ForeignKey(Setting, on_delete=models.PROTECT, related_name="api_clients")
    name = models.CharField(max_length=100, help_text="the system, as the school calls it")
    scopes = models.JSONField(default=list, help_text="the most that its tokens may do")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="the last day on which it works; a new client takes over before then")

    class Meta:
        indexes = [models.Index(fields=["setting", "ends_on"])]
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="api_client_ends_after_it_starts")]

    # What the frameworks ask of whoever calls.
    is_authenticated = True
    is_active = True

    @property
    def audit_stream(self) -> str:
        """The school's stream."""
        return self.setting.audit_stream

    @property
    def audit_reference(self) -> str:
        """The system's name at the school."""
        return f"{self.name}, {self.setting.name}"

    def __str__(self) -> str:
        return self.audit_reference


class IdempotencyKey(models.Model):
    """A write that succeeded, and its answer: the same key and body get the same answer and change nothing again."""

    client = models.ForeignKey(ApiClient, on_delete=models.CASCADE, related_name="keys")
    key = models.CharField(max_length=100)
    route = models.CharField(max_length=100)
    body_hash = models.CharField(max_length=64, help_text="SHA-256 of the body's values")
    status = models.PositiveSmallIntegerField(default=0)
    response = models.TextField(blank=True, help_text="JSON as it was answered; never personal details")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "key"], name="a_key_once_a_client")]
