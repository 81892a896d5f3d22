"""Several stories at once, told in the order of their days, with the service's own clock on each of them."""

import heapq
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from django.utils import timezone

from send import clock

Story = Generator[date, None, None]


def tell(stories: Iterable[Story], *, each_day=lambda: None) -> None:
    """Let each story go on from the day it names to the next. Days never run backwards, so the trail reads in order."""
    waiting = [(next(story), number, story) for number, story in enumerate(stories)]
    heapq.heapify(waiting)
    while waiting:
        day, number, story = heapq.heappop(waiting)
        clock.set_today(day)
        each_day()
        following = next(story, None)
        if following is not None:
            heapq.heappush(waiting, (following, number, story))


@contextmanager
def clock_put_back() -> Iterator[None]:
    """Afterwards it is the day it was, whatever happened."""
    before = clock.today()
    really = timezone.now().astimezone(clock.LONDON).date()
    try:
        yield
    finally:
        clock.set_today(None if before == really else before)
