"""The hash-chained record.

Events are gathered and chained when the transaction commits: the head of the chain is locked
for as short as can be, and a batch of letters is one insert.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, select

from core.audit import GENESIS, AuditEntry, AuditEvent, chain_hash
from core.ids import CaseId
from storage import tables
from storage.batches import BatchInsert, dump_json
from storage.transaction import Transaction, table_of
from storage.written import Question, Written

_ENTRIES: Final = table_of(tables.AuditEntryRow)
_HEADS: Final = table_of(tables.AuditHeadRow)


_INSERT: Final = BatchInsert(
    "audit_entries",
    columns={
        "number": "bigint",
        "action": "text",
        "at": "timestamptz",
        "actor": "text",
        "role": "text",
        "subject": "text",
        "case_id": "text",
        "was": "text",
        "now": "text",
        "reason": "text",
        "evidence": "text",
        "previous": "text",
        "hash": "text",
    },
    shared=("municipality_id",),
)
_MOVE_HEAD: Final = Written(
    "UPDATE audit_heads SET number = :number, hash = :hash WHERE municipality_id = :town"
)
_HEAD: Final = "SELECT number, hash FROM audit_heads WHERE municipality_id = :town"
_LOCK_HEAD: Final = Written(_HEAD, f"{_HEAD} FOR UPDATE")


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
            asked = asked.where(_ENTRIES.c.subject == case_id, _ENTRIES.c.action.in_(named))
        if before is not None:
            asked = asked.where(_ENTRIES.c.number < before)
        asked = asked.order_by(_ENTRIES.c.number.desc())
        rows = await self._tx.rows(asked if limit is None else asked.limit(limit))
        return tuple(entry_of(row) for row in reversed(rows))

    async def of_case_since(
        self, case_id: CaseId, *, since: datetime, actions: Iterable[str]
    ) -> tuple[AuditEntry, ...]:
        """Oldest first."""
        await self.flush()
        c = _ENTRIES.c
        rows = await self._tx.rows(
            select(_ENTRIES)
            .where(self._tx.mine(_ENTRIES), c.case_id == case_id, c.at >= since)
            .where(c.action.in_(sorted(actions)))
            .order_by(c.number)
        )
        return tuple(entry_of(row) for row in rows)

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

    async def flush(self) -> None:
        """Chain and write what was gathered."""
        if self._events:
            await self.write()

    async def write(self, *also: Question) -> None:
        """Lock the head of the chain, ask `also`, then chain and write what was gathered.

        Raises:
            ChainHeadMissing: the municipality is not in this database.
        """
        town = self._tx.municipality_id
        heads, *_ = await self._tx.ask(Question(_LOCK_HEAD, {"town": town}), *also)
        if not heads:
            raise ChainHeadMissing(town)
        if self._events:
            await self._tx.ask(*self._chained(*heads[0]))

    def _chained(self, number: int, last: str) -> tuple[Question, Question]:
        events, self._events = self._events, []
        moment, rows = self._tx.in_json, []
        for event in events:
            number, previous = number + 1, last
            last = chain_hash(event, number=number, previous=previous)
            rows.append(
                (
                    number,
                    event.action,
                    moment(event.at),
                    event.actor,
                    event.role,
                    event.subject,
                    event.case_id,
                    event.was,
                    event.now,
                    event.reason,
                    dump_json(event.evidence),
                    previous,
                    last,
                )
            )
        town = self._tx.municipality_id
        return (
            _INSERT.question(self._tx, rows, municipality_id=town),
            Question(_MOVE_HEAD, {"town": town, "number": number, "hash": last}),
        )


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
