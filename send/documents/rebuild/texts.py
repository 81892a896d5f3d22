"""Plain text: really text, and always UTF-8 in the copy."""

from pathlib import Path

from send.documents.rebuild.refusal import Refused

# libmagic guesses at languages in ordinary letters ('text/x-c'); these it only says of something that a browser or shell would run.
ACTIVE = {"text/html", "text/xml", "text/x-shellscript", "text/javascript", "text/x-php", "text/x-msdos-batch", "text/rtf"}
MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
MARKUP = ("<!doctype", "<html", "<svg", "<script", "<?xml", "<?php", "#!")


def is_plain(signature: str) -> bool:
    """True where libmagic's word is one that plain text gets."""
    return signature.startswith("text/") and signature not in ACTIVE


def rebuild(original: Path, copy: Path, preview: Path, ending: str) -> None:
    """Write the words as UTF-8. Old Windows text is read as such; control characters other than tabs and line ends are refused."""
    words = _decode(original.read_bytes())
    if any(ord(c) < 32 and c not in "\t\n\r\f" for c in words):
        raise Refused("This is not a text file. Save it as a PDF or Word document and send that.")
    if words.lstrip("\ufeff \t\r\n").lower().startswith(MARKUP):
        raise Refused("This text file holds a web page or a program. Copy the words into a document and send that.")
    copy.write_text(words, encoding="utf-8", newline="")


def _decode(content: bytes) -> str:
    named = next((name for mark, name in MARKS if content.startswith(mark)), None)
    try:
        return content.decode(named or "utf-8")
    except UnicodeDecodeError:
        if named:
            raise Refused("This text file is damaged. Save it again and send that.") from None
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        raise Refused("This is not a text file. Save it as a PDF or Word document and send that.") from None
