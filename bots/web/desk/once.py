"""A form counts once, however often it is sent: its key is used up by what it writes.

The key is noted inside the very transaction in which the deed writes. So a refusal, a fault or a
crash leaves it as it was, and the form may be sent again; of two that come at once, the second
waits for the first and then finds the key used up.
"""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime

from core.ports import UnitOfWork, Work
from core.usecases.passes.was_sent import noted_as


class SentAlready(Exception):
    """This form was sent before, and what it said is in the record."""


class Once:
    """A unit of work (core.ports.UnitOfWork) for one form: what is written first uses its key."""

    def __init__(self, inner: UnitOfWork, *, key: str, at: datetime, until: datetime) -> None:
        """`until`: from then on nobody can send the form anyway."""
        self.key = key
        self.at = at
        self._inner = inner
        self._until = until
        self._ours = False

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Work]:
        """A transaction that may change rows.

        Raises:
            SentAlready.
        """
        async with self._inner.write() as work:
            fresh = await work.passes.use(noted_as(self.key), at=self.at, until=self._until)
            if not (fresh or self._ours):
                raise SentAlready
            yield work
            self._ours = True

    def read(self) -> AbstractAsyncContextManager[Work]:
        """A transaction that only reads."""
        return self._inner.read()
