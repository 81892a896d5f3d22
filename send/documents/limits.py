"""Counts against which a new upload or download is allowed. Called by services, inside their transaction."""

from datetime import datetime, timedelta

from django.db.models import F, Sum

from send.accounts.models import User
from send.documents import rules
from send.documents.models import Document, DownloadHour, State


def require_room(*, by: User, collection: str, size: int, at: datetime) -> None:
    """Raises rules.TooMany when `by` or the collection is at a limit.

    Locks the person, so that two tabs cannot both send the hundredth file.
    """
    User.objects.select_for_update().get(pk=by.pk)
    sent = Document.objects.filter(uploaded_by=by, is_issued=False, created_at__gt=at - timedelta(hours=24)).count()
    kept = Document.objects.filter(collection=collection).exclude(state=State.REJECTED) if collection else Document.objects.none()
    rules.check_room(sent_today=sent, files=kept.count(), bytes_kept=kept.aggregate(total=Sum("size"))["total"] or 0, size=size)


def count_download(*, by: User, at: datetime) -> int:
    """Count one download; 0 when it is allowed, otherwise the seconds until `by` may try again."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    row, _ = DownloadHour.objects.get_or_create(user=by, hour=hour)
    if DownloadHour.objects.filter(pk=row.pk, count__lt=rules.DOWNLOADS_AN_HOUR).update(count=F("count") + 1):
        return 0
    return max(1, int((hour + timedelta(hours=1) - at).total_seconds()))
