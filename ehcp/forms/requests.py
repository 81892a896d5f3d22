"""The pages of a request, drawn from the table of questions; nothing is demanded before the request is sent."""

from datetime import date

from django import forms

from ehcp.questions import Field, Page
from send.forms import AgreeField, ChoiceField, DateField, FilesField, LongTextField, SelectField, TextField


def _field(asked: Field) -> forms.Field:
    said = {"label": asked.label, "help_text": asked.hint, "required": False}
    if asked.kind == "text":
        return LongTextField(**said)
    if asked.kind == "choice":
        return ChoiceField(choices=asked.choices, **said)
    if asked.kind == "date":
        return DateField(**said)
    return TextField(**said)


class PageForm(forms.Form):
    """One page of questions. A page that is half answered is saved as it is; a date that is none is said so."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, page: Page, answers: dict, revision: int, **kwargs):
        initial = {field.name: _as_typed(field, answers.get(field.name, "")) for field in page.fields} | {"revision": revision}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields |= {field.name: _field(field) for field in page.fields}

    def answers(self) -> dict:
        """What was typed, as it is kept."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "revision"}
        return {name: value.isoformat() if isinstance(value, date) else (value or "") for name, value in given.items()}


def _as_typed(field: Field, kept: str):
    if field.kind == "date" and kept:
        return date.fromisoformat(kept)
    return kept


class AuthorityForm(forms.Form):
    """Which council: the one for the place where the child lives."""

    authority = SelectField(
        label="Which council is it?",
        help_text="The council for the place where the child or young person lives. If it is the wrong one, it passes the "
        "request on and keeps the date.",
    )

    def __init__(self, *args, authorities, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["authority"].choices = [("", "Choose a council")] + [(council.code, council.name) for council in authorities]


class EvidenceForm(forms.Form):
    """Files by the plain way, without scripts."""

    files = FilesField(label="Add files", required=False)


class DeclarationForm(forms.Form):
    """The last page: send."""

    agree = AgreeField(label="What I have written is true as far as I know")
