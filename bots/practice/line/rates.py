"""Rate limits: a token bucket per endpoint, by the clock (LINE.md §3.3)."""

from dataclasses import dataclass
from datetime import datetime

from .answers import RATE_LIMIT, LineRefusal
from .ids import Clock


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """`requests` in `seconds`; a full bucket holds `requests`."""

    requests: int
    seconds: float = 1.0


PER_SECOND_2000 = Rate(requests=2000)


@dataclass(kw_only=True, slots=True)
class _Bucket:
    left: float
    at: datetime


class Rates:
    """The buckets. `limit` sets another rate for one operation, as a test or a demo wants it."""

    def __init__(self, *, clock: Clock) -> None:
        self._clock = clock
        self._buckets: dict[str, _Bucket] = {}
        self._own: dict[str, Rate] = {}

    def limit(self, operation: str, *, requests: int, seconds: float = 1.0) -> None:
        """Give an operation another rate, and full buckets to all."""
        self._own[operation] = Rate(requests=requests, seconds=seconds)
        self._buckets.clear()

    def take(self, operation: str, *, endpoint: str, rate: Rate) -> None:
        """One request.

        Raises:
            LineRefusal: 429 when the bucket is empty.
        """
        rate = self._own.get(operation, rate)
        now = self._clock.now()
        bucket = self._buckets.get(endpoint)
        if bucket is None:
            bucket = self._buckets[endpoint] = _Bucket(left=float(rate.requests), at=now)
        gained = (now - bucket.at).total_seconds() * rate.requests / rate.seconds
        bucket.left = min(float(rate.requests), bucket.left + gained)
        bucket.at = now
        if bucket.left < 1:
            raise LineRefusal(429, message=RATE_LIMIT)
        bucket.left -= 1
