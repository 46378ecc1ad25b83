"""LINE's quota."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import case, select

from core.quota import QuotaState
from storage import tables
from storage.transaction import Transaction, table_of
from storage.types import EPOCH
from storage.written import Written

_QUOTAS: Final = table_of(tables.LineQuotaRow)
QUOTA: Final = Written(
    "SELECT month, most, used, sent, read_at FROM line_quotas WHERE municipality_id = :town"
)


class SqlQuotas:
    """core.ports.Quotas."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    async def get(self) -> QuotaState | None:
        """What is known; None while LINE was not asked."""
        row = await self._tx.one(select(_QUOTAS).where(self._tx.mine(_QUOTAS)))
        if row is None:
            return None
        return QuotaState(
            month=row.month, most=row.most, used=row.used, read_at=row.read_at, sent=row.sent
        )

    async def put(self, state: QuotaState, *, counted: int) -> QuotaState:
        """A new reading; see the port."""
        insert = self._tx.insert(_QUOTAS).values(
            municipality_id=self._tx.municipality_id,
            month=state.month,
            most=state.most,
            used=state.used,
            read_at=state.read_at,
            sent=0,
        )
        new, c = insert.excluded, _QUOTAS.c
        since = case((c.month != new.month, 0), (c.sent < counted, 0), else_=c.sent - counted)
        told = {name: new[name] for name in ("month", "most", "used", "read_at")}
        await self._tx.run(
            insert.on_conflict_do_update(
                index_elements=["municipality_id"], set_={**told, "sent": since}
            )
        )
        return await self.get() or state

    async def count(self, pushes: int, *, month: str) -> None:
        """LINE took so many more; see the port."""
        c = _QUOTAS.c
        await self._tx.run(
            _QUOTAS.update()
            .where(self._tx.mine(_QUOTAS), c.month == month, c.most.is_not(None))
            .values(sent=c.sent + pushes)
        )


def quota_of(tx: Transaction, rows: Sequence[Any]) -> QuotaState | None:
    """What the rows of `QUOTA` say; None where there is none."""
    if not rows:
        return None
    month, most, used, sent, read_at = rows[0]
    at = tx.moment_of(read_at) or EPOCH
    return QuotaState(month=month, most=most, used=used, read_at=at, sent=sent)
