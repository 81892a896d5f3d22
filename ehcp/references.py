"""References that people read aloud: `EHC-7K3M-92QX`. Random, never changed, with a check letter. Pure."""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0, 1, I, L, O, U: nothing that is misread or spells a word
PREFIX = "EHC"


def new_reference() -> str:
    """A new reference: seven random characters and a check letter. Collisions are refused by the database."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(7))
    return _written(body + check_letter(body))


def check_letter(body: str) -> str:
    """The check letter of seven characters: weighted, so that one wrong or two swapped characters show."""
    return ALPHABET[
        sum(weight * ALPHABET.index(letter) for weight, letter in zip((7, 11, 13, 17, 19, 23, 29), body, strict=True))
        % len(ALPHABET)
    ]


def read_reference(typed: str) -> str | None:
    """The reference that somebody typed, tidied, or None if it cannot be one."""
    letters = "".join(character for character in typed.upper() if character.isalnum()).removeprefix(PREFIX)
    if len(letters) != 8 or not set(letters) <= set(ALPHABET) or check_letter(letters[:7]) != letters[7]:
        return None
    return _written(letters)


def _written(letters: str) -> str:
    return f"{PREFIX}-{letters[:4]}-{letters[4:]}"
