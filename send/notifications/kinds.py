"""The words of each kind of notice. Each app registers its own: plain words, and nothing about the case or the child."""

from collections.abc import Callable
from dataclasses import dataclass

LONGEST_SUBJECT = 150


@dataclass(frozen=True)
class Kind:
    """One kind of notice. `link(message)` answers the path to open; without it, the page to sign in."""

    subject: str
    text: str
    link: Callable | None = None


_kinds: dict[str, Kind] = {}


def register(kind: str, *, subject: str, text: str, link: Callable | None = None) -> None:
    """Add the words of a kind. Raises ValueError for a subject over more than one line, too long, or taken by other words."""
    if "\n" in subject or "\r" in subject or len(subject) > LONGEST_SUBJECT:
        raise ValueError(f"the subject of {kind} must be one line of at most {LONGEST_SUBJECT} characters")
    new = Kind(subject, text, link)
    if _kinds.setdefault(kind, new) != new:
        raise ValueError(f"two wordings for {kind}")


def wording(kind: str) -> Kind:
    """The words of a kind. Raises KeyError for a kind that no app registered: a mistake in the code, not in what was typed."""
    return _kinds[kind]


def is_known(kind: str) -> bool:
    """Whether the kind has words; each app tests this for what it tells."""
    return kind in _kinds
