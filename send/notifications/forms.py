"""What an officer types about letters."""

from django import forms

from send.forms import DateField


class PostingForm(forms.Form):
    """The day a letter was handed to the post."""

    on = DateField(
        label="Date posted", help_text="For example, 27 3 2027", error_messages={"required": "Enter the date the letter was posted"}
    )
