"""The plan: structured, versioned, and locked.

A version is written, served or made final, and then never changes: the next one begins as a copy. What may be final
is held by CHECK constraints here and by the triggers of `ehcp.lock` (SEND Regs 2014 regs 12-13).
"""

from django.db import models
from django.db.models import F, Q

from ehcp.models.cases import Case
from send.accounts.models import User
from send.documents.models import Document
from send.models import Published
from send.organisations.models import LocalAuthority, Setting


class LegalBasis(models.TextChoices):
    """Why a version exists. The first four need the family step; the others an order, agreement or event."""

    FIRST_PLAN = "first_plan", "First plan"
    REVIEW = "review", "Review"
    AMENDMENT = "amendment", "Amendment without a review"
    REASSESSMENT = "reassessment", "Re-assessment"
    TRIBUNAL_ORDER = "tribunal_order", "Order of the tribunal"
    UNOPPOSED_APPEAL = "unopposed_appeal", "Appeal not opposed"
    CONSENT_ORDER = "consent_order", "Consent order"
    MEDIATION_AGREEMENT = "mediation_agreement", "Mediation agreement"
    TRANSFER = "transfer", "Transfer from another authority"
    SLIP = "slip", "Correction of a slip"


FAMILY_STEP_BASES = (LegalBasis.FIRST_PLAN, LegalBasis.REVIEW, LegalBasis.AMENDMENT, LegalBasis.REASSESSMENT)
ORDER_BASES = tuple(basis for basis in LegalBasis if basis not in FAMILY_STEP_BASES)


class PlanVersion(Published):
    """One version of a plan. `served_on` and what the family answered decide when it may become final."""

    class State(models.TextChoices):
        WRITING = "writing", "Being written"
        SERVED = "served", "Draft with the family"
        PROPOSED = "proposed", "Proposed as final"
        FINAL = "final", "Final"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="versions")
    authority = models.ForeignKey(LocalAuthority, on_delete=models.PROTECT, related_name="+", help_text="the authority of its time")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.WRITING)
    basis = models.CharField(max_length=20, choices=LegalBasis, default=LegalBasis.FIRST_PLAN)
    draft = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="finals",
        help_text="the served draft that this final answers",
    )
    basis_reference = models.CharField(max_length=120, blank=True, help_text="the order, agreement or event relied on")
    basis_on = models.DateField(null=True, blank=True)
    family_told_on = models.DateField(null=True, blank=True)
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    served_on = models.DateField(null=True, blank=True)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    finalised_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    issued_on = models.DateField(null=True, blank=True)
    setting = models.ForeignKey(
        Setting, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="named in section I"
    )
    setting_type = models.CharField(max_length=120, blank=True, help_text="type of setting in section I")
    rule_set = models.CharField(max_length=20)
    edition = models.CharField(max_length=40, blank=True, help_text="the edition of the national standards of its day")
    without = models.JSONField(default=dict, help_text="good practice left out, and the reason that the family sees")
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["case", "number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="versions_are_numbered_once"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=["writing", "proposed"]), name="one_version_is_written_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="served") | Q(served_on__isnull=False, setting__isnull=True, setting_type=""),
                name="a_served_draft_leaves_section_i_blank",
            ),
            models.CheckConstraint(
                condition=~Q(state="final")
                | Q(issued_on__isnull=False, finalised_by__isnull=False, proposed_by__isnull=False)
                & ~Q(finalised_by=F("proposed_by")),
                name="a_final_plan_has_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state="final")
                | Q(basis__in=FAMILY_STEP_BASES, draft__isnull=False)
                | Q(basis__in=ORDER_BASES, basis_on__isnull=False, family_told_on__isnull=False) & ~Q(basis_reference=""),
                name="a_final_plan_has_its_legal_basis",
            ),
            models.CheckConstraint(
                condition=Q(basis_on__isnull=True) | Q(issued_on__isnull=True) | Q(issued_on__gte=F("basis_on")),
                name="a_final_plan_follows_its_order",
            ),
        ]

    @property
    def audit_stream(self) -> str:
        """The case's stream."""
        return self.case.audit_stream

    @property
    def audit_reference(self) -> str:
        """The case's reference and the version's number."""
        return f"{self.case.reference} version {self.number}"


class PlanLine(Published):
    """A line of a version. `line` stays the same from version to version, so that a line can be followed."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="%(class)ss")
    line = models.UUIDField(help_text="the same in every version of the plan")
    position = models.PositiveIntegerField(default=0)
    text = models.TextField()
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position", "id"]


class PlanSection(PlanLine):
    """The words of one section that is not made of rows (A, J and the notes of others)."""

    letter = models.CharField(max_length=2)

    class Meta(PlanLine.Meta):
        constraints = [models.UniqueConstraint(fields=["version", "letter"], name="one_text_a_section")]


class Need(PlanLine):
    """A special educational (B), health (C) or social care (D) need."""

    section = models.CharField(max_length=1, choices=[("B", "B"), ("C", "C"), ("D", "D")])
    area = models.CharField(max_length=60, blank=True, help_text="one of the four broad areas, for section B")


class Outcome(PlanLine):
    """An outcome sought (section E): measurable, with its by-when."""

    by_when = models.CharField(max_length=120, blank=True)
    by_date = models.DateField(null=True, blank=True)
    needs = models.ManyToManyField(Need, related_name="outcomes", blank=True)


class Provision(PlanLine):
    """Provision (F, G, H1, H2): who, what, how long, how often, how many together, from when, until when, paid by."""

    section = models.CharField(max_length=2, choices=[("F", "F"), ("G", "G"), ("H1", "H1"), ("H2", "H2")])
    delivered_by = models.CharField(max_length=200, blank=True)
    qualification = models.CharField(max_length=200, blank=True)
    minutes = models.PositiveIntegerField(null=True, blank=True, help_text="minutes each time")
    times = models.PositiveIntegerField(null=True, blank=True, help_text="times in each period")
    period = models.CharField(
        max_length=10,
        blank=True,
        choices=[("day", "day"), ("week", "week"), ("month", "month"), ("term", "term"), ("year", "year")],
    )
    ratio = models.CharField(max_length=40, blank=True, help_text="how many together")
    starts = models.CharField(max_length=120, blank=True)
    until = models.CharField(max_length=120, blank=True)
    funded_by = models.CharField(
        max_length=10, blank=True, choices=[("education", "education"), ("health", "health"), ("care", "social care")]
    )
    needs = models.ManyToManyField(Need, related_name="provisions", blank=True)
    outcomes = models.ManyToManyField(Outcome, related_name="provisions", blank=True)


class FamilyStep(models.Model):
    """One rights-holder and one served draft: when it was served on them, and whether they said 'I have finished, you may go on'.

    Append-only, except that an empty `finished_on` may be filled once (trigger).
    """

    class How(models.TextChoices):
        SCREEN = "screen", "On the screen, as the family agreed"
        POST = "post", "By post"
        HAND = "hand", "By hand"

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="family_steps")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="family_steps")
    how = models.CharField(max_length=10, choices=How)
    served_on = models.DateField()
    window_ends_on = models.DateField(help_text="the last day of the window: served + 14 at the least, later when more was agreed")
    finished_on = models.DateField(null=True, blank=True)
    setting_asked_for = models.ForeignKey(Setting, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    setting_in_words = models.CharField(max_length=200, blank=True)
    asks_for_meeting = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "user"], name="one_family_step_a_person"),
            models.CheckConstraint(
                condition=Q(finished_on__isnull=True) | Q(finished_on__gte=F("served_on")), name="finished_after_served"
            ),
        ]


class Comment(Published):
    """What a family says of one line of a served draft, and the answer it got."""

    class Stance(models.TextChoices):
        AGREE = "agree", "I agree"
        COMMENT = "comment", "I have a comment"
        SUGGEST = "suggest", "I suggest other words"
        ASK = "ask", "What does this mean?"

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="comments")
    line = models.UUIDField(null=True, blank=True, help_text="empty: about the whole plan")
    section = models.CharField(max_length=2, blank=True)
    stance = models.CharField(max_length=10, choices=Stance)
    text = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["version", "line"])]


class PlanDocument(models.Model):
    """The PDF of a served draft or a final plan: made once by a job, kept for ever."""

    version = models.OneToOneField(PlanVersion, on_delete=models.PROTECT, related_name="pdf")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
