"""The clock of practice mode: it flows like a real one and can be moved forward."""

import time
from datetime import UTC, datetime, timedelta


class ClockWouldGoBack(ValueError):
    """Practice time only moves forward; records already carry the later time."""


class PracticeClock:
    """A wall clock that starts anywhere and can be put forward, never back.

    Between moves it flows with real time, so that a three-second limit of a platform is three
    real seconds here too.
    """

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError("a practice clock needs an aware start time")
        self._anchor = start.astimezone(UTC)
        self._since = time.monotonic()

    def now(self) -> datetime:
        """The present practice time, aware, in UTC."""
        return self._anchor + timedelta(seconds=time.monotonic() - self._since)

    def move_to(self, at: datetime) -> None:
        """Put the clock forward to `at`.

        Raises:
            ClockWouldGoBack: `at` lies before the present practice time.
        """
        if at < self.now():
            raise ClockWouldGoBack(f"the clock stands at {self.now().isoformat()}")
        self._anchor = at.astimezone(UTC)
        self._since = time.monotonic()
