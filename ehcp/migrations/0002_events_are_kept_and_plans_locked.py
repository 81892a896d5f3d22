"""Events and decisions are append-only, and a plan's lock is held by the database."""

from django.db import migrations

from ehcp import lock
from send.audit import triggers


class Migration(migrations.Migration):
    dependencies = [("ehcp", "0001_initial")]

    operations = [
        *triggers.operations("ehcp_caseevent", "ehcp_plandocument"),
        lock.operation(),
    ]
