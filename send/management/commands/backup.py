"""Copies database and files into an empty folder while the service runs."""

import json
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from send import backups


class Command(BaseCommand):
    """`manage.py backup DIR`; the manifest is written last, so a folder without one is not a finished back-up."""

    help = "Back up database and files into the empty folder DIR, with a manifest of hashes and counts. Keys are kept apart."

    def add_arguments(self, parser):
        """The one argument."""
        parser.add_argument("folder", type=Path, help="an empty or new folder")

    def handle(self, *args, **options):
        """Raises CommandError when DIR holds something already or a part cannot be copied."""
        folder = options["folder"].resolve()
        _refuse_unless_usable(folder)
        try:
            self._back_up(folder)
        except (backups.Unsound, OSError) as error:
            raise CommandError(f"Not backed up: {error}") from error

    def _back_up(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Checkpoints before the database: the audit check rightly objects to a checkpoint of rows that are not there.
        backups.copy_tree(settings.CHECKPOINT_DIR, folder / backups.CHECKPOINTS)
        self.stdout.write("Copying the database …")
        manifest = {"made_at": datetime.now(UTC).isoformat(timespec="seconds")} | backups.dump(folder)
        manifest["database_sha256"] = backups.digest(folder / manifest["database"])
        self.stdout.write("Copying the files …")  # after the database: every file that a row names is on disk before its row
        number = backups.copy_tree(settings.FILES_DIR, folder / backups.FILES)
        manifest["files"] = backups.tree(folder / backups.FILES)
        manifest["checkpoints"] = backups.tree(folder / backups.CHECKPOINTS)
        (folder / backups.MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True))
        rows = sum(manifest["counts"].values())
        self.stdout.write(self.style.SUCCESS(f"Backed up {rows:,} rows and {number:,} files to {folder}"))


def _refuse_unless_usable(folder: Path) -> None:
    if settings.STORAGE_URL:
        raise CommandError(
            "Files are in object storage (STORAGE_URL): back up the bucket with its own versioning and the database with its own "
            "log shipping. See docs/operations.md."
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CommandError(f"{folder} is not empty.")
