"""Puts a back-up in place of an empty service, and proves that what stands is what was backed up."""

from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError

from send import backups


class Command(BaseCommand):
    """`manage.py restore DIR`; the back-up is proved before anything is touched, and the result afterwards."""

    help = "Restore the back-up in DIR. Stop web, worker and beat first. Refuses a service that holds anything, unless --force."

    def add_arguments(self, parser):
        """The folder, and whether to replace what is here."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--force", action="store_true", help="replace the database; present files are moved aside, not deleted")

    def handle(self, *args, **options):
        """Raises CommandError when the back-up is unsound, when something is here already, or when the result differs."""
        try:
            self._restore(options["folder"].resolve(), force=options["force"])
        except (backups.Unsound, OSError) as error:
            raise CommandError(f"Not restored: {error}") from error

    def _restore(self, folder: Path, *, force: bool) -> None:
        self.stdout.write("Checking the back-up …")
        manifest = backups.prove(folder)
        if (here := backups.what_is_here()) and not force:
            raise CommandError(f"This service is not empty ({', '.join(here[:3])} …). Use --force to replace it.")
        self.stdout.write("Restoring the database …")
        backups.load(folder, manifest)
        self.stdout.write("Restoring the files …")
        self._files(folder / backups.FILES)
        if not backups.tree(settings.CHECKPOINT_DIR):  # what is kept outside judges the database, so it is never replaced
            backups.copy_tree(folder / backups.CHECKPOINTS, settings.CHECKPOINT_DIR)
        self._prove(manifest)

    def _files(self, origin: Path) -> None:
        if settings.FILES_DIR.exists() and any(settings.FILES_DIR.iterdir()):
            aside = settings.FILES_DIR.with_name(f"files-before-{datetime.now(UTC):%Y%m%dT%H%M%S}")
            settings.FILES_DIR.rename(aside)
            self.stdout.write(f"The files that were here are now in {aside}")
        settings.FILES_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        backups.copy_tree(origin, settings.FILES_DIR)

    def _prove(self, manifest: dict) -> None:
        """Counts, file hashes and the audit chain."""
        backups.compare("number of rows of", manifest["counts"], backups.counts())
        backups.compare("file", manifest["files"], backups.tree(settings.FILES_DIR))
        if "verify_audit" in get_commands():
            call_command("verify_audit", stdout=self.stdout, stderr=self.stderr)
        rows, files = sum(manifest["counts"].values()), len(manifest["files"])
        self.stdout.write(self.style.SUCCESS(f"Restored and checked: {rows:,} rows, {files:,} files, the audit trail."))
