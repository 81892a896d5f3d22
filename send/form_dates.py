"""A date in three boxes, and what to say when one of them is wrong. Shape only: rules about dates belong to the law's tables."""

import calendar
from collections.abc import Mapping
from datetime import date

from django import forms
from django.core.exceptions import ValidationError

MONTHS = {name.lower(): number for names in (calendar.month_name, calendar.month_abbr) for number, name in enumerate(names) if name}


class DateParts(forms.Widget):
    """Day, month and year, as `<name>_day`, `<name>_month`, `<name>_year`. One value under `<name>` is understood too."""

    template_name = "django/forms/widgets/date_parts.html"
    PARTS = ("day", "month", "year")
    use_fieldset = True
    wrong_parts: tuple[str, ...] = ()

    def __init__(self, attrs=None, *, is_birthday: bool = False) -> None:
        super().__init__(attrs)
        self.is_birthday = is_birthday

    def value_from_datadict(self, data: Mapping, files, name: str):
        """The three texts, or the one text of a program that sends a whole date."""
        parts = tuple((data.get(f"{name}_{part}") or "").strip() for part in self.PARTS)
        return parts if any(parts) else data.get(name)

    def value_omitted_from_data(self, data, files, name) -> bool:
        """Whether nothing of this field was sent."""
        return not any(key in data for key in (name, *(f"{name}_{part}" for part in self.PARTS)))

    def id_for_label(self, id_: str) -> str:
        """A label would name the group; the boxes have their own."""
        return f"{id_}_day" if id_ else id_

    def get_context(self, name, value, attrs):
        """The boxes with what was typed in them."""
        context = super().get_context(name, value, attrs)
        id_ = context["widget"]["attrs"].get("id", f"id_{name}")
        context["widget"]["parts"] = [
            {
                "name": f"{name}_{part}",
                "id": f"{id_}_{part}",
                "label": part.capitalize(),
                "value": typed,
                "width": 4 if part == "year" else 2,
                "is_wrong": part in self.wrong_parts,
                "autocomplete": f"bday-{part}" if self.is_birthday else "",
            }
            for part, typed in zip(self.PARTS, parts_of(value), strict=True)
        ]
        return context


class DateField(forms.Field):
    """A date in three boxes. Errors name the part that is missing or wrong.

    `label` is asked in the fieldset's legend; `what` is how errors call it ('date of birth'), by default the label.
    Month names are understood. Years need four figures: '27' could be 1927.
    """

    def __init__(self, *, what: str = "", is_birthday: bool = False, **kwargs) -> None:
        kwargs.setdefault("widget", DateParts(is_birthday=is_birthday))
        super().__init__(**kwargs)
        self._what = what

    @property
    def what(self) -> str:
        """How an error calls this date, in the middle of a sentence."""
        label = str(self.label or "date").rstrip("?")
        return self._what or label[:1].lower() + label[1:]

    def clean(self, value) -> date | None:
        """The date, None when nothing was typed and nothing is needed."""
        if isinstance(value, date):
            return value
        parts = parts_of(value)
        if not any(parts):
            if self.required:
                raise ValidationError(self._words_for_nothing(), code="required")
            return None
        missing = [name for name, typed in zip(DateParts.PARTS, parts, strict=True) if not typed]
        if missing:
            raise ValidationError(f"{self._subject()} must include a {' and '.join(missing)}", code=" ".join(missing))
        found = self._date(*parts)
        self.run_validators(found)
        return found

    def has_changed(self, initial, data) -> bool:
        """Compares dates, not how they were typed."""
        try:
            return self.clean(data) != initial
        except ValidationError:
            return True

    def _words_for_nothing(self) -> str:
        own = self.error_messages["required"]
        return f"Enter the {self.what}" if own == forms.Field.default_error_messages["required"] else own

    def _subject(self) -> str:
        return self.what[:1].upper() + self.what[1:]

    def _date(self, day: str, month: str, year: str) -> date:
        numbers = _number(day), MONTHS.get(month.lower()) or _number(month), _number(year)
        wrong = self._out_of_range(*numbers, year_typed=year)
        if wrong:
            raise ValidationError(wrong[1], code=wrong[0])
        try:
            return date(numbers[2], numbers[1], numbers[0])
        except ValueError:
            name = f"{calendar.month_name[numbers[1]]} {numbers[2]}"
            raise ValidationError(f"{self._subject()} must be a real date: {name} has no day {numbers[0]}", code="day") from None

    def _out_of_range(self, day: int, month: int, year: int, *, year_typed: str) -> tuple[str, str] | None:
        if not 1 <= day <= 31:
            return "day", f"{self._subject()} must have a day between 1 and 31"
        if not 1 <= month <= 12:
            return "month", f"{self._subject()} must have a month between 1 and 12"
        if len(year_typed) != 4 or not 1900 <= year <= 2999:
            return "year", f"{self._subject()} must have a year with 4 numbers, like 2027"
        return None


def parts_of(value) -> tuple[str, str, str]:
    """Day, month and year as text, from a date, from three texts, from '4 3 2027' or '2027-03-04'."""
    if isinstance(value, date):
        return str(value.day), str(value.month), str(value.year)
    if isinstance(value, tuple | list):
        day, month, year = value
        return parts_of(day) if day and not month and not year else (day, month, year)  # a whole date pasted into the first box
    typed = str(value or "").replace("/", " ").replace("-", " ").replace(".", " ").split()
    if len(typed) == 3 and len(typed[0]) == 4:
        typed.reverse()
    return tuple([*typed, "", "", ""][:3])


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
