"""Streams the files of plain forms to our own disk, hashing on the way and keeping no more than may be received."""

import hashlib
import tempfile
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from send.documents import storage
from send.documents.rebuild.types import MEDIA_MB, TYPES
from send.documents.rules import MB


class StreamedFile(UploadedFile):
    """A form's file on disk: `sha256` is of what is kept, `given_name` is the sender's name as sent."""

    sha256 = ""
    given_name = ""

    def temporary_file_path(self) -> str:
        """Where it is until it is closed."""
        return self.file.name


class StreamingHandler(FileUploadHandler):
    """Writes each file to a private temporary one. Past the limit of its type it only counts, so that the answer can say so."""

    chunk_size = 1024 * 1024

    def new_file(self, *args, **kwargs) -> None:
        """Open the temporary file for the next one of the form."""
        super().new_file(*args, **kwargs)
        self.target = tempfile.NamedTemporaryFile(dir=storage.incoming(), prefix="form-")  # noqa: SIM115 (closed by the request)
        self.digest = hashlib.sha256()
        kind = TYPES.get(Path(self.file_name).suffix.lower().lstrip("."))
        self.most = (kind.limit_mb if kind else MEDIA_MB) * MB

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep one piece, or let it pass once the file is too big anyway."""
        if start + len(raw_data) <= self.most:
            self.target.write(raw_data)
            self.digest.update(raw_data)

    def file_complete(self, file_size: int) -> StreamedFile:
        """The file as the form sees it."""
        self.target.seek(0)
        file = StreamedFile(self.target, self.file_name, self.content_type, file_size, self.charset, self.content_type_extra)
        file.sha256, file.given_name = self.digest.hexdigest(), self.file_name
        return file

    def upload_interrupted(self) -> None:
        """The connection was cut: leave nothing behind."""
        if hasattr(self, "target"):
            self.target.close()
