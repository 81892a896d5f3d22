"""DOCX and ODT: the archive within bounds, no macros, nothing fetched from elsewhere, no author or history left."""

import io
import zipfile
import zlib
from pathlib import Path

from send.documents.rebuild import docx, images, odt
from send.documents.rebuild.refusal import Refused

MOST_MEMBERS = 1_000
MOST_UNPACKED = 500 * 1024 * 1024
MOST_RATIO = 10
# A page of words alone packs better than ten times; the ratio counts from where it could hurt.
RATIO_COUNTS_FROM = 5 * 1024 * 1024
BIGGEST_XML = 64 * 1024 * 1024
PHOTOS = {"jpg": "JPEG", "jpeg": "JPEG"}
DAMAGED = "We could not open this document. It may be damaged: save it again, or save it as a PDF, and send that."
TOO_BIG = "This document unpacks to far more than it should. Save it as a PDF and send that."


def rebuild(original: Path, copy: Path, preview: Path, ending: str) -> None:
    """Write a new archive member by member. Raises Refused."""
    with original.open("rb") as content:
        if content.read(4) != b"PK\x03\x04":
            raise Refused(DAMAGED)
    words = docx if ending == "docx" else odt
    try:
        with zipfile.ZipFile(original) as archive:
            check_bounds(archive, original.stat().st_size)
            words.check(archive)
            with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target:
                for member in words.in_order(archive):
                    _copy_member(archive, member, target, words)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        SyntaxError,
        LookupError,
    ):
        raise Refused(DAMAGED) from None


def check_bounds(archive: zipfile.ZipFile, packed: int) -> None:
    """Refuses bombs and tricks from the archive's own list, before anything is unpacked."""
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    names = [member.filename for member in members]
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or (unpacked > RATIO_COUNTS_FROM and unpacked > MOST_RATIO * packed):
        raise Refused(TOO_BIG)
    if len({name.lower() for name in names}) != len(names) or any(not _is_inside(name) for name in names):
        raise Refused(DAMAGED)
    if any(member.flag_bits & 0x1 for member in members):
        raise Refused("This document is locked with a password. Save it without the password and send that.")


def read(archive: zipfile.ZipFile, name: str) -> bytes:
    """One member, never more than its announced size (the list may lie; zipfile stops there and checks the sum)."""
    if archive.getinfo(name).file_size > BIGGEST_XML:
        raise Refused(TOO_BIG)
    return archive.read(name)


def _is_inside(name: str) -> bool:
    return (
        not name.startswith(("/", "\\")) and ":" not in name and "\0" not in name and ".." not in name.replace("\\", "/").split("/")
    )


def _copy_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: zipfile.ZipFile, words) -> None:
    if member.is_dir():
        return
    fresh = zipfile.ZipInfo(member.filename)  # its date is 1 January 1980: no history
    fresh.compress_type = zipfile.ZIP_STORED if member.filename == "mimetype" else zipfile.ZIP_DEFLATED
    ending = member.filename.lower().rpartition(".")[2]
    if words.is_rewritten(member.filename):
        target.writestr(fresh, words.rewritten(member.filename, read(archive, member.filename)))
    elif ending in PHOTOS:
        target.writestr(fresh, _without_place(read(archive, member.filename), PHOTOS[ending]))
    else:
        target.writestr(fresh, archive.read(member))


def _without_place(content: bytes, kind: str) -> bytes:
    bare, saved = images.load(io.BytesIO(content), kind), io.BytesIO()
    bare.save(saved, **images.SAVED_AS[kind])
    return saved.getvalue()
