"""Whether the process answers, and whether it could do its work. In public only yes or no; the reason is in the log."""

import shutil

import structlog
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from send.celery import app

DISK_LEAST_FREE = 0.10  # of the disk that holds the files
BROKER_PATIENCE = 2  # seconds

logger = structlog.get_logger(__name__)


@login_not_required
@never_cache
@require_safe
def healthz(request):
    """200 as long as this process answers."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def readyz(request):
    """200 when database, migrations, broker and disk are in order, otherwise 503; the log says which is not."""
    troubles = [name for name, is_well in CHECKS.items() if not is_well()]
    for name in troubles:
        logger.error("not_ready", check=name)
    return HttpResponse("not ready" if troubles else "ready", content_type="text/plain", status=503 if troubles else 200)


def database_answers() -> bool:
    """Whether the database answers a question."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def migrations_are_applied() -> bool:
    """Whether the database has the shape that this code expects."""
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError:
        return False
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def broker_answers() -> bool:
    """Whether jobs could be handed over. Jobs that cannot be are kept in the outbox and follow."""
    try:
        with app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, timeout=BROKER_PATIENCE, interval_start=0)
    except (OperationalError, OSError):
        return False
    return True


def disk_has_room() -> bool:
    """Whether more than a tenth of the disk that holds the files is free."""
    disk = shutil.disk_usage(settings.VAR_DIR)
    return disk.free / disk.total > DISK_LEAST_FREE


CHECKS = {
    "database": database_answers,
    "migrations": migrations_are_applied,
    "broker": broker_answers,
    "disk": disk_has_room,
}
