"""Jobs of the trail: a signed checkpoint every ten minutes, and a full check every night."""

import logging

from celery import shared_task
from django.db import OperationalError

from send.audit import checkpoints
from send.audit.verify import verify

logger = logging.getLogger(__name__)


@shared_task(autoretry_for=(OperationalError,), retry_backoff=5, max_retries=5)
def make_checkpoint() -> int:
    """Sign what was added since the last checkpoint; tries again when writers leave no gap. Answers its number."""
    return checkpoints.make().sequence


@shared_task(soft_time_limit=6 * 3600 - 60, time_limit=6 * 3600)
def verify_trail() -> int:
    """Check the whole trail; each damage is one line in the log at the highest level. Answers how many were found."""
    report = verify()
    for finding in report.findings:
        logger.critical("audit trail damaged: %s", finding)
    return len(report.findings)
