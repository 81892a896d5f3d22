"""The trail as sentences for two readers."""

from datetime import date

import pytest
from django.template.loader import render_to_string

from send import clock
from send.audit import services
from send.audit.sentences import FAMILY, OFFICER, Sentence, is_known, register, sentences_for

register(
    {
        "test.agree": Sentence(
            "{by} agreed to assess; the state went from {state_old} to {state}", "The council agreed to assess", True
        ),
        "test.inside": Sentence("{by} moved the case to another team", ""),
        "test.by": Sentence("{by} did it", "{by} did it"),
    }
)


@pytest.fixture
def lines(write):
    def read(action, audience, **words):
        write(action=action, **words)
        return sentences_for("case:a", audience=audience)

    return read


def test_an_officer_reads_who_what_and_why(lines):
    (line,) = lines("test.agree", OFFICER, change={"state": ["asked", "agreed"]}, why="Advice received")
    assert line.text == "Ada Officer agreed to assess; the state went from asked to agreed"
    assert line.why == "Advice received"


def test_a_family_reads_plain_words_and_the_reason_meant_for_them(lines):
    (line,) = lines("test.agree", FAMILY, change={"state": ["asked", "agreed"]}, why="Advice received")
    assert (line.text, line.why, line.change) == ("The council agreed to assess", "Advice received", {})


def test_a_family_reads_a_role_instead_of_a_name_and_no_inner_reason(lines):
    (line,) = lines("test.by", FAMILY, change={"by": "Ada"}, why="Between ourselves")
    assert (line.text, line.why) == ("SEND case officer, Barsetshire Council did it", "")


def test_what_is_not_for_a_family_is_left_out(lines):
    assert lines("test.inside", FAMILY) == []


@pytest.mark.parametrize(
    ("audience", "text"), [(OFFICER, "Ada Officer changed the record (test.x)"), (FAMILY, "The record was updated")]
)
def test_an_action_without_a_sentence_reads_neutrally(lines, audience, text):
    assert lines("test.x", audience)[0].text == text
    assert not is_known("test.x")


def test_erased_words_read_as_erased(an_officer, lines):
    lines("test.agree", OFFICER, change={"state": ["asked", "agreed"]}, why="Advice received")
    services.erase_text("case:a", by=an_officer, why="Asked for")
    erased, erasure = sentences_for("case:a", audience=OFFICER)
    assert erased.text == "(erased) agreed to assess; the state went from (erased) to (erased)"
    assert (erased.why, erasure.text) == ("(erased)", "Ada Officer erased the words of earlier entries")


def test_the_day_is_the_day_in_england(lines):
    clock.set_today(date(2027, 3, 4))
    (line,) = lines("test.by", OFFICER)
    clock.set_today(None)
    assert line.on == date(2027, 3, 4)


def test_the_trail_is_two_queries_however_long(write, django_assert_num_queries):
    write(30)
    with django_assert_num_queries(2):
        assert len(sentences_for("case:a", audience=OFFICER)) == 30


def test_the_list_on_the_page_shows_sentence_and_reason(lines):
    page = render_to_string("audit/_trail.html", {"lines": lines("test.agree", OFFICER, why="<b>Advice</b>")})
    assert "agreed to assess" in page
    assert "Reason: &lt;b&gt;Advice&lt;/b&gt;" in page


def test_two_apps_cannot_take_the_same_action():
    with pytest.raises(ValueError, match=r"test\.by"):
        register({"test.by": Sentence("a", "b")})
