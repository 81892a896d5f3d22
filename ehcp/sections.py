"""Sections A to K of an EHC plan (SEND Regs 2014 reg 12(1)): what each holds, who writes it, and what a plan must have.

`missing_for_draft` and `missing_for_final` are what the law requires; `warnings` are quality, shown and never a bar. Every
finding names its line. Section letters are law and are never renamed.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

YEAR_9 = 9
ADULT_AGE = 18
SCHOOL_DAYS_A_WEEK = 5
SHOWN = 60


class Section(StrEnum):
    """A section's letter."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"
    G = "G"
    H1 = "H1"
    H2 = "H2"
    I = "I"  # noqa: E741 (the law's own letter)
    J = "J"
    K = "K"


class Appeal(StrEnum):
    """What the tribunal can do about a section (CFA 2014 s.51; SI 2017/1306)."""

    YES = "You can appeal"
    RECOMMENDATION = "The tribunal can recommend, as part of an appeal"
    NO = "Not a ground of appeal"


@dataclass(frozen=True)
class SectionRow:
    """One section: its plain name, the Act's words for it, who contributes, and what may be done about it."""

    letter: Section
    name: str
    in_law: str
    contributors: str
    appeal: Appeal
    law: str
    blank_in_draft: bool = False

    @property
    def is_appealable(self) -> bool:
        """Whether the section alone is a ground of appeal."""
        return self.appeal is Appeal.YES


SECTIONS = (
    SectionRow(
        Section.A,
        "Views, interests and hopes",
        "the views, interests and aspirations of the child and his parents or the young person",
        "The child or young person and the family, in their own words",
        Appeal.NO,
        "SEND Regs 2014 reg 12(1)(a)",
    ),
    SectionRow(
        Section.B,
        "Special educational needs",
        "the child or young person’s special educational needs",
        "The authority, from all the advice",
        Appeal.YES,
        "SEND Regs 2014 reg 12(1)(b)",
    ),
    SectionRow(
        Section.C,
        "Health needs",
        "health care needs which relate to their special educational needs",
        "The authority, from health advice",
        Appeal.RECOMMENDATION,
        "SEND Regs 2014 reg 12(1)(c)",
    ),
    SectionRow(
        Section.D,
        "Social care needs",
        "social care needs which relate to their special educational needs or to a disability",
        "The authority, from social care advice",
        Appeal.RECOMMENDATION,
        "SEND Regs 2014 reg 12(1)(d)",
    ),
    SectionRow(
        Section.E,
        "Outcomes",
        "the outcomes sought for him or her",
        "The authority, with the family and every adviser",
        Appeal.NO,
        "SEND Regs 2014 reg 12(1)(e)",
    ),
    SectionRow(
        Section.F,
        "Special educational provision",
        "the special educational provision required by the child or young person",
        "The authority, which must secure it (CFA 2014 s.42)",
        Appeal.YES,
        "SEND Regs 2014 reg 12(1)(f)",
    ),
    SectionRow(
        Section.G,
        "Health provision",
        "any health care provision reasonably required by the learning difficulties or disabilities",
        "The health commissioner, which must agree it",
        Appeal.RECOMMENDATION,
        "SEND Regs 2014 reg 12(1)(g), 12(2)",
    ),
    SectionRow(
        Section.H1,
        "Social care provision for under-18s",
        "social care provision which must be made under section 2 of the Chronically Sick and Disabled Persons Act 1970",
        "The authority’s social care service",
        Appeal.RECOMMENDATION,
        "SEND Regs 2014 reg 12(1)(h)(i)",
    ),
    SectionRow(
        Section.H2,
        "Other social care provision",
        "any other social care provision reasonably required by the learning difficulties or disabilities",
        "The authority’s social care service",
        Appeal.RECOMMENDATION,
        "SEND Regs 2014 reg 12(1)(h)(ii)",
    ),
    SectionRow(
        Section.I,
        "School or college",
        "the name and the type of the school or other institution to be attended, or where no name is specified, the type",
        "The authority, after the family’s request and consultation",
        Appeal.YES,
        "SEND Regs 2014 reg 12(1)(i)",
        blank_in_draft=True,
    ),
    SectionRow(
        Section.J,
        "Personal budget",
        "where any provision is to be secured by a direct payment, the needs and outcomes to be met by it",
        "The authority and the family",
        Appeal.NO,
        "SEND Regs 2014 reg 12(1)(j)",
    ),
    SectionRow(
        Section.K,
        "Advice and information",
        "the advice and information obtained, set out in appendices",
        "Everyone who gave advice",
        Appeal.NO,
        "SEND Regs 2014 reg 12(4)",
    ),
)
BY_LETTER = {row.letter: row for row in SECTIONS}
NEED_SECTIONS = (Section.B, Section.C, Section.D)
PROVISION_SECTIONS = (Section.F, Section.G, Section.H1, Section.H2)
ANSWERED_IN = {Section.B: (Section.F,), Section.C: (Section.G,), Section.D: (Section.H1, Section.H2)}

VAGUE = ("access to", "opportunities for", "regular", "regularly", "as appropriate", "up to", "would benefit from")
# Longest first, so that 'regularly' is not read as 'regular'; any white space between the words.
_VAGUE = re.compile(r"\b(" + "|".join(sorted(VAGUE, key=len, reverse=True)).replace(" ", r"\s+") + r")\b", re.IGNORECASE)
_ADULTHOOD = re.compile(
    r"\b(adult\w*|employ\w*|work experience|job|career\w*|college|apprentice\w*|internship\w*|independent\w*|travel training)\b",
    re.I,
)

LineId = str | int | UUID


@dataclass(frozen=True)
class Need:
    """A need in section B, C or D."""

    id: LineId
    section: str
    text: str
    area: str = ""


@dataclass(frozen=True)
class Outcome:
    """An outcome in section E, with when it should be reached: words, a date, or both."""

    id: LineId
    text: str
    by_when: str = ""
    by_date: date | None = None
    need_ids: frozenset[LineId] = frozenset()


@dataclass(frozen=True)
class Provision:
    """Provision in section F, G, H1 or H2: `minutes` each time, `times` in each `period` (day, week, month, term or year)."""

    id: LineId
    section: str
    text: str
    delivered_by: str = ""
    qualification: str = ""
    minutes: int | None = None
    times: int | None = None
    period: str = ""
    ratio: str = ""
    starts: str = ""
    until: str = ""
    funded_by: str = ""
    need_ids: frozenset[LineId] = frozenset()
    outcome_ids: frozenset[LineId] = frozenset()

    @property
    def is_quantified(self) -> bool:
        """Whether it says how long and how often."""
        return bool(self.minutes and self.times and self.period)

    @property
    def hours_per_week(self) -> Decimal | None:
        """Hours in a week, where it is given by the day (five school days) or the week; None otherwise."""
        if not self.is_quantified or self.period not in ("day", "week"):
            return None
        times = self.times * (SCHOOL_DAYS_A_WEEK if self.period == "day" else 1)
        return (Decimal(self.minutes * times) / 60).quantize(Decimal("0.01"))


@dataclass(frozen=True)
class AttachedAdvice:
    """One piece of advice attached in section K."""

    author: str
    received_on: date


@dataclass(frozen=True)
class PlanContent:
    """A plan as the checks see it. `texts` are the words of sections that are not rows, by letter, and notes on those that are."""

    needs: tuple[Need, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    provisions: tuple[Provision, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    advice: tuple[AttachedAdvice, ...] = ()
    setting: str = ""
    setting_type: str = ""
    age: int | None = None
    curriculum_year: int | None = None
    has_direct_payment: bool = False
    is_educated_elsewhere: bool = False

    def text_of(self, section: Section) -> str:
        """The words of a section, or ''."""
        return self.texts.get(section, "").strip()

    def provisions_in(self, *sections: Section) -> tuple[Provision, ...]:
        """The provision of these sections, in order."""
        return tuple(each for each in self.provisions if each.section in sections)

    def needs_in(self, section: Section) -> tuple[Need, ...]:
        """The needs of one section, in order."""
        return tuple(each for each in self.needs if each.section == section)


@dataclass(frozen=True)
class Finding:
    """Something missing or weak, in plain words: the code for programs, the section, the line if it is about one, and the law."""

    code: str
    section: Section
    message: str
    law: str
    line: LineId | None = None


def provision_in_words(provision: Provision) -> str:
    """The provision as one sentence: what, how long, how often, how many together, who, from when, until when, paid by whom."""
    what = " ".join(provision.text.split()).rstrip(".")
    who = provision.delivered_by + (f" ({provision.qualification})" if provision.qualification else "")
    parts = (
        what,
        f"{provision.minutes} minutes each time" if provision.minutes else "",
        _how_often(provision),
        provision.ratio,
        f"given by {who}" if provision.delivered_by else "",
        f"from {provision.starts}" if provision.starts else "",
        f"until {provision.until}" if provision.until else "",
        f"paid for by {provision.funded_by}" if provision.funded_by else "",
    )
    return ", ".join(part for part in parts if part) + "."


def _how_often(provision: Provision) -> str:
    if not provision.times:
        return ""
    often = {1: "once", 2: "twice"}.get(provision.times, f"{provision.times} times")
    return f"{often} a {provision.period}" if provision.period else often


def missing_for_draft(content: PlanContent) -> list[Finding]:
    """What a draft must have before it is served (CFA 2014 s.38; SEND Regs 2014 regs 12-13): empty when it may go."""
    return [*_missing_always(content), *_section_i_filled(content)]


def missing_for_final(content: PlanContent) -> list[Finding]:
    """What a final plan must have (CFA 2014 ss.37-40; SEND Regs 2014 reg 12). The family step is held elsewhere."""
    return [*_missing_always(content), *_section_i_empty(content), *_health_not_agreed(content), *_budget_missing(content)]


def warnings(content: PlanContent) -> list[Finding]:
    """What makes a plan weaker than it should be. Shown to the writer; never stops a plan (the courts allow some flexibility)."""
    return [
        *_needs_without_provision(content),
        *_outcome_warnings(content),
        *(finding for each in content.provisions for finding in _provision_warnings(content, each)),
        *_adulthood(content),
    ]


def _missing(section: Section, code: str, message: str, line: LineId | None = None) -> Finding:
    return Finding(code, section, message, BY_LETTER[section].law, line)


def _missing_always(content: PlanContent) -> Iterable[Finding]:
    if not content.text_of(Section.A):
        yield _missing(Section.A, "no_views", "Section A is empty: write the views of the child or young person and the family.")
    if not content.needs_in(Section.B):
        yield _missing(Section.B, "no_needs", "Section B has no special educational need.")
    if not content.outcomes:
        yield _missing(Section.E, "no_outcomes", "Section E has no outcome.")
    if not content.provisions_in(Section.F):
        yield _missing(Section.F, "no_provision", "Section F has no special educational provision.")
    if not content.advice:
        yield _missing(Section.K, "no_advice", "Section K has no advice: attach all the advice that was obtained.")
    yield from _lines_without_words(content)
    yield from _h1_for_an_adult(content)


def _lines_without_words(content: PlanContent) -> Iterable[Finding]:
    rows: list[tuple[Section, Need | Outcome | Provision, int]] = []
    rows += [(Section(row.section), row, _place(content.needs_in(Section(row.section)), row)) for row in content.needs]
    rows += [(Section.E, row, _place(content.outcomes, row)) for row in content.outcomes]
    rows += [(Section(row.section), row, _place(content.provisions_in(Section(row.section)), row)) for row in content.provisions]
    for section, row, place in rows:
        if not row.text.strip():
            yield _missing(section, "empty_line", f"Line {place} of section {section} has no words.", row.id)


def _h1_for_an_adult(content: PlanContent) -> Iterable[Finding]:
    if content.age is None or content.age < ADULT_AGE:
        return
    for row in content.provisions_in(Section.H1):
        message = f"{_line('Provision', content.provisions_in(Section.H1), row)} is in H1, which is for under-18s: move it to H2."
        yield _missing(Section.H1, "h1_for_an_adult", message, row.id)


def _section_i_filled(content: PlanContent) -> Iterable[Finding]:
    if content.setting or content.setting_type or content.text_of(Section.I):
        message = "Section I must be blank in a draft: take out the school, college or type of setting."
        yield Finding("section_i_filled", Section.I, message, "CFA 2014 s.38(5)")


def _section_i_empty(content: PlanContent) -> Iterable[Finding]:
    if not (content.setting or content.setting_type or content.is_educated_elsewhere):
        message = "Section I is empty: name the school or college, or the type, or record education otherwise than at one."
        yield Finding("section_i_empty", Section.I, message, "CFA 2014 ss.39-40, 61; SEND Regs 2014 reg 12(1)(i)")


def _health_not_agreed(content: PlanContent) -> Iterable[Finding]:
    if content.provisions_in(Section.G) and not content.text_of(Section.G):
        message = "Section G has health provision: write beside it who agreed it for the health commissioner, and when."
        yield Finding("health_not_agreed", Section.G, message, "SEND Regs 2014 reg 12(2)")


def _budget_missing(content: PlanContent) -> Iterable[Finding]:
    if content.has_direct_payment and not content.text_of(Section.J):
        yield _missing(Section.J, "no_budget", "Section J is empty, but some provision is by direct payment.")


def _needs_without_provision(content: PlanContent) -> Iterable[Finding]:
    """Every need in B has provision in F; C pairs with G, D with H1 or H2, or a note says none is needed."""
    for row in content.needs:
        sections = ANSWERED_IN[Section(row.section)]
        answered = any(row.id in each.need_ids for each in content.provisions_in(*sections))
        if not answered and (row.section == Section.B or not any(content.text_of(section) for section in sections)):
            where = " or ".join(sections)
            message = f"{_line('Need', content.needs_in(Section(row.section)), row)} has no provision in section {where}."
            yield Finding("need_without_provision", Section(row.section), message, "Code of Practice 9.69", row.id)


def _outcome_warnings(content: PlanContent) -> Iterable[Finding]:
    for row in content.outcomes:
        name = _line("Outcome", content.outcomes, row)
        if not (row.by_when.strip() or row.by_date):
            message = f"{name} has no date to reach it by."
            yield Finding("outcome_without_date", Section.E, message, "Code of Practice 9.66", row.id)
        if not any(row.id in each.outcome_ids for each in content.provisions):
            message = f"{name} has no provision that works towards it."
            yield Finding("outcome_without_provision", Section.E, message, "Code of Practice 9.69", row.id)


def _provision_warnings(content: PlanContent, row: Provision) -> Iterable[Finding]:
    section = Section(row.section)
    name = f"Provision {_place(content.provisions_in(section), row)} (section {section}, ‘{_short(row.text)}’)"
    if not row.need_ids:
        yield Finding("provision_without_need", section, f"{name} answers no need.", "Code of Practice 9.69", row.id)
    if not row.delivered_by.strip():
        yield Finding("provision_without_who", section, f"{name} does not say who gives it.", "Code of Practice 9.69", row.id)
    if section is not Section.F:
        return  # health and social care need less precision: VS and RS v Hampshire [2021] UKUT 187 (AAC)
    if not row.is_quantified:
        yield Finding(
            "provision_without_quantity", section, f"{name} does not say how long and how often.", "Code of Practice 9.69", row.id
        )
    for words in dict.fromkeys(" ".join(found.lower().split()) for found in _VAGUE.findall(row.text)):
        message = f"{name} says ‘{words}’, which cannot be held to: say exactly what and how much."
        yield Finding("vague_words", section, message, "E v Rotherham MBC [2001] EWHC Admin 432", row.id)


def _adulthood(content: PlanContent) -> Iterable[Finding]:
    """From year 9 the plan must hold provision to help prepare for adulthood; words can only hint at it, so this warns."""
    if content.curriculum_year is None or content.curriculum_year < YEAR_9:
        return
    if not any(_ADULTHOOD.search(each.text) for each in content.provisions):
        message = "From year 9 a plan must help prepare for adulthood and independent living: no provision speaks of it."
        yield Finding("no_adulthood", Section.F, message, "SEND Regs 2014 reg 12(3)")


def _place(rows: tuple, row) -> int:
    return rows.index(row) + 1


def _line(kind: str, rows: tuple, row) -> str:
    return f"{kind} {_place(rows, row)} (‘{_short(row.text)}’)"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= SHOWN else words[: SHOWN - 1].rstrip() + "…"
