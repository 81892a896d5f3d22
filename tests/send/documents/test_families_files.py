"""What families really send is taken, can be read, and holds nothing that they did not mean to show."""

import io
import json
import subprocess
import zipfile

import pikepdf
import pytest
from PIL import Image

from send.documents import storage
from tests.send.documents import corpus

pytestmark = pytest.mark.django_db


def _copy(document):
    assert document.state == "clean", document.refusal
    with storage.files().open(document.copy) as content:
        return content.read()


@pytest.mark.parametrize(
    ("name", "kind"), [("IMG_2041.JPG", "JPEG"), ("school photo.jpeg", "JPEG"), ("drawing.png", "PNG"), ("a.webp", "WEBP")]
)
def test_a_photo_is_read_without_the_place_it_was_taken(checked, name, kind):
    sent = corpus.photo(kind)
    copy = _copy(checked(name, sent))
    assert b"SecretPhoneMaker" in sent
    assert b"SecretPhoneMaker" not in copy
    assert not Image.open(io.BytesIO(copy)).getexif()


def test_a_heic_photo_is_read_as_a_jpeg(checked):
    document = checked("IMG_0001.HEIC", corpus.heic(), "image/heic")
    copy = Image.open(io.BytesIO(_copy(document)))
    assert (copy.format, copy.size, document.content_type) == ("JPEG", (320, 240), "image/jpeg")
    assert not copy.getexif()


def test_a_photo_taken_sideways_is_turned_upright(checked):
    picture, saved = Image.new("RGB", (300, 200), "white"), io.BytesIO()
    exif = picture.getexif()
    exif[0x0112] = 6
    picture.save(saved, "JPEG", exif=exif)
    assert Image.open(io.BytesIO(_copy(checked("a.jpg", saved.getvalue())))).size == (200, 300)


def test_a_scanned_pdf_keeps_its_pages_and_loses_its_author(checked):
    document = checked("Report from clinic.pdf", corpus.pdf(pages=3), "application/pdf")
    copy = _copy(document)
    assert document.page_count == 3
    assert document.preview
    assert b"Hidden Author" not in copy
    assert len(pikepdf.open(io.BytesIO(copy)).pages) == 3


@pytest.mark.parametrize("ending", ["mov", "mp4", "webm", "m4a", "mp3"])
def test_a_recording_plays_and_does_not_say_where_it_was_made(checked, tmp_path, ending):
    copy = _copy(checked(f"first words.{ending}", corpus.recording(tmp_path, ending)))
    (tmp_path / "copy").write_bytes(copy)
    command = ["ffprobe", "-v", "error", "-show_format", "-show_streams", "-of", "json", str(tmp_path / "copy")]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, timeout=30).stdout)
    assert float(told["format"]["duration"]) > 0.9
    assert b"SecretPhoneMaker" not in copy
    assert b"+51.5" not in copy


def test_a_word_document_keeps_its_words_and_loses_its_author(checked):
    copy = _copy(checked("letter v1.2.docx", corpus.docx()))
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        assert b"Dear officer" in archive.read("word/document.xml")
        assert b"Hidden Author" not in archive.read("docProps/core.xml")


def test_a_word_document_made_from_a_template_on_its_own_disk_is_taken_without_the_note(checked):
    note = corpus.outside("attachedTemplate", "file:///C:\\Users\\clinic\\Letter.dotx")
    sent = corpus.docx(more={"word/_rels/settings.xml.rels": corpus.RELATIONS.format(inside=note)})
    with zipfile.ZipFile(io.BytesIO(_copy(checked("letter.docx", sent)))) as archive:
        assert b"clinic" not in archive.read("word/_rels/settings.xml.rels")


def test_a_word_document_may_hold_links_and_photos_without_their_place(checked):
    sent = corpus.docx(
        relations=corpus.outside("hyperlink", "https://www.ipsea.org.uk/"), more={"word/media/image1.jpg": corpus.photo()}
    )
    with zipfile.ZipFile(io.BytesIO(_copy(checked("letter.docx", sent)))) as archive:
        assert b"SecretPhoneMaker" not in archive.read("word/media/image1.jpg")


def test_a_word_document_may_hold_a_chart_and_a_note_of_the_printer(checked):
    sheet = corpus.archive({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"})
    parts = {"word/embeddings/sheet1.xlsx": sheet, "word/printerSettings1.bin": b"tray 2"}
    with zipfile.ZipFile(io.BytesIO(_copy(checked("report.docx", corpus.docx(more=parts))))) as archive:
        assert archive.read("word/embeddings/sheet1.xlsx") == sheet


def test_an_opendocument_text_keeps_its_words_and_loses_its_author(checked):
    copy = _copy(checked("letter.odt", corpus.odt()))
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        assert archive.infolist()[0].filename == "mimetype"
        assert b"Dear officer" in archive.read("content.xml")
        assert b"Hidden Author" not in archive.read("meta.xml")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_file_of_any_age_is_read_as_utf_8(checked, encoding):
    document = checked("note.txt", "Zoë’s day: £3 for the café".encode(encoding), "text/plain")
    assert _copy(document).decode("utf-8").lstrip("\ufeff") == "Zoë’s day: £3 for the café"


def test_what_was_filled_into_a_form_stays_on_the_page(checked):
    def with_answer(made):
        box = made.make_indirect(pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T="name", V="Answer",
            Rect=[50, 700, 300, 720], F=4, DA="/Helv 12 Tf 0 g",
        ))  # fmt: skip
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(Helv=font))
        made.Root.AcroForm = made.make_indirect(
            pikepdf.Dictionary(Fields=[box], DR=resources, DA="/Helv 12 Tf 0 g", NeedAppearances=True)
        )
        made.pages[0].Annots = pikepdf.Array([box])

    copy = _copy(checked("form.pdf", corpus.pdf(change=with_answer)))
    words = subprocess.run(["pdftotext", "-", "-"], input=copy, capture_output=True, check=True, timeout=30).stdout
    assert b"Answer" in words
    assert "/AcroForm" not in pikepdf.open(io.BytesIO(copy)).Root


def test_a_pdf_that_only_forbids_printing_is_taken(checked):
    saved = io.BytesIO()
    pikepdf.open(io.BytesIO(corpus.pdf())).save(saved, encryption=pikepdf.Encryption(owner="clinic", user=""))
    assert not pikepdf.open(io.BytesIO(_copy(checked("letter.pdf", saved.getvalue())))).is_encrypted
