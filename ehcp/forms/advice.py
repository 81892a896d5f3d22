"""The standard form of advice: needs, outcomes, provision."""

from django import forms

from send.forms import LongTextField, TextField


class AdviceForm(forms.Form):
    """What reg 6 asks of every adviser; saved as it is, sent when it is whole."""

    needs = LongTextField(label="The child’s or young person’s needs", required=False)
    outcomes = LongTextField(label="The outcomes to aim for", required=False)
    provision = LongTextField(label="The provision that would help", help_text="Who, what, how long, how often", required=False)
    author = TextField(label="Your name and job, as they will stand in section K")
