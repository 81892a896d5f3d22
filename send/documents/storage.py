"""Where the bytes are: a private local folder, or S3-compatible object storage named by STORAGE_URL.

Bytes arrive in a local incoming folder (shared by web and workers), and are put away under a name made from the document's
UUID: written to a temporary name, flushed, renamed, and only then does the caller commit the row that names them.
"""

import hashlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlparse

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from storages.backends.s3 import S3Storage

CHUNK = 1024 * 1024
SEALED, COPIES, PREVIEWS, ISSUED = "sealed", "copies", "previews", "issued"


class LocalFolder:
    """Files under settings.FILES_DIR, readable by the service's own user only."""

    def __init__(self, root: Path) -> None:
        self.root = Path(root)

    def path(self, name: str) -> Path:
        """The place of a stored name. Raises SuspiciousFileOperation for one that leads out of the folder."""
        path = (self.root / name).resolve()
        if not path.is_relative_to(self.root.resolve()):
            raise SuspiciousFileOperation("A stored name leads out of the folder.")
        return path

    def put(self, source: Path, name: str) -> None:
        """Keep the bytes of `source` as `name`; on disk when this returns. The caller removes `source` after commit."""
        target = self.path(name)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = target.with_name(f".{target.name}.part")
        try:
            os.link(source, beside)
        except OSError:  # another disk
            shutil.copyfile(source, beside)
        beside.chmod(0o600)
        flush(beside)
        os.replace(beside, target)
        flush(target.parent)

    def open(self, name: str):
        """A binary reader, for the caller to close. Raises FileNotFoundError."""
        return self.path(name).open("rb")

    def size(self, name: str) -> int:
        """Bytes stored. Raises FileNotFoundError."""
        return self.path(name).stat().st_size

    def delete(self, name: str) -> None:
        """Remove the bytes; nothing to remove is fine."""
        self.path(name).unlink(missing_ok=True)

    def names(self) -> Iterator[str]:
        """Every stored name."""
        for folder in (SEALED, COPIES, PREVIEWS, ISSUED):
            for path in sorted((self.root / folder).rglob("*")):
                if path.is_file() and not path.name.startswith("."):
                    yield str(path.relative_to(self.root))

    @contextmanager
    def local_copy(self, name: str) -> Iterator[Path]:
        """The bytes as a path on this machine, to read and not to change."""
        yield self.path(name)


class Bucket:
    """Files in S3-compatible object storage: `s3://bucket/prefix`, private, encrypted by the store."""

    def __init__(self, url: str) -> None:
        parts = urlparse(url)
        self.backend = S3Storage(
            bucket_name=parts.netloc,
            location=parts.path.strip("/"),
            default_acl="private",
            querystring_auth=True,
            file_overwrite=True,
        )

    def put(self, source: Path, name: str) -> None:
        """Send `source` to `name`; one object, whole or absent. `source` stays."""
        with Path(source).open("rb") as content:
            self.backend.save(name, content)

    def open(self, name: str):
        """A binary reader, for the caller to close. Raises FileNotFoundError."""
        return self.backend.open(name, "rb")

    def size(self, name: str) -> int:
        """Bytes stored. Raises FileNotFoundError."""
        return self.backend.size(name)

    def delete(self, name: str) -> None:
        """Remove the object; nothing to remove is fine."""
        self.backend.delete(name)

    def names(self) -> Iterator[str]:
        """Every stored name."""
        for folder in (SEALED, COPIES, PREVIEWS, ISSUED):
            for shelf in self.backend.listdir(folder)[0]:
                yield from (f"{folder}/{shelf}/{name}" for name in self.backend.listdir(f"{folder}/{shelf}")[1])

    @contextmanager
    def local_copy(self, name: str) -> Iterator[Path]:
        """The bytes as a path on this machine, removed afterwards."""
        with workroom() as room, self.open(name) as stored:
            path = room / "stored"
            with path.open("wb") as target:
                shutil.copyfileobj(stored, target, CHUNK)
            yield path


def files() -> LocalFolder | Bucket:
    """The store in use."""
    return Bucket(settings.STORAGE_URL) if settings.STORAGE_URL else LocalFolder(settings.FILES_DIR)


def new_name(folder: str, uuid, suffix: str = "") -> str:
    """A name nobody can guess and no sender chose: folder, shelf (256 of them), UUID and a random ending."""
    ending = f".{suffix}" if suffix else ""
    token = secrets.token_hex(8)
    return f"{folder}/{token[:2]}/{uuid}-{token}{ending}"


def incoming() -> Path:
    """The folder where bytes arrive."""
    folder = Path(settings.FILES_DIR) / "incoming"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@contextmanager
def workroom() -> Iterator[Path]:
    """A private folder on the same disk as the files, removed afterwards whatever happens."""
    base = Path(settings.FILES_DIR) / "work"
    base.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=base) as room:
        yield Path(room)


def digest_of(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with Path(path).open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def digest_of_stored(name: str) -> str:
    """SHA-256 of a stored file, read in pieces. Raises FileNotFoundError."""
    digest = hashlib.sha256()
    with files().open(name) as content:
        while piece := content.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def flush(path: Path) -> None:
    """Wait until a file, or a folder's list of names, is on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
