"""The kinds of file that are taken, as a table: ending, words, size, what a device may call it, what its bytes must be."""

from dataclasses import dataclass

DOCUMENT_MB, IMAGE_MB, MEDIA_MB = 50, 25, 500
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"


@dataclass(frozen=True)
class FileType:
    """One kind of file. `signatures` are what libmagic may call the bytes; `family` picks the rebuilder."""

    family: str
    words: str
    limit_mb: int
    declared: frozenset[str]
    signatures: frozenset[str]
    served_as: str  # the content type of the rebuilt copy
    suffix: str  # the ending of the rebuilt copy


def _type(family, words, limit_mb, served_as, suffix, *, declared=(), signatures=()):
    return FileType(
        family, words, limit_mb, frozenset({served_as, *declared}), frozenset({served_as, *signatures}), served_as, suffix
    )


JPEG = _type("image", "a JPEG photo", IMAGE_MB, "image/jpeg", "jpg", declared=["image/jpg", "image/pjpeg"])
HEIC = FileType(
    "image",
    "an HEIC photo",
    IMAGE_MB,
    frozenset({"image/heic", "image/heif"}),
    frozenset({"image/heic", "image/heif"}),
    "image/jpeg",
    "jpg",
)
ZIPPED = ["application/zip", "application/octet-stream"]  # libmagic goes by the order of the members; the rebuilder looks inside
SOUND = ["audio/x-m4a", "video/mp4", "video/x-m4v", "video/quicktime"]
TYPES: dict[str, FileType] = {
    "pdf": _type("pdf", "a PDF", DOCUMENT_MB, "application/pdf", "pdf", declared=["application/x-pdf"]),
    "docx": _type("office", "a Word document", DOCUMENT_MB, WORD, "docx", signatures=ZIPPED),
    "odt": _type("office", "an OpenDocument text", DOCUMENT_MB, ODT, "odt", signatures=ZIPPED),
    "txt": _type("text", "a text file", DOCUMENT_MB, "text/plain", "txt"),
    "jpg": JPEG,
    "jpeg": JPEG,
    "png": _type("image", "a PNG picture", IMAGE_MB, "image/png", "png", declared=["image/x-png"]),
    "webp": _type("image", "a WEBP picture", IMAGE_MB, "image/webp", "webp"),
    "heic": HEIC,
    "mp4": _type("video", "an MP4 video", MEDIA_MB, "video/mp4", "mp4", signatures=["video/x-m4v", "video/3gpp", "audio/mp4"]),
    "mov": _type("video", "a MOV video", MEDIA_MB, "video/quicktime", "mov", signatures=["video/mp4", "video/x-m4v"]),
    "webm": _type(
        "video",
        "a WEBM video",
        MEDIA_MB,
        "video/webm",
        "webm",
        declared=["audio/webm"],
        signatures=["video/x-matroska", "audio/webm"],
    ),
    "m4a": _type(
        "sound", "an M4A recording", MEDIA_MB, "audio/mp4", "m4a", declared=["audio/x-m4a", "audio/m4a"], signatures=SOUND
    ),
    "mp3": _type(
        "sound", "an MP3 recording", MEDIA_MB, "audio/mpeg", "mp3", declared=["audio/mp3"], signatures=["application/octet-stream"]
    ),
}
