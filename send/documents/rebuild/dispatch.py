"""Looks at what the bytes really are and hands them to the rebuilder of their family."""

from pathlib import Path

import magic

from send.documents.rebuild import images, media, office, pdfs, texts
from send.documents.rebuild.refusal import Refused
from send.documents.rebuild.types import TYPES, FileType

REBUILDERS = {
    "pdf": pdfs.rebuild,
    "office": office.rebuild,
    "text": texts.rebuild,
    "image": images.rebuild,
    "video": media.rebuild_video,
    "sound": media.rebuild_sound,
}
__all__ = ["Refused", "rebuild"]


def rebuild(original: Path, ending: str, room: Path) -> dict:
    """Write `copy.<suffix>` (and mostly `preview.jpg`) into `room`. Raises Refused."""
    kind = TYPES[ending]
    check_signature(original, ending, kind)
    copy = room / f"copy.{kind.suffix}"
    pages = REBUILDERS[kind.family](original, copy, room / "preview.jpg", ending)
    return {"suffix": kind.suffix, "content_type": kind.served_as, "pages": pages}


def check_signature(original: Path, ending: str, kind: FileType) -> None:
    """Refuses bytes that are not what the name says."""
    found = magic.from_file(str(original), mime=True)
    agrees = texts.is_plain(found) if kind.family == "text" else found in kind.signatures
    if not agrees:
        raise Refused(f"The file is named as {kind.words}, but what is in it is something else. Save it again and send that.")
