"""Files made for the tests: what families really send, and what an attacker would. No harmful program is among them."""

import io
import subprocess
import zipfile
import zlib

import pikepdf
import pillow_heif
from PIL import Image

from send.documents.scanning import EICAR

PLACE = {1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)}
CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>{more}</Types>'
)
RELATIONS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORDS = (
    '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p>{inside}</w:p>'
    "</w:body></w:document>"
)
CORE = (
    '<?xml version="1.0"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Hidden Author</dc:creator></cp:coreProperties>'
)


def photo(kind="JPEG", size=(640, 480), place=True):
    """A picture as a phone makes it, with the place it was taken in its hidden data."""
    picture, saved = Image.effect_noise(size, 40).convert("RGB"), io.BytesIO()
    exif = picture.getexif()
    exif[0x010F] = "SecretPhoneMaker"
    if place:
        exif.get_ifd(0x8825).update(PLACE)
    picture.save(saved, kind, exif=exif)
    return saved.getvalue()


def heic():
    """A photo as a newer phone makes it."""
    saved = io.BytesIO()
    picture = Image.effect_noise((320, 240), 40).convert("RGB")
    exif = picture.getexif()
    exif.get_ifd(0x8825).update(PLACE)
    pillow_heif.from_pillow(picture).save(saved, exif=exif.tobytes())
    return saved.getvalue()


def pdf(pages=1, change=None):
    """A PDF as a scanner makes it: a picture a page and a name in its data; `change(pdf)` adds what a test is about."""
    made = pikepdf.new()
    scan = photo(size=(200, 280), place=False)
    for _ in range(pages):
        page = made.add_blank_page(page_size=(595, 842))
        picture = pikepdf.Stream(
            made, scan, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=200, Height=280, BitsPerComponent=8,
            ColorSpace=pikepdf.Name.DeviceRGB, Filter=pikepdf.Name.DCTDecode,
        )  # fmt: skip
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=picture))
        page.Contents = pikepdf.Stream(made, b"q 595 0 0 842 0 0 cm /Scan Do Q")
    made.docinfo["/Author"] = "Hidden Author"
    if change:
        change(made)
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


def archive(members, stored=()):
    """A zip of name -> content."""
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name, content, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return saved.getvalue()


def docx(words="<w:r><w:t>Dear officer</w:t></w:r>", relations="", more=None, types=""):
    """A Word document as a clinic writes it."""
    main = f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    return archive(
        {
            "[Content_Types].xml": CONTENT_TYPES.format(more=types),
            "_rels/.rels": RELATIONS.format(inside=main),
            "word/document.xml": WORDS.format(inside=words),
            "word/_rels/document.xml.rels": RELATIONS.format(inside=relations),
            "docProps/core.xml": CORE,
        }
        | (more or {})
    )


def outside(kind, target):
    """A relation of a Word document to something elsewhere."""
    return f'<Relationship Id="x1" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'


def odt(inside="<text:p>Dear officer</text:p>", more=None):
    """An OpenDocument text."""
    content = (
        '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
        'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0">'
        f"<office:body><office:text>{inside}</office:text></office:body></office:document-content>"
    )
    members = {
        "mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content,
        "meta.xml": "<?xml version='1.0'?><meta>Hidden Author</meta>",
        "META-INF/manifest.xml": '<?xml version="1.0"?><m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
    }  # fmt: skip
    return archive(members | (more or {}), stored=("mimetype",))


def recording(folder, ending):
    """A second of video or sound with a place and a phone's name in it, made by ffmpeg."""
    path = folder / f"made.{ending}"
    picture = ["-f", "lavfi", "-i", "testsrc=d=1:s=160x120:r=10"] if ending in {"mov", "mp4", "webm"} else []
    film = ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac"]
    codecs = {
        "mov": film,
        "mp4": film,
        "webm": ["-c:v", "libvpx", "-c:a", "libopus"],
        "m4a": ["-c:a", "aac"],
        "mp3": ["-c:a", "libmp3lame"],
    }
    hidden = ["-metadata", "location=+51.5000-000.1170/", "-metadata", "artist=SecretPhoneMaker", "-movflags", "use_metadata_tags"]
    command = ["ffmpeg", "-nostdin", "-loglevel", "error", *picture, "-f", "lavfi", "-i", "sine=d=1", *codecs[ending]]
    subprocess.run(
        [*command, *(hidden if ending in {"mov", "mp4", "m4a"} else hidden[:4]), "-y", str(path)], check=True, timeout=60
    )
    return path.read_bytes()


def pixel_bomb(width=20_000, height=20_000):
    """A PNG of a few hundred kilobytes at most that claims 400 megapixels."""

    def chunk(name, content):
        return len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([1, 0, 0, 0, 0])
    rows = zlib.compress(b"\0" * (width // 8 + 1) * height, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def deep_pdf(depth=20_000):
    """A PDF whose catalogue holds a list in a list in a list."""
    nest = b"[" * depth + b"]" * depth
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/Lang "
        + nest
        + b">>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )


def looping_pdf():
    """A PDF whose tree of pages is its own child."""
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF"
    )


XML_BOMB = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><a>&j;</a>"
)
OUTSIDE_XML = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
PROGRAM = b"MZ" + bytes(58) + b"\x80\0\0\0" + bytes(64) + b"PE\0\0" + bytes(400)
PAGE = b"<!doctype html><html><script>alert(1)</script></html>"
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EICAR_FILE = EICAR
