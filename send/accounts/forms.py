"""What people type about themselves and about those they invite."""

from django import forms

from send.accounts.granting import choices_for
from send.forms import DateField


class SignUpForm(forms.Form):
    """What a family gives beside address and password."""

    name = forms.CharField(
        label="Your full name", max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Enter your full name"},
    )  # fmt: skip
    field_order = ["name", "email", "password1", "password2"]

    def signup(self, request, user):
        """Keep the name with the account."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])


class InviteForm(forms.Form):
    """An administrator invites one person to the organisation."""

    name = forms.CharField(label="Full name", max_length=200, error_messages={"required": "Enter the person's full name"})
    email = forms.EmailField(
        label="Work e-mail address", help_text="The invitation works only for this address",
        error_messages={"required": "Enter the person's work e-mail address"},
    )  # fmt: skip
    role = forms.ChoiceField(label="Role", widget=forms.RadioSelect, error_messages={"required": "Choose a role"})
    job_title = forms.CharField(label="Job title (optional)", max_length=100, required=False)
    is_administrator = forms.BooleanField(label="May manage your organisation's people", required=False)

    def __init__(self, *args, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = choices_for(kind)


class EndMembershipForm(forms.Form):
    """Why a membership ends."""

    why = forms.CharField(label="Why does it end?", max_length=300, error_messages={"required": "Enter why it ends"})


class CoverForm(forms.Form):
    """Who does whose work, and for how long."""

    covered = forms.ModelChoiceField(queryset=None, label="Whose work is covered?", error_messages={"required": "Choose a person"})
    covering = forms.ModelChoiceField(queryset=None, label="Who covers it?", error_messages={"required": "Choose a person"})
    starts_on = DateField(label="First day", error_messages={"required": "Enter the first day"})
    ends_on = DateField(label="Last day", error_messages={"required": "Enter the last day"})

    def __init__(self, *args, officers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["covered"].queryset = self.fields["covering"].queryset = officers
