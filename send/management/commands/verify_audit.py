"""Check that nothing in the audit trail was changed, removed, inserted or reordered."""

from time import monotonic

from django.core.management.base import BaseCommand, CommandError

from send.audit.verify import verify


class Command(BaseCommand):
    """Names the first bad event and the kind of damage, and ends non-zero."""

    help = "Check the audit trail: chains, words, heads, signed checkpoints and the log of reads."

    def add_arguments(self, parser):
        """One stream, or what is new, instead of everything."""
        parser.add_argument("--stream", default="", help="only this stream: case:<uuid>, organisation:<uuid> or system")
        parser.add_argument("--since-checkpoint", action="store_true", help="only what was added since the last checkpoint")

    def handle(self, *, stream, since_checkpoint, **options):
        """One clear line, whatever the result."""
        started = monotonic()
        report = verify(stream=stream, since_checkpoint=since_checkpoint)
        if report.findings:
            more = len(report.findings) - 1
            raise CommandError(f"Audit trail damaged. {report.findings[0]}" + (f"; and {more} more" if more else ""))
        seconds = monotonic() - started
        self.stdout.write(f"Audit trail sound: {report.events} events checked in {seconds:.1f} s.")
