"""Fields as the GOV.UK Design System draws them. The expectations are class names and structure of its published components."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from send.forms import (
    AgreeField,
    ChoiceField,
    ChoicesField,
    DateField,
    EmailField,
    FilesField,
    HoursField,
    LongTextField,
    MoneyField,
    PasswordField,
    PhoneField,
    SelectField,
    TextField,
)
from send.templatetags.send import problems

YES_NO = [("yes", "Yes"), ("no", "No")]

# Field, and what its component in the design system must contain when it is drawn without an error.
DRAWN = [
    (TextField(label="Name"), ['class="govuk-label" for="id_it"', 'class="govuk-input" type="text"']),
    (EmailField(label="Email"), ['class="govuk-input" type="email"', 'autocomplete="email"', 'spellcheck="false"']),
    (PhoneField(label="Phone"), ['type="tel"', 'autocomplete="tel"', "govuk-input--width-20"]),
    (LongTextField(label="More"), ['<textarea class="govuk-textarea"', 'rows="5"', "data-grow"]),
    (ChoiceField(label="Which", choices=YES_NO), ["govuk-fieldset", 'class="govuk-radios" data-module=', "govuk-radios__input"]),
    (ChoicesField(label="Which", choices=YES_NO), ['class="govuk-checkboxes" data-module=', "govuk-checkboxes__item"]),
    (AgreeField(label="I agree"), ["govuk-checkboxes__label", 'class="govuk-checkboxes__input" type="checkbox"']),
    (SelectField(label="Which", choices=YES_NO), ['<select class="govuk-select"', '<option value="yes">Yes</option>']),
    (DateField(label="Start"), ["govuk-date-input__item", "govuk-input--width-2", "govuk-input--width-4", 'id="id_it_month"']),
    (MoneyField(label="Cost"), ['class="govuk-input__prefix" aria-hidden="true">£', 'inputmode="decimal"']),
    (HoursField(label="Time", each="a week"), ['class="govuk-input__suffix" aria-hidden="true">hours a week']),
    (FilesField(label="Files"), ['class="govuk-file-upload" type="file"', " multiple"]),
    (PasswordField(label="Password"), ['data-module="govuk-password-input"', "govuk-js-password-input-toggle"]),
    (forms.CharField(widget=forms.HiddenInput), ['<input type="hidden"']),
]  # fmt: skip


def form_of(field, data=None, files=None, **looks):
    """A form that asks one thing, called 'it'."""
    return type("AForm", (forms.Form,), {"it": field} | looks)(data, files)


@pytest.mark.parametrize(
    ("field", "wanted"), DRAWN, ids=lambda value: type(value).__name__ if isinstance(value, forms.Field) else ""
)
def test_a_field_is_drawn_as_the_design_system_draws_it(field, wanted):
    drawn = " ".join(form_of(field)["it"].as_field_group().split()).replace(" >", ">")
    assert [part for part in wanted if part not in drawn] == []


@pytest.mark.parametrize(
    ("field", "wanted"), DRAWN[:-1], ids=lambda value: type(value).__name__ if isinstance(value, forms.Field) else ""
)
def test_an_error_stands_before_the_field_and_is_announced_with_it(field, wanted):
    drawn = form_of(field, {})["it"].as_field_group()
    assert "govuk-form-group--error" in drawn
    assert drawn.index('id="id_it_error" class="govuk-error-message"') < drawn.index('name="it')
    assert 'aria-describedby="id_it_error"' in drawn


@pytest.mark.parametrize(
    ("field", "wanted"), DRAWN[:-1], ids=lambda value: type(value).__name__ if isinstance(value, forms.Field) else ""
)
def test_the_error_summary_leads_to_something_that_is_there(field, wanted):
    form = form_of(field, {})
    (problem,) = problems(form)
    assert f'id="{problem["id"]}"' in form.as_div()


def test_a_missing_answer_is_asked_for_in_words():
    assert problems(form_of(TextField(label="Your name"), {}))[0]["text"] == "Enter your name"
    assert problems(form_of(ChoiceField(label="Is it you?", choices=YES_NO), {}))[0]["text"] == "Answer the question ‘Is it you?’"


def test_the_browser_neither_blocks_nor_cuts_what_is_typed():
    drawn = form_of(TextField(label="Name", max_length=5))["it"].as_field_group()
    assert "required" not in drawn
    assert "maxlength" not in drawn


def test_what_was_typed_is_still_there_and_is_text():
    drawn = form_of(EmailField(label="Email"), {"it": '"><script>alert(1)</script>'})["it"].as_field_group()
    assert "<script>" not in drawn
    assert "&quot;&gt;&lt;script&gt;" in drawn


def test_the_only_question_of_a_page_is_its_heading():
    drawn = form_of(TextField(label="What is your name?"), heading="it")["it"].as_field_group()
    assert '<h1 class="govuk-label-wrapper"><label class="govuk-label govuk-label--l"' in drawn


def test_a_choice_can_show_a_hint_and_another_field():
    form = form_of(
        ChoiceField(label="How", choices=[("post", "Post"), ("email", "Email")], hints={"post": "Slower"}),
        {"it": "post"},
        address=TextField(label="Address", required=False),
        reveals={"it": {"post": "address"}},
    )
    drawn = form.as_div()
    assert 'id="id_it_0_hint">Slower' in drawn
    assert 'data-aria-controls="id_it_0_revealed"' in drawn
    assert drawn.count('name="address"') == 1
    assert "govuk-radios__conditional--hidden" not in drawn


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"it_day": "4", "it_month": "3", "it_year": "2027"}, date(2027, 3, 4)),
        ({"it_day": "04", "it_month": "March", "it_year": "2027"}, date(2027, 3, 4)),
        ({"it_day": " 4 ", "it_month": "mar", "it_year": "2027"}, date(2027, 3, 4)),
        ({"it_day": "29", "it_month": "2", "it_year": "2028"}, date(2028, 2, 29)),
        ({"it_day": "4 3 2027"}, date(2027, 3, 4)),
        ({"it_day": "4/3/2027"}, date(2027, 3, 4)),
        ({"it": "4 3 2027"}, date(2027, 3, 4)),
        ({"it": "2027-03-04"}, date(2027, 3, 4)),
    ],
)
def test_a_date_is_understood_as_people_write_it(sent, expected):
    form = form_of(DateField(label="Start"), sent)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["it"] == expected


@pytest.mark.parametrize(
    ("day", "month", "year", "words", "part"),
    [
        ("", "3", "2027", "Date posted must include a day", "day"),
        ("4", "", "", "Date posted must include a month and year", "month"),
        ("32", "3", "2027", "Date posted must have a day between 1 and 31", "day"),
        ("4", "13", "2027", "Date posted must have a month between 1 and 12", "month"),
        ("4", "Marz", "2027", "Date posted must have a month between 1 and 12", "month"),
        ("4", "3", "27", "Date posted must have a year with 4 numbers, like 2027", "year"),
        ("29", "2", "2027", "Date posted must be a real date: February 2027 has no day 29", "day"),
        ("²", "3", "2027", "Date posted must have a day between 1 and 31", "day"),
        ("9" * 5000, "3", "2027", "Date posted must have a day between 1 and 31", "day"),
        ("", "", "", "Enter the date posted", "day"),
    ],
)
def test_an_error_names_the_part_of_the_date_that_is_wrong(day, month, year, words, part):
    form = form_of(DateField(label="Date posted"), {"it_day": day, "it_month": month, "it_year": year})
    assert problems(form) == [{"text": words, "id": f"id_it_{part}"}]


def test_only_the_wrong_part_of_a_date_looks_wrong():
    drawn = form_of(DateField(label="Start"), {"it_day": "4", "it_month": "13", "it_year": "2027"})["it"].as_field_group()
    assert drawn.count("govuk-input--error") == 1
    assert 'value="13"' in drawn


def test_no_date_is_none_where_none_is_needed():
    form = form_of(DateField(label="End", required=False), {"it_day": "", "it_month": "", "it_year": ""})
    assert form.is_valid()
    assert form.cleaned_data["it"] is None


@pytest.mark.parametrize(("typed", "amount"), [("£1,200", "1200"), ("1200.50", "1200.50"), (" £ 3 000 ", "3000")])
def test_money_is_understood_with_its_sign_and_commas(typed, amount):
    form = form_of(MoneyField(label="Cost"), {"it": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["it"] == Decimal(amount)


@pytest.mark.parametrize("typed", ["twelve", "-1", "NaN", "1e400", "1.234"])
def test_money_that_is_none_is_refused(typed):
    assert problems(form_of(MoneyField(label="Cost"), {"it": typed}))[0]["id"] == "id_it"


def test_several_files_can_be_sent_at_once():
    two = [SimpleUploadedFile("a.txt", b"a"), SimpleUploadedFile("b.txt", b"b")]
    form = form_of(FilesField(label="Files"), {}, MultiValueDict({"it": two}))
    assert form.is_valid(), form.errors
    assert [file.name for file in form.cleaned_data["it"]] == ["a.txt", "b.txt"]


def test_an_empty_file_is_named_as_a_problem():
    form = form_of(FilesField(label="Files"), {}, MultiValueDict({"it": [SimpleUploadedFile("a.txt", b"")]}))
    assert problems(form) == [{"text": "The submitted file is empty.", "id": "id_it"}]


def test_spaces_at_the_ends_of_a_password_are_part_of_it():
    form = form_of(PasswordField(label="Password"), {"it": " two words "})
    assert form.is_valid()
    assert form.cleaned_data["it"] == " two words "
