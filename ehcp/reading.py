"""A version as a document to read, section by section: the same for the page, the PDF and the comments. Reads only."""

from dataclasses import dataclass, field

from ehcp import sections
from ehcp.content import content_of
from ehcp.models import Comment, PlanVersion


@dataclass
class Row:
    """One line: its words, and for the words of a need the outcomes and provision that answer it."""

    line: object
    section: str
    text: str
    note: str = ""
    comments: list = field(default_factory=list)


@dataclass
class SectionAsRead:
    """One section: its letter and plain name, its words, its rows."""

    letter: str
    name: str
    text: str
    rows: list[Row]


def as_read(version: PlanVersion, *, comments_of: PlanVersion | None = None) -> list[SectionAsRead]:
    """Every section A to K of a version in order; with the comments on the lines of `comments_of` beside them."""
    content = content_of(version)
    said: dict = {}
    for comment in Comment.objects.filter(version=comments_of).select_related("by").order_by("id") if comments_of else ():
        said.setdefault(comment.line, []).append(comment)
    return [_section(row, content, said) for row in sections.SECTIONS]


def _section(row: sections.SectionRow, content: sections.PlanContent, said: dict) -> SectionAsRead:
    rows = _rows(row.letter, content)
    for each in rows:
        each.comments = said.get(each.line, [])
    return SectionAsRead(row.letter.value, row.name, _text(row.letter, content), rows)


def _text(letter: sections.Section, content: sections.PlanContent) -> str:
    if letter == sections.Section.I:
        return content.setting or content.setting_type
    return content.text_of(letter)


def _rows(letter: sections.Section, content: sections.PlanContent) -> list[Row]:
    if letter in sections.NEED_SECTIONS:
        return [Row(need.id, letter, need.text, _answered_by(need, content)) for need in content.needs_in(letter)]
    if letter == sections.Section.E:
        return [
            Row(outcome.id, letter, outcome.text, f"By {outcome.by_when}" if outcome.by_when else "")
            for outcome in content.outcomes
        ]
    if letter in sections.PROVISION_SECTIONS:
        return [Row(each.id, letter, sections.provision_in_words(each)) for each in content.provisions_in(letter)]
    if letter == sections.Section.K:
        return [Row(None, letter, advice.author, f"Received on {advice.received_on:%-d %B %Y}") for advice in content.advice]
    return []


def _answered_by(need: sections.Need, content: sections.PlanContent) -> str:
    answers = [each.text for each in content.provisions if need.id in each.need_ids]
    return "Answered by: " + "; ".join(answers) if answers else ""
