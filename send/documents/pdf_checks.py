"""What can be checked of PDF/UA-1 without a validator: the marks without which a screen reader is lost."""

import io
import re

import pikepdf


def faults(content: bytes) -> list[str]:
    """What is wrong, in words; an empty list when every mark is there."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        root = pdf.Root
        with pdf.open_metadata() as metadata:
            title, claim = metadata.get("dc:title"), metadata.get("pdfuaid:part")
        checks = {
            "not marked as tagged": bool(root.get("/MarkInfo", {}).get("/Marked", False)),
            "no structure tree": "/StructTreeRoot" in root and bool(root.StructTreeRoot.get("/K")),
            "no language": bool(re.match(r"^[a-z]{2}", str(root.get("/Lang", "")))),
            "no title": bool(title),
            "title not shown in the window": bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)),
            "does not say PDF/UA": claim == "1",
            "a font is not embedded": not _fonts_without_file(pdf),
            "a picture has no words": not _pictures_without_words(pdf),
        }
    return [fault for fault, is_well in checks.items() if not is_well]


def attachments(content: bytes) -> int:
    """How many files are attached in any of the ways there are."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        streams = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/EF" in thing]
        return len(pdf.attachments) + len(streams)


def _fonts_without_file(pdf: pikepdf.Pdf) -> list:
    described = [
        thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
    ]
    return [font for font in described if not any(key in font for key in ("/FontFile", "/FontFile2", "/FontFile3"))]


def _pictures_without_words(pdf: pikepdf.Pdf) -> list:
    elements = (thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Figure")
    return [figure for figure in elements if not str(figure.get("/Alt", ""))]
