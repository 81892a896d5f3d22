"""Video and sound: really that, and put into a new container without places, devices, names, subtitles or attachments."""

import json
import subprocess
from pathlib import Path

from send.documents.rebuild.refusal import Refused

# The reader is named, so that a playlist or another trick inside is not followed; drefs (outside files) stay off.
READERS = {"mp4": "mov", "mov": "mov", "m4a": "mov", "webm": "matroska", "mp3": "mp3"}
WRITERS = {"mp4": "mp4", "mov": "mov", "m4a": "ipod", "webm": "webm", "mp3": "mp3"}
SAFE = ["-nostdin", "-hide_banner", "-loglevel", "error", "-protocol_whitelist", "file", "-threads", "1"]
SECONDS = 200
MOST_STREAMS = 16
DAMAGED = "We could not open this recording. It may be damaged: record or export it again and send that."


def rebuild_video(original: Path, copy: Path, preview: Path, ending: str) -> None:
    """Write the moving picture and its sound, and a preview of the first picture."""
    kinds = _streams(original, ending)
    if "video" not in kinds and "audio" not in kinds:
        raise Refused(DAMAGED)
    _remux(original, copy, ending, ["-map", "0:V?", "-map", "0:a?"])
    if "video" in kinds:
        _draw_first_picture(copy, preview, ending)


def rebuild_sound(original: Path, copy: Path, preview: Path, ending: str) -> None:
    """Write the sound alone."""
    if "audio" not in _streams(original, ending):
        raise Refused(DAMAGED)
    _remux(original, copy, ending, ["-map", "0:a"])


def _streams(original: Path, ending: str) -> set[str]:
    command = [
        "ffprobe",
        *SAFE[1:6],
        "-f",
        READERS[ending],
        "-show_entries",
        "stream=codec_type,codec_name",
        "-of",
        "json",
        str(original),
    ]
    try:
        streams = json.loads(_run(command, seconds=30)).get("streams", [])
    except ValueError:
        raise Refused(DAMAGED) from None
    if len(streams) > MOST_STREAMS:
        raise Refused(DAMAGED)
    return {stream.get("codec_type") for stream in streams if stream.get("codec_name")}


def _remux(original: Path, copy: Path, ending: str, chosen: list[str]) -> None:
    bare = ["-map_metadata", "-1", "-map_metadata:s", "-1", "-map_chapters", "-1", "-fflags", "+bitexact", "-flags", "+bitexact"]
    command = ["ffmpeg", *SAFE, "-f", READERS[ending], "-i", str(original), *chosen, *bare, "-c", "copy", "-dn", "-sn"]
    if ending in {"mp4", "mov", "m4a"}:
        command += ["-movflags", "+faststart"]
    elif ending == "mp3":
        command += ["-id3v2_version", "0", "-write_id3v1", "0"]
    _run([*command, "-f", WRITERS[ending], "-y", str(copy)], seconds=SECONDS)
    if not copy.exists() or copy.stat().st_size == 0:
        raise Refused(DAMAGED)


def _draw_first_picture(copy: Path, preview: Path, ending: str) -> None:
    scale = "scale=w=600:h=600:force_original_aspect_ratio=decrease"
    command = ["ffmpeg", *SAFE, "-f", READERS[ending], "-i", str(copy), "-map", "0:V:0", "-frames:v", "1", "-vf", scale]
    try:
        _run([*command, "-map_metadata", "-1", "-f", "image2", "-update", "1", "-y", str(preview)], seconds=30)
    except Refused:
        preview.unlink(missing_ok=True)  # a codec that only the family's own player knows: no preview, and the file is still theirs


def _run(command: list[str], *, seconds: int) -> bytes:
    try:
        done = subprocess.run(command, timeout=seconds, check=True, stdin=subprocess.DEVNULL, capture_output=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        raise Refused(DAMAGED) from None
    return done.stdout
