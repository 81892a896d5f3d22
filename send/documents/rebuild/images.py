"""Photos and pictures: decoded and encoded again, so that only what can be seen is left. No place, no device, no thumbnail."""

import io
import warnings
from pathlib import Path

import pillow_heif
from PIL import Image, ImageCms, ImageOps

from send.documents.rebuild.refusal import Refused

pillow_heif.register_heif_opener()
MOST_PIXELS = 50_000_000
PREVIEW_PIXELS = (600, 600)
FORMATS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "heic": "HEIF"}
SAVED_AS = {
    "JPEG": {"format": "JPEG", "quality": 90, "optimize": False},
    "PNG": {"format": "PNG", "compress_level": 6},
    "WEBP": {"format": "WEBP", "quality": 90, "method": 2},
    "HEIF": {"format": "JPEG", "quality": 90},
}
DAMAGED = "We could not open this picture. It may be damaged: take or save it again and send that."


def rebuild(original: Path, copy: Path, preview: Path, ending: str) -> None:
    """Write the picture the right way up, in sRGB, and a small preview."""
    kind = FORMATS[ending]
    picture = load(original, kind)
    picture.save(copy, **SAVED_AS[kind])
    write_preview(picture, preview)


def load(source, kind: str) -> Image.Image:
    """The decoded picture and nothing else of the file. Raises Refused past 50 megapixels or when it cannot be decoded."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(source, formats=[kind]) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise Refused("The picture is larger than 50 megapixels. Save a smaller version and send that.")
                opened.load()
                upright = ImageOps.exif_transpose(opened)
                return _bare(_in_srgb(upright), kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise Refused("The picture is larger than 50 megapixels. Save a smaller version and send that.") from None
    except (OSError, SyntaxError, ValueError, EOFError, RuntimeError, IndexError, KeyError):
        raise Refused(DAMAGED) from None


def write_preview(picture: Image.Image, preview: Path) -> None:
    """A small JPEG on white."""
    small = picture.copy()
    small.thumbnail(PREVIEW_PIXELS)
    if small.mode in {"RGBA", "LA"}:
        ground = Image.new("RGB", small.size, "white")
        ground.paste(small, mask=small.getchannel("A"))
        small = ground
    small.convert("RGB").save(preview, "JPEG", quality=80)


def _in_srgb(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in {"RGB", "RGBA"}:
        return picture
    try:
        return ImageCms.profileToProfile(picture, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture  # a broken profile changes shades only


def _bare(picture: Image.Image, kind: str) -> Image.Image:
    has_alpha = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    photo_mode = "L" if picture.mode in {"L", "1"} else "RGB"
    picture_mode = "RGBA" if has_alpha else "RGB"
    bare = picture.convert(photo_mode if kind in {"JPEG", "HEIF"} else picture_mode)
    bare = bare.copy() if bare is picture else bare
    bare.info = {}
    bare.getexif().clear()
    return bare
