"""Time-based codes: each works once, whichever server is asked."""

import hashlib

from django.db import IntegrityError, transaction

from send.accounts.models import UsedCode, User

PERIOD_SECONDS = 30
KEPT_PERIODS = 10


def claim_code(user: User, code: str, *, seconds: float) -> bool:
    """Use a code up. False if it was used in this half-minute or the one before."""
    period = int(seconds // PERIOD_SECONDS)
    code_hash = hashlib.sha256(code.strip().replace(" ", "").encode()).hexdigest()
    UsedCode.objects.filter(user=user, period__lt=period - KEPT_PERIODS).delete()
    if UsedCode.objects.filter(user=user, code_hash=code_hash, period=period - 1).exists():
        return False
    try:
        with transaction.atomic():
            UsedCode.objects.create(user=user, code_hash=code_hash, period=period)
    except IntegrityError:
        return False
    return True
