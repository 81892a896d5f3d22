"""Bytes on their way in: written in pieces as they come, so that memory stays flat, and hashed on the way where possible.

Where every piece of an upload reaches the same process, the hash is ready with the last byte; otherwise the file is read
once more at the end.
"""

import fcntl
import hashlib
import logging
import os
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from django.http import UnreadablePostError

from send.documents import storage
from send.errors import NotAllowed, RuleBroken

logger = logging.getLogger(__name__)
CHECKSUMS = ("sha256", "sha1")
_running: OrderedDict[str, tuple[int, "hashlib._Hash"]] = OrderedDict()  # upload -> bytes hashed so far, and the hash
_running_lock = Lock()
RUNNING_AT_MOST = 500


class Busy(NotAllowed):
    """Another request is writing to this upload (tus answer 423)."""


class TooLong(RuleBroken):
    """More bytes came than were announced (tus answer 413)."""


class WrongChecksum(RuleBroken):
    """The piece is not what the sender hashed (tus answer 460)."""


class Part:
    """The file in which one upload gathers."""

    def __init__(self, uuid, path: Path, handle) -> None:
        self.key = str(uuid)
        self.path = path
        self.handle = handle

    def write(self, pieces: Iterable[bytes], *, offset: int, length: int, checksum: tuple[str, bytes] | None) -> int:
        """Write from `offset`; the new offset, once it is on disk. A cut connection ends the writing, not the upload."""
        running = _take(self.key, offset)
        check = hashlib.new(checksum[0]) if checksum else None
        self.handle.truncate(offset)  # what a killed process wrote and nobody acknowledged
        self.handle.seek(offset)
        reached = offset
        try:
            for piece in pieces:
                if reached + len(piece) > length:
                    raise TooLong("More was sent than the size that was announced.")
                self.handle.write(piece)
                reached += len(piece)
                for digest in filter(None, (running, check)):
                    digest.update(piece)
        except (UnreadablePostError, ConnectionError, TimeoutError):
            logger.info("an upload was cut after %s bytes", reached)
            if check:
                raise WrongChecksum("The connection was cut; send this piece again.") from None
        if check and check.digest() != checksum[1]:
            raise WrongChecksum("This piece was damaged on its way; send it again.")
        self.handle.flush()
        os.fsync(self.handle.fileno())
        if running:
            _keep(self.key, reached, running)
        return reached

    def digest(self) -> str:
        """SHA-256 of the whole: as gathered on the way, or by reading it once."""
        running = _take(self.key, self.path.stat().st_size)
        return running.hexdigest() if running else storage.digest_of(self.path)


@contextmanager
def writing(uuid) -> Iterator[Part]:
    """The part file of an upload, held by one request at a time. Raises Busy."""
    path = _path(uuid)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b", buffering=0) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy("Another part of this file is still arriving.") from None
        yield Part(uuid, path, file)


def discard(uuid) -> None:
    """Destroy what arrived of an upload; nothing there is fine."""
    _path(uuid).unlink(missing_ok=True)
    with _running_lock:
        _running.pop(str(uuid), None)


@contextmanager
def landed(file) -> Iterator[tuple[Path, str]]:
    """A form's file as a path on our own disk with its SHA-256; the path is gone afterwards."""
    if hasattr(file, "sha256"):  # came through `handlers.StreamingHandler`: hashed on the way, removed by its own close
        file.file.flush()
        yield Path(file.temporary_file_path()), file.sha256
        return
    with storage.workroom() as room:
        path, digest = room / "landed", hashlib.sha256()
        with path.open("wb") as target:
            for piece in file.chunks(storage.CHUNK):
                target.write(piece)
                digest.update(piece)
        yield path, digest.hexdigest()


def _path(uuid) -> Path:
    return storage.incoming() / f"{uuid}.part"


def _take(key: str, offset: int):
    """The running hash of an upload, if this process has hashed exactly `offset` bytes of it."""
    with _running_lock:
        hashed, running = _running.pop(key, (0, None))
    if running is None:
        return hashlib.sha256() if offset == 0 else None
    return running if hashed == offset else None


def _keep(key: str, reached: int, running) -> None:
    with _running_lock:
        _running[key] = (reached, running)
        while len(_running) > RUNNING_AT_MOST:
            _running.popitem(last=False)
