"""What officers type when they match, allocate and decide."""

from django import forms

from send.forms import ChoiceField, DateField, LongTextField, TextField
from send.people.models import Link


class MatchForm(forms.Form):
    """Whose request it is: a record that exists, or a new one."""

    child = ChoiceField(label="Whose request is it?", required=False)
    given_names = TextField(label="First names", required=False)
    family_name = TextField(label="Family name", required=False)
    born_on = DateField(label="Date of birth", required=False)
    link_kind = ChoiceField(label="How is the asker related to the child?", choices=Link.Kind.choices)
    evidence_seen = TextField(
        label="What evidence did you see?", help_text="For example, the birth certificate, or a court order and its date"
    )

    def __init__(self, *args, found, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["child"].choices = [
            (str(child.uuid), f"{child.full_name}, born {child.born_on:%-d %B %Y}") for child in found
        ] + [("new", "Nobody in our records: make a new record")]

    def clean(self):
        """A new record needs a name and a date of birth."""
        given = super().clean()
        if given.get("child") == "new":
            for name, words in (("given_names", "first names"), ("family_name", "family name"), ("born_on", "date of birth")):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, f"Enter the {words} for the new record")
        elif not given.get("child"):
            self.add_error("child", "Select whose request it is")
        return given


class DecisionForm(forms.Form):
    """Assess or not, with reasons that the family reads."""

    decision = ChoiceField(
        label="What is the decision?",
        choices=(("assess", "Carry out an assessment"), ("refuse", "Do not carry out an assessment")),
        hints={"assess": "The child has or may have special educational needs, and a plan may be needed (both are enough)."},
    )
    reason = LongTextField(
        label="Reasons",
        help_text="The family reads these. Support cycles, money spent, a diagnosis or a report are evidence, never tests.",
    )
    what_instead = LongTextField(label="If not, what should the school or nursery do instead?", required=False)


class AdviceRequestForm(forms.Form):
    """Whom to ask for advice."""

    kind = ChoiceField(label="Which advice?", choices=())
    role = ChoiceField(label="They answer as", choices=())
    name = TextField(label="Name of the person or body")
    email = forms.EmailField(label="Email address")
    what = LongTextField(label="What you would like to know", required=False)
