"""Webhook bodies on the disk before LINE gets its 200, many requests to one commit."""

import asyncio
from collections.abc import Callable
from typing import Final

from sqlalchemy import text

from core.ports import Clock
from storage.engine import Store
from storage.keys import Keyring
from storage.types import to_microseconds

MOST_WAITING: Final = 4096
MOST_AT_ONCE: Final = 512
_BODY: Final = b"webhooks.body"
_INSERT: Final = text(
    "INSERT INTO webhooks (municipality_id, id, received_at, body) VALUES (:town, :id, :at, :body)"
)


class IntakeFull(RuntimeError):
    """More requests wait for the disk than may; LINE delivers them again later."""


class GroupCommitKeeper:
    """Keeps webhook bodies (core.ports.WebhookKeeper).

    The first request writes at once. Requests that arrive while a commit runs go together into
    the next one, so the disk is never idle while somebody waits, and nobody waits for company.
    """

    def __init__(
        self,
        store: Store,
        *,
        municipality_id: str,
        keyring: Keyring,
        clock: Clock,
        new_id: Callable[[], str],
    ) -> None:
        self._store = store
        self._municipality_id = municipality_id
        self._keys = keyring.of(municipality_id)
        self._clock = clock
        self._new_id = new_id
        self._waiting: list[tuple[bytes, asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def keep(self, body: bytes) -> None:
        """Keep the body, sealed; it is durable when this returns.

        Raises:
            IntakeFull: too many requests wait already.
            sqlalchemy.exc.SQLAlchemyError: it could not be written; nothing of it is kept.
        """
        if len(self._waiting) >= MOST_WAITING:
            raise IntakeFull(f"{len(self._waiting)} requests wait")
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((body, kept))
        if self._writer is None:
            self._writer = asyncio.create_task(self._write_all())
        await kept

    async def _write_all(self) -> None:
        try:
            while self._waiting:
                batch = self._waiting[:MOST_AT_ONCE]
                del self._waiting[:MOST_AT_ONCE]
                await self._write(batch)
        finally:
            self._writer = None
            for _, kept in self._waiting:
                kept.cancel()
            self._waiting.clear()

    async def _write(self, batch: list[tuple[bytes, asyncio.Future[None]]]) -> None:
        try:
            await self._insert([body for body, _ in batch])
        except BaseException as failure:
            # Every request of the batch gets the failure; the writer goes on with the next,
            # unless it is being stopped itself.
            for _, kept in batch:
                if not kept.done():
                    kept.set_exception(failure)
            if not isinstance(failure, Exception):
                raise
        else:
            for _, kept in batch:
                if not kept.done():
                    kept.set_result(None)

    async def _insert(self, bodies: list[bytes]) -> None:
        now = self._clock.now()
        at = now if self._store.postgres else to_microseconds(now)
        rows = [
            {
                "town": self._municipality_id,
                "id": self._new_id(),
                "at": at,
                "body": self._keys.seal(body, column=_BODY),
            }
            for body in bodies
        ]
        async with self._store.writing() as connection:
            await connection.execute(_INSERT, rows)
            await connection.commit()
