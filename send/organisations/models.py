"""Organisations: the authorities of England, its schools and colleges, health bodies and the national teams.

Reference data, loaded by `load_reference` from files beside this module. Published facts only: where nothing is
published the field is empty and the screen says 'not known'.
"""

from django.db import models

from send.models import Published

NOT_KNOWN = "Not known"


class Region(models.Model):
    """One of the nine regions of England, in which the DfE Regions Group works too."""

    code = models.CharField(max_length=9, unique=True, help_text="GSS code, E12000001 to E12000009")
    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Organisation(Published):
    """Anything a person can belong to. Each kind with facts of its own has a table of its own."""

    class Kind(models.TextChoices):
        AUTHORITY = "authority", "Local authority"
        SETTING = "setting", "School, college or other setting"
        HEALTH = "health", "Health body"
        ADVICE = "advice", "Information, advice and support service"
        MEDIATION = "mediation", "Mediation provider"
        NATIONAL = "national", "National team"

    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name

    @property
    def audit_stream(self) -> str:
        """The trail's own stream of each organisation."""
        return f"organisation:{self.uuid}"

    @property
    def audit_reference(self) -> str:
        """How the trail names it for people."""
        return self.name


class LocalAuthority(Organisation):
    """A local authority with education duties. The tenant: every row about a child has exactly one."""

    code = models.CharField(max_length=3, unique=True, help_text="three-digit DfE code")
    gss_code = models.CharField(max_length=9, help_text="today's ONS code; the last one of a former authority")
    official_name = models.CharField(max_length=200, blank=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="authorities")
    type = models.CharField(max_length=40)
    is_inner_london = models.BooleanField(default=False)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    successors = models.ManyToManyField("self", symmetrical=False, related_name="predecessors", blank=True)
    rule_set = models.CharField(max_length=20, default="in_force")

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "local authorities"


class AuthorityAlias(models.Model):
    """What a publisher calls an authority (a name, a DfE code or an ONS code), from a day to a day, both inclusive.

    Names are used again ('Dorset' was another area before April 2019), so a name is matched on the day of the figure.
    """

    class Kind(models.TextChoices):
        NAME = "name", "Name"
        DFE_CODE = "dfe_code", "DfE code"
        GSS_CODE = "gss_code", "ONS code"

    authority = models.ForeignKey(LocalAuthority, on_delete=models.CASCADE, related_name="aliases")
    kind = models.CharField(max_length=8, choices=Kind)
    text = models.CharField(max_length=120)
    publisher = models.CharField(max_length=80, help_text="who writes it so; empty means anybody", blank=True)
    starts_on = models.DateField(null=True, blank=True, help_text="first day; empty means as far back as figures go")
    ends_on = models.DateField(null=True, blank=True, help_text="last day; empty means still used")

    class Meta:
        verbose_name_plural = "authority aliases"
        constraints = [
            models.UniqueConstraint(fields=["authority", "kind", "text", "publisher"], name="an_alias_once_an_authority"),
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=True)
                | models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="alias_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text}: {self.authority}"


class StatisticalNeighbour(models.Model):
    """One of the ten authorities most like this one, as the publisher ranks them. Not mutual."""

    authority = models.ForeignKey(LocalAuthority, on_delete=models.CASCADE, related_name="neighbour_links")
    neighbour = models.ForeignKey(LocalAuthority, on_delete=models.CASCADE, related_name="neighbour_of_links")
    rank = models.PositiveSmallIntegerField(help_text="1 is the most alike")
    closeness = models.CharField(max_length=30)

    class Meta:
        ordering = ["authority", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "rank"], name="one_neighbour_a_rank"),
            models.UniqueConstraint(fields=["authority", "neighbour"], name="a_neighbour_once"),
        ]

    def __str__(self) -> str:
        return f"{self.authority}, {self.rank}: {self.neighbour}"


class HealthBody(Organisation):
    """An integrated care board; the health commissioner of Part 3 of the Act."""

    nhs_region = models.CharField(max_length=40, blank=True)
    authorities = models.ManyToManyField(LocalAuthority, related_name="health_bodies")


class Setting(Organisation):
    """A school, college, nursery or alternative provider, by its unique reference number (URN).

    An empty field is a fact nobody published: the properties that end in `_in_words` say 'Not known' for it.
    """

    class Status(models.TextChoices):
        OPEN_2025 = "open_2025", "Open in July 2025"
        OPEN_2022 = "open_2022", "Open in July 2022; no later list covers it"
        CLOSED = "closed", "Closed"
        NOT_LISTED_2025 = "not_listed_2025", "Not on the July 2025 list of open state-funded schools"
        WITHDRAWN = "withdrawn", "No longer in the reference files"

    class AuthoritySource(models.TextChoices):
        CENSUS = "census2019", "School census, January 2019"
        PREDECESSOR = "predecessor", "The authority of the school it followed"
        SECTOR = "postcode_sector", "Worked out from its postcode sector"
        DISTRICT = "postcode_district", "Worked out from its postcode district"

    urn = models.CharField(max_length=6, unique=True)
    authority = models.ForeignKey(LocalAuthority, on_delete=models.PROTECT, null=True, blank=True, related_name="settings")
    authority_source = models.CharField(max_length=20, blank=True, choices=AuthoritySource)
    number = models.CharField(max_length=4, blank=True, help_text="DfE establishment number, 2019")
    category = models.CharField(max_length=40, blank=True, help_text="the school census's word, 2019")
    type = models.CharField(max_length=80, blank=True, help_text="the register's word, May 2017")
    phase = models.CharField(max_length=40, blank=True)
    town = models.CharField(max_length=80, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=20, blank=True, choices=Status)

    class Meta:
        indexes = [models.Index(fields=["authority", "status"])]

    @property
    def type_in_words(self) -> str:
        """The register's type, else the census's category, else 'Not known'."""
        return self.type or self.category or NOT_KNOWN

    @property
    def phase_in_words(self) -> str:
        """The phase where the publisher's category tells it, else 'Not known'."""
        return self.phase or NOT_KNOWN

    @property
    def authority_in_words(self) -> str:
        """The authority's name, or 'Not known' for the few whose authority nobody published."""
        return self.authority.name if self.authority_id else NOT_KNOWN
