"""SEN Support: what a setting records before, or without, a plan (Code of Practice 6.44-6.56)."""

from django.db import models

from send.models import Published
from send.organisations.models import LocalAuthority, Setting
from send.people.models import Child


class SupportRecord(Published):
    """A child's SEN Support at a setting, as the setting or its records system sent it. A later one replaces, none is lost."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="support_records")
    setting = models.ForeignKey(Setting, on_delete=models.PROTECT, related_name="support_records")
    authority = models.ForeignKey(LocalAuthority, on_delete=models.PROTECT, related_name="+")
    primary_need = models.CharField(max_length=4, help_text="code of the school census")
    secondary_need = models.CharField(max_length=4, blank=True)
    support_from = models.DateField()
    outcomes = models.TextField(blank=True)
    provision = models.TextField(blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=60)
    external_id = models.CharField(max_length=80, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["setting", "child"]), models.Index(fields=["authority", "recorded_at"])]
