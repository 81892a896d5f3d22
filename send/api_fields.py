"""Fields that take what the published document says and nothing near it: no number for a text, no unknown name."""

import re
from datetime import UTC, date, datetime

from django.utils.dateparse import parse_datetime
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_NUMBER = re.compile(r"[1-9]\d{0,8}", re.ASCII)


class Strict(serializers.Serializer):
    """A body or query in which an unknown name is an error."""

    def to_internal_value(self, data):
        """Refuse unknown names before anything else, each by its name."""
        if isinstance(data, dict) and (unknown := [name for name in data if name not in self.fields]):
            raise serializers.ValidationError({str(name)[:100]: ["There is no field of this name."] for name in unknown[:20]})
        return super().to_internal_value(data)


class Text(serializers.CharField):
    """A string, kept as it came; a number or true is not a string."""

    def __init__(self, **options) -> None:
        super().__init__(trim_whitespace=False, **options)

    def to_internal_value(self, data) -> str:
        """Raises ValidationError for anything but a string."""
        if not isinstance(data, str):
            self.fail("invalid")
        return data


class Coded(Text):
    """A string of exactly one form; `pattern` is also what the published document says."""

    default_error_messages = {"form": "This is not of the form {pattern}."}

    def __init__(self, *, pattern: str, **options) -> None:
        self.pattern = pattern
        super().__init__(**options)

    def to_internal_value(self, data) -> str:
        """Raises ValidationError unless the whole string has the form."""
        value = super().to_internal_value(data)
        if not re.fullmatch(self.pattern.strip("^$"), value, re.ASCII):
            self.fail("form", pattern=self.pattern)
        return value


@extend_schema_field(OpenApiTypes.DATE)
class Day(serializers.Field):
    """A date as CCYY-MM-DD."""

    default_error_messages = {"invalid": "Write the date as CCYY-MM-DD."}

    def to_internal_value(self, data) -> date:
        """Raises ValidationError for any other form and for a day that does not exist."""
        if not isinstance(data, str) or not _DAY.fullmatch(data):
            self.fail("invalid")
        try:
            return date.fromisoformat(data)
        except ValueError:
            self.fail("invalid")

    def to_representation(self, value) -> str:
        """As CCYY-MM-DD."""
        return value.isoformat()


@extend_schema_field(OpenApiTypes.DATETIME)
class Moment(serializers.Field):
    """A moment with its zone, as 2026-03-02T12:00:00Z."""

    default_error_messages = {"invalid": "Write the moment with its zone, as 2026-03-02T12:00:00Z."}

    def to_internal_value(self, data) -> datetime:
        """UTC. Raises ValidationError for a moment without its zone."""
        try:
            moment = parse_datetime(data)
            if moment is None or moment.tzinfo is None:
                raise ValueError("no zone")
            return moment.astimezone(UTC)
        except (ValueError, OverflowError):
            self.fail("invalid")

    def to_representation(self, value) -> str:
        """ISO 8601."""
        return value.isoformat()


class Count(serializers.IntegerField):
    """A whole number of a query, in plain digits."""

    def to_internal_value(self, data) -> int:
        """Raises ValidationError for anything but digits."""
        if not _NUMBER.fullmatch(data):
            self.fail("invalid")
        return super().to_internal_value(data)


class FieldError(serializers.Serializer):
    """One field that is not right."""

    field = serializers.CharField(help_text="its name; empty for the body as a whole")
    message = serializers.CharField()


class Problem(serializers.Serializer):
    """Why not (RFC 9457). `code` is stable, for programs; `detail` is for people."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField()
    errors = FieldError(many=True, required=False)


def problems(*statuses: int) -> dict:
    """What a view's document says of its refusals."""
    return {(status, "application/problem+json"): Problem for status in statuses}
