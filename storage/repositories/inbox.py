"""What LINE told us: bodies as they came, then event by event."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, case, select, text

from core.errors import NotFound
from core.ids import LineEventId, MunicipalityId
from core.inbound import KeptEvent, KeptWebhook
from core.ports import CutWebhook, RawEvent
from storage import tables
from storage.tables.trail import IN_TRAY, UNSPLIT, WAITING
from storage.transaction import Transaction, table_of

_WEBHOOKS: Final = table_of(tables.WebhookRow)
_EVENTS: Final = table_of(tables.LineEventRow)
_UNSENT: Final = table_of(tables.UnsentMessageRow)


class SqlInbox:
    """core.ports.Inbox."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    async def unsplit(self, *, limit: int) -> tuple[KeptWebhook, ...]:
        """Bodies whose events were not yet kept one by one, oldest first."""
        rows = await self._tx.rows(
            select(_WEBHOOKS)
            .where(self._tx.mine(_WEBHOOKS), text(UNSPLIT))
            .order_by(_WEBHOOKS.c.received_at, _WEBHOOKS.c.id)
            .limit(limit)
        )
        return tuple(
            KeptWebhook(id=row.id, received_at=row.received_at, body=row.body) for row in rows
        )

    async def split(
        self, webhook_id: str, events: Sequence[RawEvent], *, received_at: datetime
    ) -> int:
        """Keep each event once by its key, and blank the body; how many were new."""
        cut = CutWebhook(id=webhook_id, received_at=received_at, events=events)
        return await self._split([cut])

    async def split_all(self, cuts: Sequence[CutWebhook]) -> None:
        """As `split`, for many bodies; in two statements."""
        await self._split(cuts)

    async def _split(self, cuts: Sequence[CutWebhook]) -> int:
        if not cuts:
            return 0
        blank = (
            _WEBHOOKS.update()
            .where(self._tx.mine(_WEBHOOKS), _WEBHOOKS.c.id == bindparam("webhook_id"))
            .values(body=None, split_at=bindparam("at"))
        )
        bodies = [{"webhook_id": cut.id, "at": cut.received_at} for cut in cuts]
        await self._tx.run(blank, bodies)
        rows = [self._waiting(event, cut.received_at) for cut in cuts for event in cut.events]
        if not rows:
            return 0
        insert = self._tx.insert(_EVENTS).on_conflict_do_nothing(
            index_elements=["municipality_id", "event_key"]
        )
        return await self._tx.run(insert, rows)

    async def to_tray_whole(self, webhook_id: str, *, why: str) -> None:
        """A body that has no events we can find: to the tray as it is.

        Raises:
            NotFound: no such body, or it was dealt with.
        """
        row = await self._tx.one(
            select(_WEBHOOKS).where(
                self._tx.mine(_WEBHOOKS), _WEBHOOKS.c.id == webhook_id, text(UNSPLIT)
            )
        )
        if row is None:
            raise NotFound(what="webhook", id=webhook_id)
        whole = RawEvent(event_key=f"webhook:{webhook_id}", message_id=None, raw=row.body)
        values = self._waiting(whole, row.received_at)
        values |= {"state": "TRAY", "kind": why, "decided_at": row.received_at}
        await self._tx.add_once(_EVENTS, values)
        await self._blank(webhook_id, at=row.received_at)

    async def waiting(self, *, at: datetime, limit: int) -> tuple[KeptEvent, ...]:
        """Events not yet understood whose time has come, oldest first."""
        return await self._events(text(WAITING), _EVENTS.c.next_at <= at, limit=limit)

    async def understood(self, event_id: LineEventId, *, kind: str, at: datetime) -> bool:
        """Mark as done; False when another loop was faster."""
        return await self._decide(event_id, state="UNDERSTOOD", kind=kind, at=at)

    async def to_tray(self, event_id: LineEventId, *, kind: str, at: datetime) -> bool:
        """To the visible tray; False when another loop was faster."""
        return await self._decide(event_id, state="TRAY", kind=kind, at=at)

    async def all_to_tray(self, kinds: Mapping[LineEventId, str], *, at: datetime) -> None:
        """Those of them that nobody else took meanwhile; in one statement."""
        if not kinds:
            return
        decide = (
            _EVENTS.update()
            .where(self._tx.mine(_EVENTS), _EVENTS.c.id == bindparam("event_id"), text(WAITING))
            .values(state="TRAY", kind=bindparam("told"), decided_at=at)
        )
        told = [{"event_id": event_id, "told": kind} for event_id, kind in kinds.items()]
        await self._tx.run(decide, told)

    async def set_aside(self, event_id: LineEventId, *, kind: str) -> None:
        """To the tray, although it is done with: somebody has to read it."""
        await self._tx.run(
            _EVENTS.update()
            .where(self._tx.mine(_EVENTS), _EVENTS.c.id == event_id)
            .values(state="TRAY", kind=kind)
        )

    async def failed(self, event_id: LineEventId, *, next_at: datetime) -> None:
        """Try again at `next_at`."""
        await self._tx.run(
            _EVENTS.update()
            .where(self._tx.mine(_EVENTS), _EVENTS.c.id == event_id, text(WAITING))
            .values(attempts=_EVENTS.c.attempts + 1, next_at=next_at)
        )

    async def note_unsent(self, message_id: str, *, at: datetime) -> None:
        """Remember that it was taken back."""
        values = {
            "municipality_id": self._tx.municipality_id,
            "message_id": message_id,
            "at": at,
        }
        await self._tx.add_once(_UNSENT, values)

    async def erase_message(self, message_id: str, *, at: datetime) -> None:
        """Blank every raw event of that message; one that waits, or lies in the tray, is done
        with."""
        open_ = _EVENTS.c.state != "UNDERSTOOD"
        await self._tx.run(
            _EVENTS.update()
            .where(self._tx.mine(_EVENTS), _EVENTS.c.message_id == message_id)
            .values(
                raw=None,
                state=case((open_, "UNDERSTOOD"), else_=_EVENTS.c.state),
                kind=case((open_, "unsent"), else_=_EVENTS.c.kind),
                decided_at=at,
            )
        )

    async def of_message(self, message_id: str) -> KeptEvent | None:
        """The event of that message as it came; an erased one has no raw bytes."""
        found = await self._events(_EVENTS.c.message_id == message_id, limit=1, newest_first=True)
        return found[0] if found else None

    async def was_unsent(self, message_id: str) -> bool:
        """Whether its sender took it back."""
        row = await self._tx.one(
            select(_UNSENT.c.at).where(self._tx.mine(_UNSENT), _UNSENT.c.message_id == message_id)
        )
        return row is not None

    async def unsent_among(self, message_ids: Iterable[str]) -> frozenset[str]:
        """Those of these messages that their senders took back."""
        asked = tuple(message_ids)
        if not asked:
            return frozenset()
        rows = await self._tx.rows(
            select(_UNSENT.c.message_id).where(
                self._tx.mine(_UNSENT), _UNSENT.c.message_id.in_(asked)
            )
        )
        return frozenset(row.message_id for row in rows)

    async def tray(self, *, limit: int = 100) -> tuple[KeptEvent, ...]:
        """What nobody could read yet, or belongs to no case; newest first."""
        return await self._events(text(IN_TRAY), limit=limit, newest_first=True)

    async def _events(
        self, *where: Any, limit: int, newest_first: bool = False
    ) -> tuple[KeptEvent, ...]:
        order = (
            (_EVENTS.c.received_at.desc(), _EVENTS.c.id.desc())
            if newest_first
            else (_EVENTS.c.next_at, _EVENTS.c.id)
        )
        rows = await self._tx.rows(
            select(_EVENTS).where(self._tx.mine(_EVENTS), *where).order_by(*order).limit(limit)
        )
        return tuple(event_of(row) for row in rows)

    async def _decide(self, event_id: LineEventId, *, state: str, kind: str, at: datetime) -> bool:
        changed = await self._tx.run(
            _EVENTS.update()
            .where(self._tx.mine(_EVENTS), _EVENTS.c.id == event_id, text(WAITING))
            .values(state=state, kind=kind, decided_at=at)
        )
        return changed == 1

    async def _blank(self, webhook_id: str, *, at: datetime) -> None:
        await self._tx.run(
            _WEBHOOKS.update()
            .where(self._tx.mine(_WEBHOOKS), _WEBHOOKS.c.id == webhook_id)
            .values(body=None, split_at=at)
        )

    def _waiting(self, event: RawEvent, received_at: datetime) -> dict[str, Any]:
        return {
            "municipality_id": self._tx.municipality_id,
            "id": self._tx.new_id(),
            "event_key": event.event_key,
            "message_id": event.message_id,
            "received_at": received_at,
            "raw": event.raw,
            "state": "WAITING",
            "kind": None,
            "attempts": 0,
            "next_at": received_at,
            "decided_at": None,
        }


def event_of(row: Row[Any]) -> KeptEvent:
    """The event of a row; an erased one has no raw bytes."""
    return KeptEvent(
        id=LineEventId(row.id),
        municipality_id=MunicipalityId(row.municipality_id),
        event_key=row.event_key,
        received_at=row.received_at,
        raw=row.raw or b"",
        attempts=row.attempts,
        kind=row.kind or "",
        message_id=row.message_id,
    )
