"""The monthly allowance: persons reached by push and multicast, a month in UTC+9."""

from collections import Counter
from datetime import timedelta, timezone

from .answers import MONTHLY_LIMIT, LineRefusal
from .ids import Clock

JST = timezone(timedelta(hours=9), "JST")


class Quota:
    """How much was used and how much there is; `limit` None is the type `none`."""

    def __init__(self, *, clock: Clock, limit: int | None = None) -> None:
        self._clock = clock
        self._used: Counter[str] = Counter()
        self.limit = limit

    def used(self) -> int:
        """Persons counted in the present month."""
        return self._used[self._month()]

    def refuse_beyond(self, persons: int) -> None:
        """429 when sending to that many more would pass the limit."""
        if self.limit is not None and self.used() + persons > self.limit:
            raise LineRefusal(429, message=MONTHLY_LIMIT)

    def count(self, persons: int) -> None:
        """Count persons reached now."""
        self._used[self._month()] += persons

    def as_quota(self) -> dict[str, object]:
        """The body of GET /v2/bot/message/quota."""
        if self.limit is None:
            return {"type": "none"}
        return {"type": "limited", "value": self.limit}

    def _month(self) -> str:
        return self._clock.now().astimezone(JST).strftime("%Y-%m")
