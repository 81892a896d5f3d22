"""What is particular to Word documents (Office Open XML)."""

import io
import re
import zipfile
from urllib.parse import unquote

from send.documents.rebuild.refusal import Refused
from send.documents.rebuild.xmlparts import elements, local

MACROS = "This document holds macros (small programs). Save it as a plain .docx or as a PDF and send that."
OUTSIDE = "This document fetches something from another place when it is opened. Save it as a PDF and send that."
DAMAGED = "We could not open this document. It may be damaged: save it again, or save it as a PDF, and send that."
PROGRAM_PARTS = re.compile(
    r"vbaproject|vbadata|/activex/|activex\d|\.bin$|\.(exe|dll|js|vbs|hta|bat|cmd|ps1|jar|scr|lnk|html?|mht(ml)?)$"
)
PACKAGES = (".xlsx", ".docx", ".pptx")
BIGGEST_PACKAGE = 64 * 1024 * 1024
PROGRAM_TYPES = ("macroenabled", "vbaproject", "activex", "oleobject")
FETCHING_FIELDS = re.compile(r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|DATABASE|LINK)\b\s", re.IGNORECASE)
LINKS_KEPT = ("http://", "https://", "mailto:", "tel:", "#")
# Word notes the template a letter was made from; on the sender's own disk that is history, elsewhere it is a fetch.
OWN_DISK = re.compile(r"^(file:/*)?([a-z]:[\\/]|/users/|/home/|[^/\\:]+\.dot[xm]?$)", re.IGNORECASE)
BARE_PROPERTIES = {
    "docProps/core.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
    b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docProps/app.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
}
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*?(?:/>|>\s*</(?:\w+:)?Relationship>)", re.DOTALL)
TEMPLATE = re.compile(rb"<\w+:attachedTemplate\b[^>]*?(?:/>|>\s*</\w+:attachedTemplate>)", re.DOTALL)
PEOPLE = re.compile(rb'(\b(?:w|w15|w16cid):(?:rsid\w*))="[0-9A-Fa-f]+"')
DROPPED = ("docprops/thumbnail", "customxml/", "word/people.xml", "word/printersettings")


def check(archive: zipfile.ZipFile) -> None:
    """Refuses macros, objects that run, anything fetched from elsewhere, and what is not a Word document at all."""
    names = archive.namelist()
    if "[Content_Types].xml" not in names or not any(name.lower() == "word/document.xml" for name in names):
        raise Refused(DAMAGED)
    if any(_is_program(name) for name in names):
        raise Refused(MACROS)
    for name in names:
        if name.lower().endswith(PACKAGES):
            _check_package(archive, name)
    for name in names:
        if name.lower().endswith((".xml", ".rels")):
            with archive.open(name) as content:
                _check_part(name, content)


def _is_program(name: str) -> bool:
    return bool(PROGRAM_PARTS.search(name.lower())) and not name.lower().startswith(DROPPED)


def _check_package(archive: zipfile.ZipFile, name: str) -> None:
    """The sheet behind a chart is an office file of its own: the same rules about programs, and no third level."""
    with archive.open(name) as content, zipfile.ZipFile(io.BytesIO(content.read(BIGGEST_PACKAGE))) as package:
        if any(_is_program(inner) or inner.lower().endswith(PACKAGES) for inner in package.namelist()):
            raise Refused(MACROS)


def in_order(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The members to keep, in their order."""
    return [member for member in archive.infolist() if not member.filename.lower().startswith(DROPPED)]


def is_rewritten(name: str) -> bool:
    """True for the parts that say who and where, and for the lists of relations."""
    return name in BARE_PROPERTIES or name.endswith(".rels") or name in {"word/settings.xml", "[Content_Types].xml"}


def rewritten(name: str, content: bytes) -> bytes:
    """The same part without people, templates and history."""
    if name in BARE_PROPERTIES:
        return BARE_PROPERTIES[name]
    if name == "word/settings.xml":
        return re.sub(rb"<w:rsids>.*?</w:rsids>", b"", TEMPLATE.sub(b"", content), flags=re.DOTALL)
    if name == "[Content_Types].xml":
        return re.sub(rb"<Override\b[^>]*PartName=\"/(?:customXml/|word/people\.xml|docProps/thumbnail)[^>]*/>", b"", content)
    return RELATION.sub(_kept_relation, content)


def _kept_relation(match: re.Match) -> bytes:
    relation = match.group(0).lower()
    gone = (b"/attachedtemplate", b"/thumbnail", b"/customxml", b"/people", b"/printersettings")
    return b"" if any(word in relation for word in gone) else match.group(0)


def _check_part(name: str, content) -> None:
    field = ""
    for element in elements(content):
        tag = local(element.tag)
        if tag == "Relationship":
            _check_relation(element.attrib)
        elif tag in {"Override", "Default"} and any(word in element.get("ContentType", "").lower() for word in PROGRAM_TYPES):
            raise Refused(MACROS)
        elif tag == "instrText":
            field += element.text or ""
        elif tag == "fldSimple":
            _check_field(next((value for key, value in element.attrib.items() if local(key) == "instr"), ""))
        elif tag == "p":
            _check_field(field)
            field = ""
        elif tag in {"altChunk", "subDoc"}:
            raise Refused(OUTSIDE)
    _check_field(field)


def _check_field(words: str) -> None:
    if FETCHING_FIELDS.match(words.strip() + " "):
        raise Refused(OUTSIDE)


def _check_relation(relation: dict) -> None:
    kind = relation.get("Type", "").rpartition("/")[2].lower()
    target = unquote(relation.get("Target", "")).strip()
    if kind in {"vbaproject", "control", "oleobject", "afchunk", "activexcontrolbinary"}:
        raise Refused(MACROS if kind != "afchunk" else OUTSIDE)
    if relation.get("TargetMode", "").lower() != "external":
        if "://" in target or target.startswith("\\\\"):
            raise Refused(OUTSIDE)
    elif kind == "hyperlink":
        if not target.lower().startswith(LINKS_KEPT) and ":" in target.split("/")[0]:
            raise Refused(OUTSIDE)
    elif kind != "attachedtemplate" or not OWN_DISK.match(target):
        raise Refused(OUTSIDE)
