"""The database itself refuses to change the trail."""

from django.db import migrations

from send.audit import triggers

# Words may go only where an event of the same stream, itself beyond change, says that they were lawfully erased.
ERASED = (
    "EXISTS (SELECT 1 FROM audit_auditevent told JOIN audit_auditevent erasure ON erasure.stream = told.stream "
    "WHERE told.id = OLD.event_id AND erasure.erases_to >= told.sequence)"
)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = triggers.operations(
        "audit_auditevent",
        triggers.append_only("audit_audittext", allow_delete_if=ERASED),
        "audit_readevent",
        "audit_readsubject",
        "audit_checkpoint",
    )
