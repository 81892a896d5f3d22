"""The questions of a request for an EHC needs assessment, one a page, as a table. Pure.

Only the child's name, the asker's name and a way to reply are demanded: nothing else may stand between a family and the
clock (SEND Regs 2014 reg 5(1)). Everything else helps, and says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """One thing asked. `kind` names the form field that draws it."""

    name: str
    label: str
    kind: str = "line"
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    is_needed: bool = False


@dataclass(frozen=True)
class Page:
    """One page of the request. `is_about_home` pages show where to get help now."""

    slug: str
    title: str
    fields: tuple[Field, ...]
    lead: str = ""
    is_about_home: bool = False


PAGES = (
    Page(
        "child",
        "Who is the request for?",
        (
            Field("child_given_names", "First names", is_needed=True),
            Field("child_family_name", "Family name", is_needed=True),
            Field("child_preferred_name", "What they like to be called"),
            Field("child_born_on", "Date of birth", "date", "For example, 27 3 2017"),
            Field("child_school", "Nursery, school or college, if there is one"),
        ),
    ),
    Page(
        "you",
        "About you",
        (
            Field("asker_name", "Your name", is_needed=True),
            Field(
                "asker_relation",
                "How you are related to them",
                "choice",
                choices=(
                    ("parent", "I am a parent"),
                    ("responsibility", "I have parental responsibility"),
                    ("carer", "I look after them"),
                    ("self", "I am asking for myself"),
                ),
            ),
            Field(
                "asker_reply_to", "A way to reach you", hint="An email address, telephone number or postal address", is_needed=True
            ),
        ),
    ),
    Page(
        "contact",
        "How would you like to hear from us?",
        (
            Field("language", "The language you would like"),
            Field(
                "format",
                "The format that suits you",
                "choice",
                choices=(("standard", "Standard print"), ("large", "Large print"), ("easy", "Easy read"), ("audio", "Audio")),
            ),
            Field("interpreter", "Do you need an interpreter?", "choice", choices=(("no", "No"), ("yes", "Yes"))),
            Field(
                "safe_contact",
                "Is there a safe way or time to contact you?",
                "text",
                "Tell us if somebody else must not see or hear it",
            ),
            Field(
                "screen",
                "May we send you letters on the screen?",
                "choice",
                "If you say no, or nothing, we also post every letter that starts a legal time limit",
                choices=(("yes", "Yes, on the screen"), ("no", "No, post them too")),
            ),
        ),
    ),
    Page("well", "What is going well?", (Field("going_well", "What they enjoy and are good at", "text"),), is_about_home=True),
    Page(
        "hard",
        "What is hard?",
        (
            Field("hard_at_home", "At home", "text"),
            Field("hard_at_school", "At nursery, school or college", "text"),
            Field("hard_health", "With their health", "text"),
        ),
        lead="Write as much or as little as you like. You can come back and add to it.",
        is_about_home=True,
    ),
    Page(
        "tried",
        "What has been tried?",
        (Field("tried", "Help they have had, and what came of it", "text"),),
        lead="This helps the council decide. It is not a condition: you can ask whatever has or has not been tried.",
    ),
    Page("hopes", "What do you hope for?", (Field("hopes", "What you would like to change, now and later", "text"),)),
)

BY_SLUG = {page.slug: page for page in PAGES}
_NEEDED = (
    (("child_given_names", "child_family_name"), "the child’s name"),
    (("asker_name",), "your name"),
    (("asker_reply_to",), "a way to reach you"),
)


def next_page(slug: str) -> str | None:
    """The slug of the page that follows, or None after the last."""
    slugs = [page.slug for page in PAGES]
    position = slugs.index(slug) + 1
    return slugs[position] if position < len(slugs) else None


def missing_to_send(answers: Mapping[str, str], *, has_authority: bool) -> list[str]:
    """What must still be said before the request can be sent, in plain words."""
    missing = [words for names, words in _NEEDED if not any(str(answers.get(name, "")).strip() for name in names)]
    return missing if has_authority else [*missing, "the name of your council"]


def child_name(answers: Mapping[str, str]) -> str:
    """The child's name as the asker wrote it."""
    return " ".join(part for part in (answers.get("child_given_names", ""), answers.get("child_family_name", "")) if part).strip()[
        :240
    ]
