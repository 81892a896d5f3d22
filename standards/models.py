"""National standards (GP 2.5): editions with their days, the standards of each, and what each asks of whom.

An edition in force is never edited: a reform is a new edition with a day on which it starts.
"""

from django.db import models
from django.db.models import F, Q

from send.models import Published


class Strand(models.TextChoices):
    """The five strands that the national standards will include (GP 2.5)."""

    IDENTIFICATION = "identification", "How needs are identified and assessed"
    PROVISION = "provision", "Support for different types of need"
    ACCESS_AND_REVIEW = "access_and_review", "Getting support and reviewing it"
    CO_PRODUCTION = "co_production", "Working together and communicating"
    TRANSITIONS = "transitions", "Moving to the next phase"


class Phase(models.TextChoices):
    """The phase of education a criterion speaks of."""

    ANY = "any", "Every phase"
    EARLY_YEARS = "early_years", "Early years"
    SCHOOL = "school", "School"
    COLLEGE = "college", "College and training after 16"


class Need(models.TextChoices):
    """The broad area of need a criterion speaks of (Code of Practice 6.28 to 6.35)."""

    ANY = "any", "Every kind of need"
    COMMUNICATION = "communication", "Communication and interaction"
    COGNITION = "cognition", "Cognition and learning"
    SEMH = "semh", "Social, emotional and mental health"
    SENSORY_PHYSICAL = "sensory_physical", "Sensory and physical needs"


class Actor(models.TextChoices):
    """Who does what a criterion asks."""

    SETTING = "setting", "Nursery, school or college"
    AUTHORITY = "authority", "Local authority"
    HEALTH = "health", "Health services"
    SOCIAL_CARE = "social_care", "Social care"
    PARTNERSHIP = "partnership", "Local partnership"


class Edition(Published):
    """One edition of the standards and the days on which it applies, both inclusive.

    `in_force` may name a day to come: which edition applies is read from the days (`selectors.edition_in_force`).
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        IN_FORCE = "in_force", "In force"
        SUPERSEDED = "superseded", "Superseded"

    number = models.PositiveSmallIntegerField(unique=True)
    title = models.CharField(max_length=120)
    summary = models.TextField()
    source = models.CharField(max_length=200)
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT)
    in_force_from = models.DateField(null=True, blank=True)
    in_force_to = models.DateField(null=True, blank=True, help_text="last day; empty while it goes on")
    is_illustrative = models.BooleanField(default=False, help_text="written to show the service; not law or policy")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(condition=Q(status="draft") | Q(in_force_from__isnull=False), name="edition_starts_on_a_day"),
            models.CheckConstraint(
                condition=Q(in_force_to__isnull=True) | Q(in_force_to__gte=F("in_force_from")), name="edition_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(status="superseded") | Q(in_force_to__isnull=False), name="superseded_edition_has_a_last_day"
            ),
            models.UniqueConstraint(fields=["in_force_from"], condition=~Q(status="draft"), name="one_edition_starts_on_a_day"),
        ]

    def __str__(self) -> str:
        return f"Edition {self.number}: {self.title}"


class Standard(models.Model):
    """What good looks like in one matter, with the paragraph it comes from and the law that already asks for it."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="standards")
    code = models.SlugField(max_length=12)
    strand = models.CharField(max_length=20, choices=Strand)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    summary = models.TextField()
    source = models.CharField(max_length=120, help_text="paragraphs of the green paper, as GP chapter.paragraph")
    law = models.CharField(max_length=250, blank=True, help_text="where law or the Code of Practice already requires it")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="a_code_once_an_edition")]

    def __str__(self) -> str:
        return f"{self.code.upper()} {self.title}"


class Criterion(models.Model):
    """One thing that someone does, for a phase and a kind of need. `is_ordinarily_available`: no plan is needed to get it."""

    standard = models.ForeignKey(Standard, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    phase = models.CharField(max_length=12, choices=Phase, default=Phase.ANY)
    need = models.CharField(max_length=20, choices=Need, default=Need.ANY)
    who_acts = models.CharField(max_length=12, choices=Actor)
    is_ordinarily_available = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "criteria"
        constraints = [models.UniqueConstraint(fields=["standard", "position"], name="a_place_once_a_standard")]

    def __str__(self) -> str:
        return self.text
