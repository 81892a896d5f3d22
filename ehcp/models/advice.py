"""Advice of an EHC needs assessment (SEND Regs 2014 reg 6): who was asked, when, and what they answered."""

from django.db import models
from django.db.models import Q

from ehcp.models.cases import Case
from send.accounts.models import User
from send.accounts.roles import LABELS, Role
from send.documents.models import Document
from send.models import Published

ADVISER_ROLES = (
    Role.SCHOOL_SENCO,
    Role.EDUCATIONAL_PSYCHOLOGIST,
    Role.HEALTH_PROFESSIONAL,
    Role.SOCIAL_CARE_PROFESSIONAL,
)


class AdviceRequest(Published):
    """One person or body asked for advice, due six weeks after the asking (SEND Regs 2014 reg 8(1))."""

    class Kind(models.TextChoices):
        EDUCATION = "b", "Education: the head, principal or early years equivalent"
        HEALTH = "c", "Health: a professional named by the health commissioner"
        PSYCHOLOGY = "d", "An educational psychologist"
        SOCIAL_CARE = "e", "Social care"
        OTHER = "f", "Somebody else the council thinks right"
        ADULTHOOD = "g", "Preparation for adulthood (year 9 and above)"
        FAMILY_CHOICE = "h", "Somebody the family reasonably asked for"

    class State(models.TextChoices):
        ASKED = "asked", "Asked"
        SUBMITTED = "submitted", "Received"
        WITHDRAWN = "withdrawn", "No longer needed"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="advice_requests")
    kind = models.CharField(max_length=1, choices=Kind)
    role = models.CharField(max_length=30, choices=[(role.value, LABELS[role]) for role in ADVISER_ROLES])
    name = models.CharField(max_length=200, help_text="the person or body asked")
    email = models.EmailField()
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="advice_requests")
    what_is_asked = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_on = models.DateField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    submitted_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "state"]), models.Index(fields=["case", "state"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="submitted", submitted_on__isnull=False) | ~Q(state="submitted") & Q(submitted_on__isnull=True),
                name="submitted_advice_has_its_date",
            )
        ]

    @property
    def audit_stream(self) -> str:
        """The case's stream."""
        return self.case.audit_stream

    @property
    def audit_reference(self) -> str:
        """The case's reference."""
        return self.case.reference


class Advice(Published):
    """The answer: needs, outcomes and provision in the adviser's words, or their report as a file, or both."""

    request = models.OneToOneField(AdviceRequest, on_delete=models.PROTECT, related_name="advice")
    needs = models.TextField(blank=True)
    outcomes = models.TextField(blank=True)
    provision = models.TextField(blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    author = models.CharField(max_length=200, help_text="name and job, as it will stand in section K")
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
