"""To whom a notice goes: a person who signs in, or somebody known by name and address only. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Recipient:
    """Somebody who has no account here, or must be reached at an address that is not the account's."""

    name: str
    email: str = ""
    address: str = ""


def one_line(text: str) -> str:
    """Text fit for a header: no line breaks, no control characters."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
