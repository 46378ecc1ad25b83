"""At Slack's pace: about one message a second to a conversation, and quiet when asked for it."""

import asyncio
from collections import defaultdict
from datetime import timedelta
from typing import Final

# Longer waits are handed back to the outbox, whose lease they would outlive.
PATIENCE_S: Final = 5.0


class Pacing:
    """Turns to speak, by conversation; and a rest of one method where Slack asked for it."""

    def __init__(self, *, gap_s: float) -> None:
        self._gap_s = gap_s
        self._next: dict[str, float] = defaultdict(float)
        self._rests: dict[str, float] = defaultdict(float)

    async def turn(self, channel: str) -> timedelta | None:
        """Wait for a turn to post there; or how long it would take, when that is too long."""
        now = asyncio.get_running_loop().time()
        at = max(now, self._next[channel])
        if at - now > PATIENCE_S:
            return timedelta(seconds=at - now)
        self._next[channel] = at + self._gap_s
        await asyncio.sleep(at - now)
        return None

    def resting(self, method: str) -> timedelta | None:
        """How long Slack still wants no call of this method."""
        left = self._rests[method] - asyncio.get_running_loop().time()
        return timedelta(seconds=left) if left > 0 else None

    def rest(self, method: str, wait: timedelta) -> None:
        """Slack asked for quiet (429, Retry-After)."""
        self._rests[method] = asyncio.get_running_loop().time() + wait.total_seconds()
