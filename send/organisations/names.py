"""How the names of authorities are compared: publishers differ in capitals, commas, 'and' and '&'. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


class UnknownAuthority(LookupError):
    """A publisher's name or code for an authority that the alias table does not hold for that day, or holds twice."""


@dataclass(frozen=True)
class Alias:
    """A name or code, whose it is, and its first and last day (inclusive; None is open)."""

    text: str
    authority_id: int
    starts_on: date | None = None
    ends_on: date | None = None

    def stands_on(self, day: date) -> bool:
        """Whether the name meant this authority on that day."""
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day <= self.ends_on)


class AuthorityNames:
    """A look-up over aliases, for an importer with thousands of rows: built once, asked often."""

    def __init__(self, aliases: Iterable[Alias]) -> None:
        self._by_name: dict[str, list[Alias]] = {}
        for alias in aliases:
            self._by_name.setdefault(plain(alias.text), []).append(alias)

    def match(self, text: str, *, on: date) -> int:
        """The key of the authority that `text` (a name, DfE code or ONS code) meant on a day: the day of the figure.

        Raises UnknownAuthority when none or several match: an importer must stop rather than guess or drop a row.
        """
        found = {alias.authority_id for alias in self._by_name.get(plain(text), ()) if alias.stands_on(on)}
        if len(found) != 1:
            answer = "no authority" if not found else f"{len(found)} authorities"
            raise UnknownAuthority(f"'{text}' on {on:%-d %B %Y} matches {answer}: add it to authority_aliases.csv")
        return found.pop()


def plain(text: str) -> str:
    """A name without what publishers differ in: case, punctuation, spaces, '&' for 'and'."""
    return re.sub(r"[^a-z0-9]", "", text.lower().replace("&", " and "))
