"""A record on a slow disk: every transaction begins late."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from core.ports import UnitOfWork, Work


class SlowStore:
    """A unit of work (core.ports.UnitOfWork) whose transactions begin `delay` seconds late.

    `delay` may be changed while it is in use.
    """

    def __init__(self, inner: UnitOfWork, *, delay: float = 2.0) -> None:
        self._inner = inner
        self.delay = delay

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Work]:
        """A late writing transaction."""
        await asyncio.sleep(self.delay)
        async with self._inner.write() as work:
            yield work

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Work]:
        """A late reading transaction."""
        await asyncio.sleep(self.delay)
        async with self._inner.read() as work:
            yield work
