"""Reply tokens: one use, one minute after (re)delivery, never after twenty (LINE.md §3.3)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .ids import Clock, IdMaker

FRESH = timedelta(minutes=1)
ALIVE = timedelta(minutes=20)


@dataclass(kw_only=True, slots=True)
class _Token:
    user_id: str
    happened: datetime
    delivered: datetime


class ReplyTokens:
    """The tokens that are out and not used."""

    def __init__(self, *, clock: Clock, ids: IdMaker) -> None:
        self._clock = clock
        self._ids = ids
        self._out: dict[str, _Token] = {}

    def issue(self, user_id: str) -> str:
        """A token for an event that happens now."""
        token = self._ids.token()
        now = self._clock.now()
        self._out[token] = _Token(user_id=user_id, happened=now, delivered=now)
        return token

    def delivered(self, token: str) -> None:
        """The event went out (again): its minute starts now, unless the token was used."""
        if token in self._out:
            self._out[token].delivered = self._clock.now()

    def owner(self, token: str) -> str | None:
        """Whom a still valid token answers; None for a used, expired or unknown one."""
        found = self._out.get(token)
        now = self._clock.now()
        if found is None or now - found.delivered > FRESH or now - found.happened > ALIVE:
            return None
        return found.user_id

    def use(self, token: str) -> None:
        """The token is gone."""
        del self._out[token]
