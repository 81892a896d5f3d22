"""What is typed while a plan is written, answered and made final."""

from django import forms

from ehcp.models import Comment
from send.forms import ChoiceField, ChoicesField, LongTextField, SelectField, TextField

PERIODS = [("", "Choose"), ("day", "day"), ("week", "week"), ("month", "month"), ("term", "term"), ("year", "year")]
FUNDED = [("education", "Education"), ("health", "Health"), ("care", "Social care")]


class SectionForm(forms.Form):
    """The words of one section that is not made of rows, or the note on one that is."""

    text = LongTextField(label="Words of this section", required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)


class LineForm(forms.Form):
    """What every line has."""

    text = LongTextField(label="In words")
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, needs=(), outcomes=(), **kwargs):
        super().__init__(*args, **kwargs)
        for name, rows in (("needs", needs), ("outcomes", outcomes)):
            if name in self.fields:
                self.fields[name].choices = [(str(row.pk), row.text[:80]) for row in rows]


class NeedForm(LineForm):
    """A need, in section B, C or D."""

    section = ChoiceField(label="Section", choices=[("B", "B: special educational"), ("C", "C: health"), ("D", "D: social care")])


class OutcomeForm(LineForm):
    """An outcome, with its by-when and the needs it is about."""

    by_when = TextField(label="By when", help_text="For example, July 2027")
    needs = ChoicesField(label="Which needs is it about?", required=False)


class ProvisionForm(LineForm):
    """Provision: who, what, how long, how often, how many together, from when, until when, paid by; tied to needs and outcomes."""

    section = ChoiceField(
        label="Section",
        choices=[("F", "F: special educational"), ("G", "G: health"), ("H1", "H1: social care (1970 Act)"), ("H2", "H2: other")],
    )  # fmt: skip
    delivered_by = TextField(label="Who gives it", required=False)
    qualification = TextField(label="Their qualification", required=False)
    minutes = forms.IntegerField(label="Minutes each time", required=False, min_value=1, max_value=10_000)
    times = forms.IntegerField(label="How many times", required=False, min_value=1, max_value=1_000)
    period = SelectField(label="In each", choices=PERIODS, required=False)
    ratio = TextField(label="How many together", required=False, max_length=40)
    starts = TextField(label="From when", required=False, max_length=120)
    until = TextField(label="Until when", required=False, max_length=120)
    funded_by = ChoiceField(label="Paid for by", choices=FUNDED, required=False)
    needs = ChoicesField(label="Which needs does it answer?", required=False)
    outcomes = ChoicesField(label="Which outcomes does it serve?", required=False)


LINE_FORMS = {"need": NeedForm, "outcome": OutcomeForm, "provision": ProvisionForm}


class CommentForm(forms.Form):
    """What a family says of one line, or of the whole."""

    stance = ChoiceField(label="What do you think of it?", choices=Comment.Stance.choices)
    text = LongTextField(label="In your words", required=False)


class AnswerForm(forms.Form):
    """The council's answer to one comment."""

    answer = LongTextField(label="What was changed, or why not", help_text="The family reads this.")


class FinishForm(forms.Form):
    """I have finished, you may go on."""

    setting_in_words = TextField(label="The school or college you want, if you want to name one", required=False)


class ProposeForm(forms.Form):
    """Section I, and the reason for any comment left without an answer."""

    urn = TextField(label="URN of the school or college named", required=False, width=10)
    setting_type = TextField(label="Or the type of school or college", required=False, max_length=120)
    answers = LongTextField(label="If comments have no answer, why", help_text="The family reads this.", required=False)
