"""GOV.UK fields that draw themselves.

A form says what it asks; `templates/django/forms` draws it. A page writes `{{ form.reason.as_field_group }}`, or extends
`form_page.html`, which draws every field. Plain Django fields are drawn too; the fields here add what the design system
has and Django has not: a date in three boxes, money, hours, hints beside choices, choices that reveal a field.
"""

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input

from send.form_dates import DateField, DateParts
from send.form_widgets import Checkboxes, Files, GrowingTextarea, OneCheckbox, Radios

__all__ = [
    "AgreeField",
    "ChoiceField",
    "ChoicesField",
    "DateField",
    "DateParts",
    "EmailField",
    "FilesField",
    "HoursField",
    "LongTextField",
    "MoneyField",
    "PasswordField",
    "PhoneField",
    "SelectField",
    "TextField",
]

# The first that fits.
ERROR_CLASSES = (
    (forms.FileInput, "govuk-file-upload--error"),
    (forms.CheckboxInput, ""),
    (forms.RadioSelect, ""),
    (forms.Select, "govuk-select--error"),
    (forms.Textarea, "govuk-textarea--error"),
    (Input, "govuk-input--error"),
)


class GovukBoundField(BoundField):
    """A field as the design system draws it: no `required` bubbles, errors announced, ids that the summary can link to."""

    @property
    def label_size(self) -> str:
        """'l', 'm', 's' or '' (plain): `label_sizes` of the form; the only question of a page is its heading."""
        return "l" if self.is_heading else getattr(self.form, "label_sizes", {}).get(self.name, "m" if self.use_fieldset else "")

    @property
    def is_heading(self) -> bool:
        """Whether the label is the page's h1: the form names it in `heading`."""
        return getattr(self.form, "heading", "") == self.name

    @property
    def is_revealed(self) -> bool:
        """Whether a choice of another field shows this one, which then draws it."""
        return any(self.name in shown.values() for shown in getattr(self.form, "reveals", {}).values())

    @property
    def is_one_checkbox(self) -> bool:
        """Whether the label stands beside the box, and not above it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def affix(self) -> dict[str, str] | None:
        """What stands before and after the box: a pound sign, a unit."""
        affix = {name: getattr(self.field.widget, name, "") for name in ("prefix", "suffix")}
        return affix if any(affix.values()) else None

    @property
    def focus_id(self) -> str:
        """The id that the error summary links to: the first box that is wrong, or the first choice."""
        widget = self.field.widget
        if isinstance(widget, DateParts):
            return f"{self.auto_id}_{self._wrong_parts()[0]}"
        if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
            return f"{self.auto_id}_0"
        return self.auto_id

    def build_widget_attrs(self, attrs, widget=None):
        """Adds the error look; takes away `required`, since the service explains in words what is missing."""
        drawn = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, drawn)
        attrs.pop("required", None)
        if error_class := self._error_class(drawn):
            attrs["class"] = f"{drawn.attrs.get('class', '')} {error_class}".strip()
        return attrs

    def as_widget(self, widget=None, attrs=None, only_initial=False):
        """The widget, told which parts are wrong and what each choice reveals."""
        drawn = widget or self.field.widget
        if isinstance(drawn, DateParts):
            drawn.wrong_parts = self._wrong_parts() if self.errors else ()
        if isinstance(drawn, Radios | Checkboxes):
            shown = getattr(self.form, "reveals", {}).get(self.name, {})
            drawn.revealed = {value: self.form[name].as_field_group() for value, name in shown.items()}
        return super().as_widget(widget, attrs, only_initial)

    def _error_class(self, widget: forms.Widget) -> str:
        looks_wrong = bool(self.errors) and not widget.is_hidden
        return next((name for kind, name in ERROR_CLASSES if looks_wrong and isinstance(widget, kind)), "")

    def _wrong_parts(self) -> tuple[str, ...]:
        for error in self.errors.as_data():
            named = tuple(part for part in DateParts.PARTS if part in (error.code or "").split())
            if named:
                return named
        return DateParts.PARTS


class GovukRenderer(TemplatesSetting):
    """Draws forms and fields with the markup of the GOV.UK Design System (templates/django/forms)."""

    bound_field_class = GovukBoundField
    form_template_name = "django/forms/div.html"


def _width(characters: int | None) -> dict[str, str]:
    return {"class": f"govuk-input--width-{characters}"} if characters else {}


def _in_words(kwargs: dict, verb: str, **others: str) -> dict:
    """What to say when nothing was given ('Enter your name'), unless the form says it better."""
    label = str(kwargs.get("label") or "an answer")
    mid = label[:1].lower() + label[1:] if label[1:2].islower() else label
    asked = f"Answer the question ‘{label}’" if label.endswith("?") else f"{verb} {mid}"
    return kwargs | {"error_messages": {"required": asked} | others | (kwargs.get("error_messages") or {})}


class TextField(forms.CharField):
    """A line of text. `width` is 2, 3, 4, 5, 10, 20 or 30 characters, when the answer has a known length."""

    def __init__(self, *, width: int | None = None, autocomplete: str = "", **kwargs):
        kwargs.setdefault("max_length", 200)
        attrs = _width(width) | ({"autocomplete": autocomplete} if autocomplete else {})
        super().__init__(widget=kwargs.pop("widget", None) or forms.TextInput(attrs=attrs), **_in_words(kwargs, "Enter"))


class EmailField(forms.EmailField):
    """An e-mail address."""

    def __init__(self, **kwargs):
        kwargs = _in_words(kwargs, "Enter", invalid="Enter an email address, like name@example.com")
        attrs = {"autocomplete": "email", "spellcheck": "false"}
        super().__init__(widget=forms.EmailInput(attrs=attrs), **kwargs)


class PhoneField(TextField):
    """A telephone number, as people write it."""

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", 40)
        attrs = {"autocomplete": "tel", "class": "govuk-input--width-20", "type": "tel"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)


class LongTextField(forms.CharField):
    """As much text as somebody wants to write: the box grows, and nothing counts down."""

    def __init__(self, *, rows: int = 5, **kwargs):
        kwargs.setdefault("max_length", 100_000)
        super().__init__(widget=GrowingTextarea(attrs={"rows": rows}), **_in_words(kwargs, "Enter"))


class ChoiceField(forms.ChoiceField):
    """One of a few, as radios. `hints` explain choices by value."""

    def __init__(self, *, hints: dict | None = None, inline: bool = False, **kwargs):
        super().__init__(widget=Radios(hints=hints, inline=inline), **_in_words(kwargs, "Select"))


class ChoicesField(forms.MultipleChoiceField):
    """Any of a few, as checkboxes. `hints` explain choices by value."""

    def __init__(self, *, hints: dict | None = None, **kwargs):
        super().__init__(widget=Checkboxes(hints=hints), **_in_words(kwargs, "Select"))


class AgreeField(forms.BooleanField):
    """One statement to agree to."""

    widget = OneCheckbox

    def __init__(self, **kwargs):
        super().__init__(**kwargs | {"error_messages": {"required": "Tick the box to go on"} | kwargs.get("error_messages", {})})


class SelectField(forms.ChoiceField):
    """One of many, in a list."""

    def __init__(self, **kwargs):
        super().__init__(**_in_words(kwargs, "Select"))


class MoneyField(forms.DecimalField):
    """Pounds and pence; '£1,200' is understood."""

    def __init__(self, **kwargs):
        kwargs.setdefault("min_value", 0)
        kwargs = _in_words(kwargs, "Enter", invalid="Enter an amount of money, like 1200 or 1200.50")
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-10", "spellcheck": "false"})
        widget.prefix = "£"
        super().__init__(widget=widget, max_digits=12, decimal_places=2, **kwargs)

    def to_python(self, value):
        """Without the pound sign, commas and spaces that people type."""
        return super().to_python(value.replace("£", "").replace(",", "").replace(" ", "") if isinstance(value, str) else value)


class HoursField(forms.DecimalField):
    """A number of hours, to a quarter of an hour or finer; `each` says in what time ('a week')."""

    def __init__(self, *, each: str = "", **kwargs):
        kwargs.setdefault("min_value", 0)
        kwargs = _in_words(kwargs, "Enter", invalid="Enter a number of hours, like 2 or 1.5")
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-5", "spellcheck": "false"})
        widget.suffix = f"hours {each}".strip()
        super().__init__(widget=widget, max_digits=6, decimal_places=2, **kwargs)


class FilesField(forms.FileField):
    """Several files at once. The cleaned value is a list of uploaded files, empty when none was chosen."""

    def __init__(self, **kwargs):
        super().__init__(widget=Files(), **_in_words(kwargs, "Choose"))

    def clean(self, data, initial=None):
        """Each file by itself, so that one bad file is named."""
        chosen = [file for file in data or [] if file]
        if not chosen:
            super().clean(None, initial)
            return []
        return [super(FilesField, self).clean(file, initial) for file in chosen]


class PasswordField(forms.CharField):
    """A password that can be shown while it is typed. Spaces at its ends are part of it."""

    def __init__(self, *, autocomplete: str = "current-password", **kwargs):
        attrs = {"autocomplete": autocomplete, "spellcheck": "false", "autocapitalize": "none"}
        super().__init__(widget=forms.PasswordInput(attrs=attrs), strip=False, **_in_words(kwargs, "Enter"))
