"""What is particular to OpenDocument texts."""

import zipfile

from send.documents.rebuild.refusal import Refused
from send.documents.rebuild.xmlparts import elements, local

MACROS = "This document holds macros (small programs). Save it without them or as a PDF and send that."
OUTSIDE = "This document fetches something from another place when it is opened. Save it as a PDF and send that."
DAMAGED = "We could not open this document. It may be damaged: save it again, or save it as a PDF, and send that."
TYPE = b"application/vnd.oasis.opendocument.text"
PROGRAM_FOLDERS = ("basic/", "scripts/", "configurations2/", "dialogs/")
LINKS_KEPT = ("http://", "https://", "mailto:", "tel:", "#")
BARE_META = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-meta '
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"><office:meta/></office:document-meta>'
)


def check(archive: zipfile.ZipFile) -> None:
    """Refuses macros, objects that run, anything fetched from elsewhere, and what is not a text at all."""
    names = archive.namelist()
    if "mimetype" not in names or archive.read("mimetype")[:200].strip() != TYPE or "content.xml" not in names:
        raise Refused(DAMAGED)
    for member in archive.infolist():
        name = member.filename.lower()
        if name.startswith(PROGRAM_FOLDERS[:2]) and not member.is_dir() and not name.endswith(("script-lc.xml", "script-lb.xml")):
            raise Refused(MACROS)
        if name.endswith((".xml", ".rdf")):
            with archive.open(member) as content:
                _check_part(content)


def in_order(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The members to keep: 'mimetype' first and unpacked, as the format asks."""
    kept = [
        m
        for m in archive.infolist()
        if not m.filename.lower().startswith((*PROGRAM_FOLDERS, "thumbnails/", "meta-inf/documentsignatures"))
    ]
    return sorted(kept, key=lambda member: member.filename != "mimetype")


def is_rewritten(name: str) -> bool:
    """True for the part that says who and when."""
    return name in {"meta.xml", "META-INF/manifest.xml"}


def rewritten(name: str, content: bytes) -> bytes:
    """The same part without people and history; the manifest without the parts that are gone."""
    if name == "meta.xml":
        return BARE_META
    lines = content.replace(b"<manifest:file-entry", b"\n<manifest:file-entry").split(b"\n")
    gone = (b'full-path="Thumbnails/', b'full-path="Configurations2/', b'full-path="Basic/', b'full-path="Dialogs/')
    return b"\n".join(line if not any(word in line for word in gone) else line.partition(b"/>")[2] for line in lines)


def _check_part(content) -> None:
    for element in elements(content):
        tag = local(element.tag)
        if tag in {"event-listener", "macro", "dde-source", "dde-connection-decl", "applet", "plugin"}:
            raise Refused(MACROS)
        for key, value in element.attrib.items():
            if local(key) == "href":
                _check_link(tag, value.strip())


def _check_link(tag: str, target: str) -> None:
    if tag == "a":
        if ":" in target.split("/")[0] and not target.lower().startswith(LINKS_KEPT):
            raise Refused(OUTSIDE)
    elif "://" in target or target.startswith(("/", "\\", "../../")) or (":" in target.split("/")[0]):
        raise Refused(OUTSIDE)
