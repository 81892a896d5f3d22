"""PDFs: pages, text and tags are kept; scripts, actions, forms, attached files and hidden data are not."""

import shutil
import subprocess
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from send.documents.rebuild.refusal import Refused

MOST_PAGES = 2_000
# Of the document's root only these are kept: an allow-list, because new ways to act keep being invented.
ROOT_KEPT = {
    "/Type",
    "/Pages",
    "/Lang",
    "/MarkInfo",
    "/StructTreeRoot",
    "/PageLabels",
    "/PageMode",
    "/PageLayout",
    "/Outlines",
    "/OCProperties",
}
ANNOTATIONS_KEPT = {
    "/Link", "/Text", "/FreeText", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Ink", "/Line", "/Square", "/Circle",
    "/Polygon", "/PolyLine", "/Stamp", "/Caret", "/Popup",
}  # fmt: skip
ALWAYS_DROPPED = (
    "/AA", "/OpenAction", "/JS", "/JavaScript", "/EF", "/AF", "/EmbeddedFiles", "/AcroForm", "/XFA", "/Metadata", "/PieceInfo",
    "/RichMediaContent", "/RichMediaSettings", "/Thumb", "/LastModified", "/PZ", "/SpiderInfo", "/OPI",
)  # fmt: skip
ADDRESSES_KEPT = ("http://", "https://", "mailto:", "tel:")
DAMAGED = "We could not open this PDF. It may be damaged: save or print it to a new PDF and send that."
LOCKED = "This PDF is locked with a password. Open it, save or print it as a new PDF without the password, and send that."


def rebuild(original: Path, copy: Path, preview: Path, ending: str) -> int:
    """Write the harmless copy and a picture of its first page; the number of pages."""
    with original.open("rb") as content:
        if not content.read(1024).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
            raise Refused(DAMAGED)  # something else stands before the PDF
    try:
        pages = _write(original, copy)
    except pikepdf.PasswordError:
        raise Refused(LOCKED) from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RecursionError, RuntimeError, MemoryError):
        raise Refused(DAMAGED) from None
    _draw_first_page(copy, preview)
    return pages


def _write(original: Path, copy: Path) -> int:
    with pikepdf.open(original) as pdf:
        pages = len(pdf.pages)
        if not 1 <= pages <= MOST_PAGES:
            raise Refused(f"The PDF must have at most {MOST_PAGES:,} pages. Split it and send the parts." if pages else DAMAGED)
        _flatten_forms(pdf)
        _clean_root(pdf)
        for page in pdf.pages:
            _clean_annotations(page.obj)
        for thing in pdf.objects:
            _clean(thing)
        pdf.save(copy, encryption=False, object_stream_mode=pikepdf.ObjectStreamMode.generate, preserve_pdfa=False)
    return pages


def _flatten_forms(pdf: pikepdf.Pdf) -> None:
    """What was filled in becomes part of the page, so that it is still there when the form is gone."""
    form = pdf.Root.get("/AcroForm")
    if form is None:
        return
    if "/XFA" in form:
        del form["/XFA"]
    pdf.generate_appearance_streams()
    pdf.flatten_annotations("screen")


def _clean_root(pdf: pikepdf.Pdf) -> None:
    for key in [key for key in pdf.Root if key not in ROOT_KEPT]:
        del pdf.Root[key]
    pdf.Root["/ViewerPreferences"] = Dictionary(DisplayDocTitle=False)
    for key in ("/Info", "/AuthCode"):
        if key in pdf.trailer:
            del pdf.trailer[key]


def _clean_annotations(page) -> None:
    annotations = page.get("/Annots")
    if not isinstance(annotations, Array):
        if annotations is not None:
            del page["/Annots"]
        return
    kept = [a for a in annotations if isinstance(a, Dictionary) and str(a.get("/Subtype", "")) in ANNOTATIONS_KEPT]
    page["/Annots"] = Array(kept)


def _clean(thing, depth: int = 0) -> None:
    """Drop what acts from one object and from what is written inside it; objects it refers to are cleaned in their own turn."""
    if depth > 100:
        raise Refused(DAMAGED)
    if isinstance(thing, Array):
        for member in thing:
            if isinstance(member, Array | Dictionary) and not member.is_indirect:
                _clean(member, depth + 1)
    elif isinstance(thing, Dictionary | Stream):
        _drop_what_acts(thing)
        for key in list(thing.keys()):
            value = thing.get(key)
            if isinstance(value, Array | Dictionary) and not value.is_indirect:
                _clean(value, depth + 1)


def _drop_what_acts(thing) -> None:
    for key in ALWAYS_DROPPED:
        if key in thing:
            del thing[key]
    action = thing.get("/A")
    if isinstance(action, Dictionary) and not _is_harmless(action):
        del thing["/A"]
    # An action that something else refers to (a chain through /Next, or a dictionary of its own).
    if str(thing.get("/S", "")) in ACTING or str(thing.get("/Type", "")) == "/Action":
        if not _is_harmless(thing):
            for key in list(thing.keys()):
                del thing[key]
        elif "/Next" in thing:
            del thing["/Next"]


def _is_harmless(action) -> bool:
    kind = action.get("/S")
    if kind == Name.GoTo:
        return True
    return kind == Name.URI and str(action.get("/URI", "")).strip().lower().startswith(ADDRESSES_KEPT)


ACTING = {
    "/JavaScript", "/Launch", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/ResetForm", "/Rendition", "/Sound", "/Movie",
    "/RichMediaExecute", "/Hide", "/SetOCGState", "/Trans", "/GoTo3DView", "/Thread", "/Named", "/URI",
}  # fmt: skip


def _draw_first_page(copy: Path, preview: Path) -> None:
    tool = shutil.which("pdftoppm")
    if tool is None:
        return  # the file is readable all the same; only its small picture is missing
    command = [tool, "-jpeg", "-singlefile", "-f", "1", "-l", "1", "-scale-to", "600", str(copy), str(preview.with_suffix(""))]
    try:
        subprocess.run(
            command, timeout=30, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        preview.unlink(missing_ok=True)
