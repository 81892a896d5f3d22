"""The shapes of the API: what may be asked and sent, and what is answered, field by field."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from ehcp.api_selectors import Cursor
from ehcp.codes import NEED_TYPE_CHOICES
from send.api_fields import Coded, Count, Day, Moment, Strict, Text

MOST = 100  # rows of a page
USUAL = 50
UPN = "^[A-Z][0-9]{11}[0-9A-Z]$"


@extend_schema_field({"type": "string", "pattern": UPN})
class Upn(Coded):
    """A unique pupil number."""


class CursorField(Text):
    """Where a page begins."""

    default_error_messages = {"cursor": "This is not a cursor of ours. Follow the address in `next`."}

    def to_internal_value(self, data) -> Cursor:
        """Raises ValidationError for anything but a cursor of ours."""
        try:
            return Cursor.read(super().to_internal_value(data))
        except (ValueError, OverflowError):
            self.fail("cursor")


class PlanQuery(Strict):
    """What a list of plans may be asked for."""

    updated_after = Moment(required=False, help_text="only plans that changed after this moment")
    cursor = CursorField(required=False, help_text="as given in `next`")
    limit = Count(required=False, min_value=1, max_value=MOST, default=USUAL, help_text="rows of a page")


class PlanRow(serializers.Serializer):
    """A plan of a pupil on roll."""

    id = serializers.UUIDField(help_text="of the plan; the same in every version")
    reference = serializers.CharField()
    upn = serializers.CharField(allow_blank=True, help_text="empty where not known")
    given_names = serializers.CharField()
    family_name = serializers.CharField()
    date_of_birth = serializers.DateField()
    status = serializers.CharField(help_text="in_force or ended")
    issued_on = serializers.DateField(help_text="of the version in force")
    updated_at = serializers.DateTimeField()


class PlanPage(serializers.Serializer):
    """One page, oldest change first."""

    data = PlanRow(many=True)
    next = serializers.CharField(allow_null=True, help_text="address of the next page; null on the last")


class ProvisionLine(serializers.Serializer):
    """One line of section F: who does what, how long, how often, how many together."""

    id = serializers.UUIDField(help_text="the same in every version of the plan")
    text = serializers.CharField()
    delivered_by = serializers.CharField(allow_blank=True)
    qualification = serializers.CharField(allow_blank=True)
    minutes = serializers.IntegerField(allow_null=True, help_text="each time")
    times = serializers.IntegerField(allow_null=True, help_text="in each period")
    period = serializers.CharField(allow_blank=True)
    ratio = serializers.CharField(allow_blank=True)
    starts = serializers.CharField(allow_blank=True)
    until = serializers.CharField(allow_blank=True)
    funded_by = serializers.CharField(allow_blank=True)


class PlanDetails(serializers.Serializer):
    """One plan: status, dates and education provision only."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    version = serializers.IntegerField()
    status = serializers.CharField(help_text="in_force or ended")
    issued_on = serializers.DateField()
    updated_at = serializers.DateTimeField()
    provision = ProvisionLine(many=True)


class SupportIn(Strict):
    """SEN Support of one pupil on roll. UPN, surname and date of birth must all be those of the same pupil."""

    upn = Upn(pattern=UPN, help_text="unique pupil number")
    surname = Text(max_length=120)
    date_of_birth = Day()
    primary_need = serializers.ChoiceField(choices=NEED_TYPE_CHOICES)
    secondary_need = serializers.ChoiceField(choices=NEED_TYPE_CHOICES, required=False)
    support_from = Day(help_text="first day of SEN Support")
    reviewed_on = Day(required=False, help_text="the last review")
    outcomes = Text(required=False, allow_blank=True, max_length=5000)
    provision = Text(required=False, allow_blank=True, max_length=5000)
    external_id = Text(required=False, allow_blank=True, max_length=80, help_text="the record’s identifier in the school’s system")


class SupportOut(serializers.Serializer):
    """That it was recorded."""

    id = serializers.UUIDField()
    recorded_at = serializers.DateTimeField()
    external_id = serializers.CharField(allow_blank=True)
