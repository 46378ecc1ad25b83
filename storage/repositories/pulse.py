"""Heartbeats of the ticks, and when something is due next."""

from datetime import datetime
from typing import Final

from sqlalchemy import select, text

from storage import tables
from storage.tables.casework import AWAITED
from storage.tables.letters import ACTIVE, UNDRAWN, UNSENT_STATES
from storage.tables.media import TO_FETCH
from storage.tables.series import RUNS
from storage.tables.trail import WAITING
from storage.transaction import Transaction, table_of

_BEATS: Final = table_of(tables.HeartbeatRow)
# Each part is the first entry of a partial index after the given moment.
_PARTS: Final = (
    ("outbox", "next_at", ACTIVE),
    ("cards", "next_at", UNDRAWN),
    ("line_events", "next_at", WAITING),
    ("media", "next_at", TO_FETCH),
    ("letters", "closes_at", UNSENT_STATES),
    ("series", "next_at", RUNS),
    ("line_links", "paused_until", "state = 'PAUSED'"),
    ("replies", "answer_by", AWAITED),
)
_NEXT: Final = text(
    "SELECT min(due) FROM ("
    + " UNION ALL ".join(
        f"SELECT min({moment}) AS due FROM {table}"
        f" WHERE municipality_id = :town AND {where} AND {moment} > :after"
        for table, moment, where in _PARTS
    )
    + ") AS parts"
)


class SqlPulse:
    """core.ports.Pulse."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    async def beat(self, tick: str, *, at: datetime) -> None:
        """The tick ran."""
        values = {"municipality_id": self._tx.municipality_id, "tick": tick, "at": at}
        await self._tx.put(_BEATS, values)

    async def beats(self) -> dict[str, datetime]:
        """When each tick last ran."""
        rows = await self._tx.rows(select(_BEATS).where(self._tx.mine(_BEATS)))
        return {row.tick: row.at for row in rows}

    async def next_due(self, *, after: datetime) -> datetime | None:
        """The earliest moment after `after` at which any row becomes due.

        Counted are deliveries (or the end of their lease), cards not yet drawn, events that wait,
        pictures to be fetched, the windows of unsent letters, series that run, rests that people
        asked for, and hours by which they are answered.
        """
        row = await self._tx.one(
            _NEXT.bindparams(town=self._tx.municipality_id, after=self._tx.moment(after))
        )
        return None if row is None else self._tx.moment_of(row[0])
