"""Widgets that know what their templates in templates/django/forms/widgets need."""

from django import forms


class WithHints:
    """Choices with an explanation beside each, and fields that a choice reveals. A mixin of the two kinds of choice."""

    def __init__(self, attrs=None, choices=(), *, hints: dict | None = None, inline: bool = False) -> None:
        super().__init__(attrs, choices)
        self.hints = hints or {}
        self.inline = inline
        self.revealed: dict[str, str] = {}

    def get_context(self, name, value, attrs):
        """Says whether the choices stand side by side."""
        context = super().get_context(name, value, attrs)
        context["widget"]["is_inline"] = self.inline
        return context

    def create_option(self, name, value, label, selected, index, subindex=None, attrs=None):
        """One choice with its hint and what it reveals."""
        option = super().create_option(name, value, label, selected, index, subindex, attrs)
        option["hint"] = self.hints.get(value, "")
        option["revealed"] = self.revealed.get(value, "")
        # The group says what is wrong or hinted; repeating it on each choice would be read out each time.
        option["attrs"].pop("aria-invalid", None)
        option["attrs"].pop("aria-describedby", None)
        return option


class Radios(WithHints, forms.RadioSelect):
    """One of a few."""


class Checkboxes(WithHints, forms.CheckboxSelectMultiple):
    """Any of a few."""


class OneCheckbox(forms.CheckboxInput):
    """A statement to agree to, its words beside the box."""


class GrowingTextarea(forms.Textarea):
    """Grows with what is written (`send/static/js/grow.js`); without JavaScript it can be dragged larger."""

    def get_context(self, name, value, attrs):
        """Marks the box for the script."""
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-grow"] = True
        return context


class Files(forms.FileInput):
    """A choice of several files."""

    allow_multiple_selected = True

    def __init__(self, attrs=None) -> None:
        super().__init__({"multiple": True} | (attrs or {}))

    def value_from_datadict(self, data, files, name):
        """All files of that name."""
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)
