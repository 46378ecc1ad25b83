"""The hash-chained record.

Events are gathered and chained when the transaction commits: the head of the chain is locked
for as short as can be, and a batch of letters is one insert.
"""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Row, select

from core.audit import GENESIS, AuditEntry, AuditEvent, chain_hash
from core.ids import CaseId
from storage import tables
from storage.batches import BatchInsert, dump_json
from storage.transaction import Transaction, table_of

_ENTRIES: Final = table_of(tables.AuditEntryRow)
_HEADS: Final = table_of(tables.AuditHeadRow)


_INSERT: Final = BatchInsert(
    _ENTRIES,
    (
        "municipality_id",
        "number",
        "action",
        "at",
        "actor",
        "role",
        "subject",
        "case_id",
        "was",
        "now",
        "reason",
        "evidence",
        "previous",
        "hash",
    ),
)


class ChainHeadMissing(RuntimeError):
    """The municipality has no chain to add to; it was not put into this database."""


class SqlAuditTrail:
    """core.ports.AuditTrail."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction
        self._events: list[AuditEvent] = []

    @property
    def pending(self) -> bool:
        """Whether there are events not yet chained."""
        return bool(self._events)

    async def append(self, *events: AuditEvent) -> None:
        """Add to the record; chained when the transaction commits."""
        self._events.extend(events)

    async def entries(self, *, after: int = 0, limit: int = 1000) -> tuple[AuditEntry, ...]:
        """In order of number."""
        await self.flush()
        rows = await self._tx.rows(
            select(_ENTRIES)
            .where(self._tx.mine(_ENTRIES), _ENTRIES.c.number > after)
            .order_by(_ENTRIES.c.number)
            .limit(limit)
        )
        return tuple(entry_of(row) for row in rows)

    async def of_case(self, case_id: CaseId, *, limit: int = 1000) -> tuple[AuditEntry, ...]:
        """Oldest first."""
        await self.flush()
        rows = await self._tx.rows(
            select(_ENTRIES)
            .where(self._tx.mine(_ENTRIES), _ENTRIES.c.case_id == case_id)
            .order_by(_ENTRIES.c.number)
            .limit(limit)
        )
        return tuple(entry_of(row) for row in rows)

    async def newest_of_case(
        self,
        case_id: CaseId,
        *,
        limit: int | None = None,
        before: int | None = None,
        actions: Iterable[str] = (),
    ) -> tuple[AuditEntry, ...]:
        """The newest of them, oldest first."""
        await self.flush()
        asked = select(_ENTRIES).where(self._tx.mine(_ENTRIES), _ENTRIES.c.case_id == case_id)
        named = list(actions)
        if named:
            asked = asked.where(_ENTRIES.c.action.in_(named))
        if before is not None:
            asked = asked.where(_ENTRIES.c.number < before)
        asked = asked.order_by(_ENTRIES.c.number.desc())
        rows = await self._tx.rows(asked if limit is None else asked.limit(limit))
        return tuple(entry_of(row) for row in reversed(rows))

    async def of_subjects(self, subjects: Iterable[str]) -> tuple[AuditEntry, ...]:
        """Oldest first."""
        await self.flush()
        rows = await self._tx.rows(
            select(_ENTRIES)
            .where(self._tx.mine(_ENTRIES), _ENTRIES.c.subject.in_(list(subjects)))
            .order_by(_ENTRIES.c.number)
        )
        return tuple(entry_of(row) for row in rows)

    async def head(self) -> tuple[int, str]:
        """Number and hash of the last link; (0, GENESIS) while there is none."""
        await self.flush()
        row = await self._tx.one(select(_HEADS).where(self._tx.mine(_HEADS)))
        return (0, GENESIS) if row is None else (int(row.number), str(row.hash))

    async def lock(self) -> tuple[int, str]:
        """Number and hash of the last entry; nobody else adds to the chain until we are done.

        Raises:
            ChainHeadMissing: the municipality is not in this database.
        """
        row = await self._tx.one(
            select(_HEADS.c.number, _HEADS.c.hash).where(self._tx.mine(_HEADS)).with_for_update()
        )
        if row is None:
            raise ChainHeadMissing(self._tx.municipality_id)
        return int(row.number), str(row.hash)

    async def flush(self) -> None:
        """Chain and write what was gathered."""
        if not self._events:
            return
        number, last = await self.lock()
        rows = []
        for event in self._events:
            number += 1
            entry = chain_hash(event, number=number, previous=last)
            link = AuditEntry(number=number, event=event, previous=last, hash=entry)
            values = entry_values(link, municipality_id=self._tx.municipality_id)
            values["evidence"] = dump_json(event.evidence)
            rows.append(tuple(values.values()))
            last = entry
        self._events = []
        await _INSERT.run(self._tx, rows)
        await self._tx.run(
            _HEADS.update().where(self._tx.mine(_HEADS)).values(number=number, hash=last)
        )


def entry_values(entry: AuditEntry, *, municipality_id: str) -> dict[str, Any]:
    """The row of an entry."""
    event = entry.event
    return {
        "municipality_id": municipality_id,
        "number": entry.number,
        "action": event.action,
        "at": event.at,
        "actor": str(event.actor),
        "role": str(event.role),
        "subject": event.subject,
        "case_id": event.case_id,
        "was": event.was,
        "now": event.now,
        "reason": event.reason,
        "evidence": event.evidence,
        "previous": entry.previous,
        "hash": entry.hash,
    }


def entry_of(row: Row[Any]) -> AuditEntry:
    """The entry of a row."""
    return AuditEntry(
        number=row.number,
        event=AuditEvent(
            action=row.action,
            at=row.at,
            actor=row.actor,
            role=row.role,
            subject=row.subject,
            case_id=None if row.case_id is None else CaseId(row.case_id),
            was=row.was,
            now=row.now,
            reason=row.reason,
            evidence=row.evidence,
        ),
        previous=row.previous,
        hash=row.hash,
    )
