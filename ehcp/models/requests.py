"""What an asker says, before and at the request. It belongs to the asker, who alone sees it until it is sent."""

from django.db import models
from django.db.models import Q

from ehcp.models.cases import Case
from send.accounts.models import User
from send.models import Published
from send.organisations.models import LocalAuthority


class Request(Published):
    """A request for an EHC needs assessment (CFA 2014 s.36(1)), from its first saved answer."""

    class AskedBy(models.TextChoices):
        PARENT = "parent", "A parent or carer"
        YOUNG_PERSON = "young_person", "A young person, for themselves"
        SETTING = "setting", "A person acting for a school or college"

    asker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="requests")
    authority = models.ForeignKey(LocalAuthority, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_by = models.CharField(max_length=20, choices=AskedBy, blank=True)
    answers = models.JSONField(default=dict, help_text="answers by question, as typed (ehcp.questions)")
    revision = models.PositiveIntegerField(
        default=0, help_text="counts saves, so that two open windows cannot overwrite each other"
    )
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="request")

    class Meta:
        indexes = [models.Index(fields=["asker", "-id"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, case__isnull=True)
                | Q(submitted_at__isnull=False, case__isnull=False, authority__isnull=False),
                name="a_sent_request_has_its_case",
            )
        ]

    @property
    def audit_stream(self) -> str:
        """The case's stream once there is a case; before that the stream of the system."""
        return self.case.audit_stream if self.case_id else "system"

    @property
    def audit_reference(self) -> str:
        """The reference once sent; before that the outside identifier."""
        return self.case.reference if self.case_id else str(self.uuid)
