"""The figures of the dashboards: what others published and, apart from it, what the service computes. Counts only, no people."""

from django.db import models

from send.organisations.models import LocalAuthority, Region


class Load(models.Model):
    """One loading of the published series. Its stamp tells caches whether anything has changed since."""

    stamp = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the files and the tables they were read with")
    loaded_at = models.DateTimeField()
    catalogue = models.JSONField(help_text="what each metric holds: periods, levels, breakdowns, number of rows")

    def __str__(self) -> str:
        return f"{self.stamp[:12]}, {self.loaded_at:%Y-%m-%d}"


class Observation(models.Model):
    """One published figure: a metric, for an area, in a period, for a part of a breakdown (empty: the whole)."""

    class Level(models.TextChoices):
        NATIONAL = "national", "England"
        REGIONAL = "regional", "Region"
        PART = "part of region", "Part of a region"
        AUTHORITY = "authority", "Local authority"

    metric = models.CharField(max_length=40)
    level = models.CharField(max_length=14, choices=Level)
    area_code = models.CharField(max_length=9, help_text="DfE code of an authority, GSS code of anything larger")
    authority = models.ForeignKey(LocalAuthority, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    period = models.CharField(max_length=7)
    period_label = models.CharField(max_length=12)
    breakdown = models.CharField(max_length=60, blank=True)
    value = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    marker = models.CharField(max_length=3, blank=True, help_text="why there is no value: x not available, z not applicable")
    numerator = models.DecimalField(max_digits=12, decimal_places=0, null=True)
    denominator = models.DecimalField(max_digits=12, decimal_places=0, null=True)
    as_at = models.CharField(max_length=10)

    class Meta:
        indexes = [models.Index(fields=["metric", "area_code"]), models.Index(fields=["metric", "period"])]
        constraints = [
            models.UniqueConstraint(fields=["metric", "area_code", "period", "breakdown"], name="one_figure_each"),
            models.CheckConstraint(
                condition=models.Q(value__isnull=False, marker="") | (models.Q(value__isnull=True) & ~models.Q(marker="")),
                name="a_figure_or_why_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.area_code} {self.period} {self.breakdown}".strip()


class Snapshot(models.Model):
    """The figures of the service's own casework on one day, numbered and never changed: at most one a month."""

    number = models.PositiveIntegerField(unique=True)
    month = models.CharField(max_length=7, unique=True, help_text="2026-11: a second one in a month would let people subtract")
    as_at = models.DateField()
    taken_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"snapshot {self.number}, as at {self.as_at}"


class SnapshotCell(models.Model):
    """One figure of a snapshot. `numerator` and `denominator` are true and never shown; `value` or `marker` is what may be."""

    class Level(models.TextChoices):
        NATIONAL = "national", "England"
        REGIONAL = "regional", "Region"

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="cells")
    metric = models.CharField(max_length=40)
    level = models.CharField(max_length=8, choices=Level)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+", help_text="empty for England")
    numerator = models.PositiveIntegerField(help_text="true figure: private")
    denominator = models.PositiveIntegerField(null=True, help_text="true figure, of a percentage: private")
    value = models.DecimalField(max_digits=12, decimal_places=1, null=True)
    marker = models.CharField(max_length=3, blank=True, help_text="c hidden, low rounds to nought, z not applicable")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "metric", "region"], name="one_cell_a_region_in_a_snapshot"),
            models.UniqueConstraint(
                fields=["snapshot", "metric"], condition=models.Q(region__isnull=True), name="one_cell_for_england_in_a_snapshot"
            ),
            models.CheckConstraint(
                condition=models.Q(level="national", region__isnull=True) | models.Q(level="regional", region__isnull=False),
                name="a_cell_has_its_place",
            ),
            models.CheckConstraint(
                condition=models.Q(value__isnull=False, marker="") | (models.Q(value__isnull=True) & ~models.Q(marker="")),
                name="a_cell_shows_a_figure_or_why_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.region_id or 'England'}"
