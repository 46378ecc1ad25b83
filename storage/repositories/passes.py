"""One-time links to staff pages that were used already."""

from datetime import datetime
from typing import Final

from sqlalchemy import select

from storage import tables
from storage.transaction import Transaction, table_of

_USED: Final = table_of(tables.UsedPassRow)


class SqlPasses:
    """core.ports.Passes."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    async def use(self, nonce: str, *, at: datetime, until: datetime) -> bool:
        """Note that this link was used; False when it had been. Notes of links that have ended
        are cleared."""
        await self._tx.run(_USED.delete().where(self._tx.mine(_USED), _USED.c.until <= at))
        return await self._tx.add_once(
            _USED,
            {"municipality_id": self._tx.municipality_id, "nonce": nonce, "until": until},
        )

    async def used(self, nonce: str, *, at: datetime) -> bool:
        """Whether it was used, and would still open anything if it had not been."""
        found = await self._tx.one(
            select(_USED.c.nonce).where(
                self._tx.mine(_USED), _USED.c.nonce == nonce, _USED.c.until > at
            )
        )
        return found is not None
