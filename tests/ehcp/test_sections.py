"""Sections A to K, and what a draft and a final plan must have (SEND Regs 2014 reg 12)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from ehcp.sections import (
    BY_LETTER,
    SECTIONS,
    Appeal,
    AttachedAdvice,
    Need,
    Outcome,
    PlanContent,
    Provision,
    Section,
    missing_for_draft,
    missing_for_final,
    provision_in_words,
    warnings,
)

NEED = Need("n1", "B", "Rosa finds it hard to follow spoken instructions")
OUTCOME = Outcome("o1", "Rosa follows an instruction of three steps", by_when="July 2028", need_ids=frozenset({"n1"}))
THERAPY = Provision(
    "p1",
    "F",
    "A programme of speech and language therapy",
    delivered_by="a speech and language therapist",
    qualification="HCPC registered",
    minutes=30,
    times=2,
    period="week",
    ratio="one to one",
    starts="September 2027",
    until="July 2028",
    funded_by="health",
    need_ids=frozenset({"n1"}),
    outcome_ids=frozenset({"o1"}),
)
DRAFT = PlanContent(
    needs=(NEED,),
    outcomes=(OUTCOME,),
    provisions=(THERAPY,),
    texts={"A": "Rosa likes trains"},
    advice=(AttachedAdvice("Dr Okoro, educational psychologist", date(2027, 3, 4)),),
    age=9,
    curriculum_year=4,
)
FINAL = replace(DRAFT, setting="Hill School")

APPEALS = [
    ("A", Appeal.NO, "reg 12(1)(a)"),
    ("B", Appeal.YES, "reg 12(1)(b)"),
    ("C", Appeal.RECOMMENDATION, "reg 12(1)(c)"),
    ("D", Appeal.RECOMMENDATION, "reg 12(1)(d)"),
    ("E", Appeal.NO, "reg 12(1)(e)"),
    ("F", Appeal.YES, "reg 12(1)(f)"),
    ("G", Appeal.RECOMMENDATION, "reg 12(1)(g)"),
    ("H1", Appeal.RECOMMENDATION, "reg 12(1)(h)(i)"),
    ("H2", Appeal.RECOMMENDATION, "reg 12(1)(h)(ii)"),
    ("I", Appeal.YES, "reg 12(1)(i)"),
    ("J", Appeal.NO, "reg 12(1)(j)"),
    ("K", Appeal.NO, "reg 12(4)"),
]


def codes(findings) -> list[str]:
    return [finding.code for finding in findings]


@pytest.mark.parametrize(("letter", "appeal", "law"), APPEALS, ids=[row[0] for row in APPEALS])
def test_each_section_has_its_letter_its_law_and_its_way_to_the_tribunal(letter, appeal, law):
    row = BY_LETTER[Section(letter)]
    assert (row.appeal, row.is_appealable) == (appeal, appeal is Appeal.YES)
    assert law in row.law
    assert row.name
    assert row.in_law
    assert row.contributors


def test_the_twelve_sections_stand_in_the_order_of_the_law():
    assert [row.letter for row in SECTIONS] == [row[0] for row in APPEALS] == list(Section)


def test_section_i_alone_is_blank_in_a_draft():
    """CFA 2014 s.38(5)."""
    assert [row.letter for row in SECTIONS if row.blank_in_draft] == ["I"]


def test_a_whole_draft_and_a_whole_final_plan_miss_nothing():
    assert missing_for_draft(DRAFT) == []
    assert missing_for_final(FINAL) == []
    assert warnings(FINAL) == []


@pytest.mark.parametrize(
    ("change", "code", "section"),
    [
        ({"texts": {"A": "  "}}, "no_views", "A"),
        ({"needs": (replace(NEED, section="C"),)}, "no_needs", "B"),
        ({"outcomes": ()}, "no_outcomes", "E"),
        ({"provisions": (replace(THERAPY, section="H2"),)}, "no_provision", "F"),
        ({"advice": ()}, "no_advice", "K"),
        ({"needs": (NEED, Need("n2", "B", " "))}, "empty_line", "B"),
    ],
)
def test_what_every_plan_must_have_is_missed_in_draft_and_final_alike(change, code, section):
    """SEND Regs 2014 reg 12(1), (4)."""
    for findings in (missing_for_draft(replace(DRAFT, **change)), missing_for_final(replace(FINAL, **change))):
        assert [(each.code, each.section) for each in findings] == [(code, section)]
        assert findings[0].law == BY_LETTER[Section(section)].law


@pytest.mark.parametrize(
    "change", [{"setting": "Hill School"}, {"setting_type": "A special school"}, {"texts": {"A": "x", "I": "Hill"}}]
)
def test_a_draft_that_names_a_setting_or_a_type_may_not_go(change):
    """CFA 2014 s.38(5)."""
    findings = missing_for_draft(replace(DRAFT, **change))
    assert codes(findings) == ["section_i_filled"]
    assert findings[0].message.startswith("Section I must be blank in a draft")


def test_a_final_plan_names_a_setting_or_a_type_or_is_for_education_elsewhere():
    """CFA 2014 ss.39-40, 61."""
    assert codes(missing_for_final(DRAFT)) == ["section_i_empty"]
    assert missing_for_final(replace(DRAFT, setting_type="A special school")) == []
    assert missing_for_final(replace(DRAFT, is_educated_elsewhere=True)) == []


def test_health_provision_is_final_only_with_the_agreement_written_down():
    """SEND Regs 2014 reg 12(2)."""
    health = replace(FINAL, provisions=(THERAPY, replace(THERAPY, id="p2", section="G")))
    assert codes(missing_for_final(health)) == ["health_not_agreed"]
    agreed = replace(health, texts={"A": "x", "G": "Agreed by B. Shah for the health commissioner on 4 March 2027"})
    assert missing_for_final(agreed) == []


def test_a_direct_payment_needs_its_section_j():
    """SEND Regs 2014 reg 12(1)(j)."""
    assert codes(missing_for_final(replace(FINAL, has_direct_payment=True))) == ["no_budget"]


@pytest.mark.parametrize(("age", "found"), [(17, []), (18, ["h1_for_an_adult"])])
def test_h1_is_for_people_under_18(age, found):
    """Chronically Sick and Disabled Persons Act 1970 s.2; SEND Regs 2014 reg 12(1)(h)(i)."""
    findings = missing_for_final(replace(FINAL, age=age, provisions=(THERAPY, replace(THERAPY, id="p2", section="H1"))))
    assert codes(findings) == found
    assert [each.line for each in findings] == ["p2"] * len(found)


@pytest.mark.parametrize(("section", "answer"), [("B", "F"), ("C", "G"), ("D", "H1"), ("D", "H2")])
def test_a_need_without_provision_is_named(section, answer):
    """Code of Practice 9.69."""
    need = Need("n2", section, "Needs help to sleep")
    findings = warnings(replace(FINAL, needs=(NEED, need)))
    assert codes(findings) == ["need_without_provision"]
    assert (findings[0].line, "‘Needs help to sleep’" in findings[0].message) == ("n2", True)
    answered = replace(THERAPY, id="p2", section=answer, need_ids=frozenset({"n2"}))
    assert warnings(replace(FINAL, needs=(NEED, need), provisions=(THERAPY, answered))) == []


def test_a_health_need_may_say_that_no_provision_is_needed_but_an_educational_one_may_not():
    needs = (NEED, Need("n2", "C", "Asthma"), Need("n3", "B", "Reading"))
    content = replace(FINAL, needs=needs, texts={"A": "x", "G": "None needed", "F": "None needed"})
    assert [each.line for each in warnings(content)] == ["n3"]


@pytest.mark.parametrize(
    "words", ["access to", "Opportunities  for", "regular", "regularly", "as appropriate", "up to", "would benefit from"]
)
def test_vague_words_are_pointed_at(words):
    """E v Rotherham MBC [2001] EWHC Admin 432."""
    findings = warnings(replace(FINAL, provisions=(replace(THERAPY, text=f"Rosa {words} a quiet room"),)))
    assert codes(findings) == ["vague_words"]
    assert f"‘{' '.join(words.lower().split())}’" in findings[0].message
    assert findings[0].line == "p1"


@pytest.mark.parametrize("text", ["An irregular verb a day", "Groups of four", "A ramp for access"])
def test_words_that_only_look_vague_pass(text):
    assert warnings(replace(FINAL, provisions=(replace(THERAPY, text=text),))) == []


def test_health_and_care_provision_may_be_less_precise():
    """VS and RS v Hampshire [2021] UKUT 187 (AAC)."""
    loose = replace(THERAPY, id="p2", section="H2", text="Regular short breaks", minutes=None)
    assert warnings(replace(FINAL, provisions=(THERAPY, loose))) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"minutes": None}, "provision_without_quantity"),
        ({"times": None}, "provision_without_quantity"),
        ({"period": ""}, "provision_without_quantity"),
        ({"delivered_by": " "}, "provision_without_who"),
        ({"need_ids": frozenset()}, "provision_without_need"),
    ],
)
def test_a_provision_says_what_for_who_how_long_and_how_often(change, code):
    """Code of Practice 9.69."""
    second = replace(THERAPY, id="p2", **change)
    findings = warnings(replace(FINAL, provisions=(THERAPY, second)))
    assert [(each.code, each.line) for each in findings] == [(code, "p2")]
    assert findings[0].message.startswith("Provision 2 (section F, ‘A programme of speech and language therapy’)")


def test_an_outcome_has_a_date_and_provision_that_works_towards_it():
    """Code of Practice 9.66."""
    bare = Outcome("o2", "Rosa rides the bus alone")
    assert codes(warnings(replace(FINAL, outcomes=(OUTCOME, bare)))) == ["outcome_without_date", "outcome_without_provision"]
    dated = replace(bare, by_date=date(2028, 7, 21))
    assert codes(warnings(replace(FINAL, outcomes=(OUTCOME, dated)))) == ["outcome_without_provision"]


@pytest.mark.parametrize(("year", "found"), [(None, []), (8, []), (9, ["no_adulthood"]), (12, ["no_adulthood"])])
def test_from_year_9_a_plan_helps_prepare_for_adulthood(year, found):
    """SEND Regs 2014 reg 12(3)."""
    assert codes(warnings(replace(FINAL, curriculum_year=year))) == found
    travel = replace(THERAPY, id="p2", text="Travel training for independent journeys")
    assert warnings(replace(FINAL, curriculum_year=year, provisions=(THERAPY, travel))) == []


def test_a_provision_reads_as_one_sentence():
    assert provision_in_words(THERAPY) == (
        "A programme of speech and language therapy, 30 minutes each time, twice a week, one to one, "
        "given by a speech and language therapist (HCPC registered), from September 2027, until July 2028, paid for by health."
    )


@pytest.mark.parametrize(("times", "words"), [(1, "once a term"), (2, "twice a term"), (3, "3 times a term")])
def test_how_often_is_said_in_words(times, words):
    bare = Provision("p", "F", "A review of the programme. ", times=times, period="term")
    assert provision_in_words(bare) == f"A review of the programme, {words}."


def test_a_provision_of_bare_words_is_still_a_sentence():
    assert provision_in_words(Provision("p", "F", "A quiet\nroom.")) == "A quiet room."


@pytest.mark.parametrize(
    ("minutes", "times", "period", "hours"),
    [
        (30, 2, "week", Decimal("1.00")),
        (45, 1, "week", Decimal("0.75")),
        (20, 1, "day", Decimal("1.67")),
        (60, 1, "term", None),
        (None, 2, "week", None),
    ],
)
def test_hours_a_week_are_counted_where_they_can_be(minutes, times, period, hours):
    assert replace(THERAPY, minutes=minutes, times=times, period=period).hours_per_week == hours
