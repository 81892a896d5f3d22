"""Compare the rows of documents with the files in storage."""

from django.core.management.base import BaseCommand, CommandError

from send.documents import selectors, storage


class Command(BaseCommand):
    """Lists files that a row tells of and storage lacks, files that no row tells of, and on request reads every hash again."""

    help = "List missing and orphan files, with --hashes altered ones too. Fails if bytes are missing or altered."

    def add_arguments(self, parser) -> None:
        """Options of the command."""
        parser.add_argument("--hashes", action="store_true", help="read every file again and compare its SHA-256")

    def handle(self, *args, **options) -> None:
        """Print one line a finding and fail if bytes are gone or changed. An orphan is only listed: it may be about to be named."""
        missing, orphans = selectors.missing_and_orphans()
        altered = self._altered(missing) if options["hashes"] else []
        for word, names in (("missing", missing), ("orphan", orphans), ("altered", altered)):
            for name in names:
                self.stdout.write(f"{word} {name}")
        if missing or altered:
            raise CommandError(f"{len(missing)} missing, {len(altered)} altered, {len(orphans)} orphan files.")
        self.stdout.write(f"0 missing, 0 altered, {len(orphans)} orphan files.")

    def _altered(self, missing: list[str]) -> list[str]:
        altered = []
        for count, (name, sha256) in enumerate(selectors.hashes(), start=1):
            if name not in missing and storage.digest_of_stored(name) != sha256:
                altered.append(name)
            if count % 500 == 0:
                self.stderr.write(f"{count} files read")
        return altered
