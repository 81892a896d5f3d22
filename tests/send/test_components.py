"""Components drawn by themselves, and the words for dates and money that they use."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from send.templatetags.send import ago, day, distance, moment, money

TODAY = date(2027, 3, 4)


def drawn(component: str, **what) -> str:
    return " ".join(render_to_string(f"components/{component}.html", what).split())


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        (date(2027, 3, 13), "in 9 days"),
        (date(2027, 3, 5), "tomorrow"),
        (date(2027, 3, 4), "today"),
        (date(2027, 3, 3), "1 day late"),
        (date(2027, 3, 1), "3 days late"),
        (None, ""),
    ],
)
def test_a_due_date_says_how_far_it_is(due_on, words):
    assert distance(due_on, TODAY) == words


def test_what_happened_says_how_long_ago():
    assert [ago(date(2027, 3, each), TODAY) for each in (4, 3, 1)] == ["today", "yesterday", "3 days ago"]


def test_a_day_is_written_without_a_leading_nought():
    assert day(TODAY) == "4 March 2027"


def test_a_moment_late_in_the_evening_of_summer_is_the_next_day_in_england():
    assert day(datetime(2027, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2027"
    assert moment(datetime(2027, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2027 at 12:30am"


@pytest.mark.parametrize(
    ("amount", "words"),
    [(Decimal("1200"), "£1,200"), (Decimal("1200.5"), "£1,200.50"), (Decimal("-3"), "-£3"), (Decimal(0), "£0"), (None, "")],
)
def test_money_is_written_with_its_sign_and_commas(amount, words):
    assert money(amount) == words


def test_the_next_step_says_what_by_when_and_who():
    panel = drawn(
        "next_step_panel",
        text="The council decides",
        due_on=date(2027, 3, 13),
        today=TODAY,
        who="Jo Marsh",
        who_role="SEND officer",
    )
    assert 'By <time datetime="2027-03-13">13 March 2027</time>' in panel
    assert "in 9 days" in panel
    assert "<strong>Jo Marsh</strong>, SEND officer" in panel


def test_a_late_next_step_says_so_in_words_and_in_its_look():
    panel = drawn("next_step_panel", text="The council decides", due_on=date(2027, 3, 1), today=TODAY)
    assert "app-next--late" in panel
    assert "3 days late" in panel


def test_the_identity_bar_says_warnings_in_words():
    bar = drawn("identity_bar", name="Ada", facts=[{"label": "Age", "value": 7}], warnings=["Protected address"])
    assert "Protected address" in bar
    assert "<dt>Age</dt><dd>7</dd>" in bar


def test_a_stage_says_whether_it_is_done_to_those_who_cannot_see_its_colour():
    stages = drawn("progress_stages", stages=[{"text": "Request", "state": "done"}, {"text": "Advice", "state": "now"}])
    assert "(done)" in stages
    assert 'aria-current="step"' in stages


def test_a_disabled_button_says_why():
    assert "A second person must agree" in drawn("button", text="Finalise", disabled=True, why="A second person must agree")


def test_a_task_that_cannot_start_is_no_link():
    tasks = drawn("task_list", tasks=[{"text": "Send", "status": "Cannot start yet"}])
    assert "<a" not in tasks
    assert "govuk-task-list__status--cannot-start-yet" in tasks


def test_the_error_summary_takes_focus_and_leads_to_the_field():
    summary = drawn("error_summary", problems=[{"text": "Enter your name", "id": "id_name"}])
    assert 'data-module="govuk-error-summary"' in summary
    assert '<a href="#id_name">Enter your name</a>' in summary


def test_no_problem_no_summary():
    assert drawn("error_summary", form=None) == ""


def test_words_of_people_are_shown_as_text():
    assert "<b>" not in drawn("timeline", entries=[{"on": TODAY, "title": "<b>x</b>", "text": "<b>y</b>"}])


def test_pages_of_a_list_are_linked_only_where_there_are_any():
    assert drawn("pagination") == ""
    assert 'rel="next"' in drawn("pagination", next_href="?cursor=abc")
