"""Words for dates and money, and small questions that templates ask of forms."""

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

register = template.Library()


@register.filter
def day(value: date | datetime | None) -> str:
    """'4 March 2027'; a moment is told as its day in England."""
    if not value:
        return ""
    when = timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
    return f"{when.day} {when:%B %Y}"


@register.filter
def moment(value: datetime | None) -> str:
    """'4 March 2027 at 2:05pm', in England."""
    if not value:
        return ""
    when = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day(value)} at {when.hour % 12 or 12}:{when:%M}{'am' if when.hour < 12 else 'pm'}"


@register.filter
def distance(value: date | None, today: date) -> str:
    """How far a due date is from today: 'in 9 days', 'tomorrow', 'today', '3 days late'."""
    if not value:
        return ""
    days = (value - today).days
    if days in (0, 1):
        return ("today", "tomorrow")[days]
    return f"in {days} days" if days > 0 else f"{-days} {'day' if days == -1 else 'days'} late"


@register.filter
def ago(value: date | None, today: date) -> str:
    """How long ago something happened: 'today', 'yesterday', '12 days ago'."""
    if not value:
        return ""
    days = (today - value).days
    return ("today", "yesterday")[days] if days in (0, 1) else f"{days} days ago"


@register.filter
def money(value: Decimal | float | None) -> str:
    """'£1,200', '£1,200.50'; nothing for no amount."""
    if value is None or value == "":
        return ""
    amount = Decimal(value)
    figures = f"{abs(amount):,.0f}" if amount == amount.to_integral_value() else f"{abs(amount):,.2f}"
    return f"{'-' if amount < 0 else ''}£{figures}"


@register.filter
def problems(form) -> list[dict[str, str]]:
    """What the error summary says of a form or a formset: text and the id of the field to go to ('' for the whole form)."""
    if not form:
        return []
    if hasattr(form, "management_form"):
        whole = [{"text": text, "id": ""} for text in form.non_form_errors()]
        return whole + [problem for each in form.forms for problem in problems(each)]
    found = []
    for name, errors in form.errors.items():
        id_ = "" if name == "__all__" else form[name].focus_id
        found += [{"text": text, "id": id_} for text in errors]
    return found


@register.simple_tag
def problems_of(form, told: list | str = "") -> list[dict[str, str]]:
    """What the page itself tells, otherwise what the form says. Either may be missing."""
    return told or problems(form)


@register.simple_tag
def address_of(*names: str) -> str:
    """The address of the first of these routes that exists and needs nothing, or ''."""
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""


@register.simple_tag
def govuk_branding() -> bool:
    """Whether GOV.UK's own branding may be shown."""
    return settings.GOVUK_BRANDING
