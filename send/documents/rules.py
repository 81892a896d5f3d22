"""What may be sent, how big and under which name: rules over words and numbers only."""

import re
import unicodedata
from dataclasses import dataclass

from send.documents.rebuild.types import TYPES, FileType
from send.errors import RuleBroken

MB = 1024 * 1024
UPLOADS_A_DAY = 100
FILES_A_COLLECTION = 200
BYTES_A_COLLECTION = 5 * 1024 * MB
DOWNLOADS_AN_HOUR = 200
NAME_LENGTH = 150
# A browser that does not know a type (HEIC in many) says nothing or this; the content is still checked.
UNDECLARED = {"", "application/octet-stream"}
# Inside a name these hint at a file that pretends: 'letter.exe.pdf'.
PROGRAMS = frozenset({
    "exe", "com", "bat", "cmd", "scr", "pif", "msi", "msp", "dll", "cpl", "hta", "js", "jse", "vbs", "vbe", "wsf", "wsh", "ps1",
    "psm1", "jar", "sh", "bash", "py", "pl", "php", "phtml", "asp", "aspx", "jsp", "cgi", "lnk", "url", "reg", "iso", "img",
    "apk", "app", "dmg", "html", "htm", "xhtml", "shtml", "svg", "svgz", "xml", "docm", "dotm", "xlsm", "pptm", "swf", "chm",
})  # fmt: skip
# Characters that turn the reading direction, so that 'fdp.exe' shows as 'exe.pdf'.
TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class TooMany(RuleBroken):
    """A limit on how much one person or one case may send (API answer 429)."""


@dataclass(frozen=True)
class Accepted:
    """A name and type that may be received."""

    name: str
    type: FileType


def accept(*, name: str, size: int, declared_type: str) -> Accepted:
    """The cleaned name and the type of a file that may be received; `size` in bytes. Raises RuleBroken in plain words."""
    name = clean_name(name)
    type_ = _type_of(name)
    declared = declared_type.split(";")[0].strip().lower()
    if declared not in UNDECLARED | type_.declared:
        raise RuleBroken(
            f"This file is named as {type_.words}, but your device says it is something else. Save it again and retry."
        )
    if size == 0:
        raise RuleBroken("The file is empty. Choose another file.")
    if size > type_.limit_mb * MB:
        raise RuleBroken(f"The file must be smaller than {type_.limit_mb} MB.")
    return Accepted(name, type_)


def clean_name(name: str) -> str:
    """The sender's name for a file as safe words: no folders, no control characters, at most 150 characters.

    Raises RuleBroken for a name made to mislead.
    """
    if "\0" in name or TURNING.search(name):
        raise RuleBroken("The file's name holds hidden characters. Rename the file and try again.")
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    name = " ".join("".join(map(_printable, name)).split())
    stem, dot, suffix = name.rpartition(".")
    stem = stem.strip(" .")
    if not dot or not stem or not suffix:
        raise RuleBroken(f"The file's name must end in its type, such as .pdf or .jpg. {_allowed_words()}")
    return f"{stem[: NAME_LENGTH - len(suffix) - 1].rstrip()}.{suffix}"


def check_room(*, sent_today: int, files: int, bytes_kept: int, size: int) -> None:
    """Raises TooMany when another file of `size` bytes would pass a limit of the day or of the case."""
    if sent_today >= UPLOADS_A_DAY:
        raise TooMany(f"You have sent {UPLOADS_A_DAY} files in the last 24 hours. Try again tomorrow.")
    if files >= FILES_A_COLLECTION:
        raise TooMany(f"There are already {FILES_A_COLLECTION} files here, which is the most there can be. Remove one first.")
    if bytes_kept + size > BYTES_A_COLLECTION:
        raise TooMany("The files here would take more than 5 GB together. Remove one first.")


def _printable(character: str) -> str:
    if character == "\u200d" or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}:
        return character  # the joiner holds family emoji together
    return " "


def _type_of(name: str) -> FileType:
    *inner, last = name.lower().split(".")
    if PROGRAMS & {part.strip() for part in inner[1:]}:
        raise RuleBroken("The file's name has two endings. Rename it with one, such as .pdf, and try again.")
    if last not in TYPES:
        raise RuleBroken(f"We cannot take this kind of file. {_allowed_words()}")
    return TYPES[last]


def _allowed_words() -> str:
    return (
        "You can send PDF, Word (DOCX), ODT and text files, photos (JPEG, PNG, HEIC, WEBP), video (MP4, MOV, WEBM) "
        "and sound (M4A, MP3)."
    )
