"""Children and young people, and the adults around them: who holds the rights on a given day, and who may not look.

Everything here is dated and nothing is overwritten: a link, a restriction, a capacity decision or a sharing choice
ends and another begins.
"""

from django.db import models
from django.db.models import F, Q

from send.accounts.models import User
from send.models import Published
from send.organisations.models import LocalAuthority, Setting


class Dated(models.Model):
    """From a day to a day, both inclusive; open-ended while `ends_on` is empty."""

    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="%(class)s_ends_after_it_starts"
            )
        ]


class Child(Published):
    """A child or young person from birth to 25 (CFA 2014 s.83), known to one authority. One record per child and authority."""

    authority = models.ForeignKey(LocalAuthority, on_delete=models.PROTECT, related_name="children")
    given_names = models.CharField(max_length=120)
    family_name = models.CharField(max_length=120)
    preferred_name = models.CharField(max_length=120, blank=True)
    born_on = models.DateField()
    rights_pass_after = models.DateField(
        help_text="the end of compulsory school age: from the next day the young person holds the rights"
    )
    upn = models.CharField(max_length=13, blank=True, help_text="unique pupil number")
    user = models.OneToOneField(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="child_record",
        help_text="the young person, once they sign in",
    )
    died_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["authority", "family_name", "given_names"]),
            models.Index(fields=["authority", "born_on"]),
            models.Index(fields=["authority", "upn"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["authority", "upn"], condition=~Q(upn=""), name="one_child_a_upn_in_an_authority")
        ]

    @property
    def called(self) -> str:
        """What this child is called on screen."""
        return self.preferred_name or self.given_names

    @property
    def full_name(self) -> str:
        """Given names and family name."""
        return f"{self.given_names} {self.family_name}".strip()

    def __str__(self) -> str:
        return self.full_name


class Link(Published, Dated):
    """An adult's verified relationship to a child. 'Parent' settles nothing by itself: evidence and verifier are named."""

    class Kind(models.TextChoices):
        BIRTH_PARENT = "birth_parent", "Birth parent"
        PARENTAL_RESPONSIBILITY = "parental_responsibility", "Person with parental responsibility"
        CARER = "carer", "Person who cares for the child"
        CORPORATE_PARENT = "corporate_parent", "Corporate parent (child in care)"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="links")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="links")
    kind = models.CharField(max_length=30, choices=Kind)
    evidence_seen = models.CharField(max_length=300)
    verified_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["child", "user"], condition=Q(ends_on__isnull=True), name="one_open_link_a_child"),
        ]


class Restriction(Published):
    """A court order or safeguarding decision that limits one person's access. Expiry alone never reopens it."""

    class Scope(models.TextChoices):
        ALL = "all", "May see nothing and receive nothing"
        CONTACT = "contact", "May not see where the child or the other family members are"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="restrictions")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="restrictions")
    scope = models.CharField(max_length=10, choices=Scope)
    source = models.CharField(max_length=300, help_text="the order or decision relied on")
    starts_on = models.DateField()
    review_on = models.DateField(null=True, blank=True, help_text="when somebody must look again; it stays in force until lifted")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    lift_proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["child", "user"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(lifted_by__isnull=True, lifted_at__isnull=True)
                | Q(lifted_by__isnull=False, lifted_at__isnull=False, lift_proposed_by__isnull=False)
                & ~Q(lifted_by=F("lift_proposed_by")),
                name="restriction_lifted_by_two_people",
            )
        ]


class CapacityDecision(Published, Dated):
    """A recorded decision that a young person lacks capacity for one kind of decision, and who acts for them (CFA 2014 s.80)."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="capacity_decisions")
    decision = models.CharField(max_length=200, help_text="which decision, in words")
    representative = models.ForeignKey(User, on_delete=models.PROTECT, related_name="represents")
    basis = models.CharField(max_length=300, help_text="deputy, attorney, or parent as the Act has it")
    assessed_by = models.CharField(max_length=200)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")


class SharingChoice(Published, Dated):
    """What a young person, past the end of compulsory school age, lets one adult still see and do."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="sharing_choices")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    may_see = models.BooleanField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")


class Enrolment(Published, Dated):
    """A child at a setting. A school's own claim opens nothing until the authority or the family confirms it."""

    class Status(models.TextChoices):
        MAIN = "main", "Main"
        DUAL = "dual", "Dual"
        GUEST = "guest", "Guest"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="enrolments")
    setting = models.ForeignKey(Setting, on_delete=models.PROTECT, related_name="enrolments")
    status = models.CharField(max_length=6, choices=Status, default=Status.MAIN)
    source = models.CharField(max_length=60)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["setting", "child"])]


class Contact(models.Model):
    """How to reach one adult about one child. `is_protected` rows are read through one permission only, and never copied out."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="contacts")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="contacts")
    address = models.TextField(blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    safe_way = models.CharField(max_length=300, blank=True, help_text="how and when it is safe to make contact")
    language = models.CharField(max_length=60, blank=True)
    needs_interpreter = models.BooleanField(default=False)
    format = models.CharField(max_length=60, blank=True, help_text="large print, easy read, audio…")
    agreed_to_screen_on = models.DateField(null=True, blank=True, help_text="agreed that notices are served on the screen")
    is_protected = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["child", "user"], name="one_contact_row_an_adult_and_child")]


class NamedWorker(Published, Dated):
    """A professional who works with this child by name (a health or social care worker)."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="named_workers")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="works_with")


class StaffFamily(Published, Dated):
    """A member of staff who is family of this child: they may not act on the case or look at it as staff."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="family_on_staff")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="family_in_service")
