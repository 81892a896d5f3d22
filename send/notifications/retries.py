"""When to try again, and when to stop trying. Pure."""

from datetime import timedelta

MOST_TRIES = 5
FIRST_WAIT = timedelta(minutes=1)
OVERDUE_AFTER = timedelta(minutes=5)  # a queued notice older than this was lost on its way to a worker
ABANDONED_AFTER = timedelta(minutes=16)  # longer than a task may run: its worker is certainly gone
FOLLOWED_AFTER_DAYS = 2


def wait_after(tries: int, *, jitter: float) -> timedelta:
    """How long to wait after this many failed tries: doubling, spread by `jitter` (0 to 1) from half to one and a half."""
    return FIRST_WAIT * 2 ** (tries - 1) * (0.5 + jitter)


def gives_up(tries: int) -> bool:
    """Whether a person must look at it now."""
    return tries >= MOST_TRIES
