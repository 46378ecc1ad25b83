"""What people answered."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, func, select, text

from core.errors import NotFound
from core.ids import CaseId, MunicipalityId, PersonId, ReplyId
from core.replies import Reply, ReplyKind, ReplyState
from storage import tables
from storage.paging import newest
from storage.tables.casework import AWAITED
from storage.transaction import Transaction, table_of

_REPLIES: Final = table_of(tables.ReplyRow)


class SqlReplies:
    """core.ports.Replies."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    async def add(self, reply: Reply) -> bool:
        """Whether it is new; False when its message id was there already."""
        insert = self._tx.insert(_REPLIES).values(reply_values(reply))
        return (
            await self._tx.run(
                insert.on_conflict_do_nothing(index_elements=["municipality_id", "message_id"])
            )
            == 1
        )

    async def get(self, reply_id: ReplyId) -> Reply:
        """Raises: NotFound."""
        found = await self._find(_REPLIES.c.id == reply_id)
        if found is None:
            raise NotFound(what="reply", id=reply_id)
        return found

    async def by_message(self, message_id: str) -> Reply | None:
        """By LINE's id of the message."""
        return await self._find(_REPLIES.c.message_id == message_id)

    async def change(self, reply: Reply, *, version: int) -> bool:
        """Replace the answer if it still has `version`."""
        return await self._tx.change(_REPLIES, reply_values(reply), version=version)

    async def of_case(
        self, case_id: CaseId, *, limit: int | None = 500, before: str | None = None
    ) -> tuple[Reply, ...]:
        """Newest first, by the time at which the person sent them."""
        c = _REPLIES.c
        rows = await newest(
            self._tx, _REPLIES, c.case_id == case_id, by=c.occurred_at, before=before, limit=limit
        )
        return tuple(reply_of(row) for row in rows)

    async def unread_of_case(self, case_id: CaseId, *, limit: int) -> tuple[Reply, ...]:
        """Newest first."""
        c = _REPLIES.c
        rows = await newest(
            self._tx,
            _REPLIES,
            c.case_id == case_id,
            text("state = 'KEPT'"),
            by=c.occurred_at,
            limit=limit,
        )
        return tuple(reply_of(row) for row in rows)

    async def past_their_hour(self, *, at: datetime, limit: int) -> tuple[Reply, ...]:
        """The longest first."""
        c = _REPLIES.c
        rows = await self._tx.rows(
            select(_REPLIES)
            .where(self._tx.mine(_REPLIES), text(AWAITED), c.answer_by <= at)
            .order_by(c.answer_by, c.id)
            .limit(limit)
        )
        return tuple(reply_of(row) for row in rows)

    async def waiting(self, case_ids: Iterable[CaseId]) -> dict[CaseId, int]:
        """How many replies nobody has read yet, by case; cases with none are absent."""
        asked = list(case_ids)
        if not asked:
            return {}
        rows = await self._tx.rows(
            select(_REPLIES.c.case_id, func.count().label("unread"))
            .where(self._tx.mine(_REPLIES), _REPLIES.c.case_id.in_(asked), text("state = 'KEPT'"))
            .group_by(_REPLIES.c.case_id)
        )
        return {CaseId(row.case_id): int(row.unread) for row in rows}

    async def _find(self, where: Any) -> Reply | None:
        row = await self._tx.one(select(_REPLIES).where(self._tx.mine(_REPLIES), where))
        return None if row is None else reply_of(row)


def reply_values(reply: Reply) -> dict[str, Any]:
    """The row of an answer."""
    return {
        "municipality_id": reply.municipality_id,
        "id": reply.id,
        "person_id": reply.person_id,
        "case_id": reply.case_id,
        "kind": reply.kind.value,
        "text": reply.text,
        "message_id": reply.message_id,
        "occurred_at": reply.occurred_at,
        "received_at": reply.received_at,
        "state": reply.state.value,
        "reads_from": reply.reads_from,
        "answer_by": reply.answer_by,
        "hour_passed_at": reply.hour_passed_at,
        "version": reply.version,
    }


def reply_of(row: Row[Any]) -> Reply:
    """The answer of a row."""
    return Reply(
        id=ReplyId(row.id),
        municipality_id=MunicipalityId(row.municipality_id),
        person_id=PersonId(row.person_id),
        case_id=CaseId(row.case_id),
        kind=ReplyKind(row.kind),
        text=row.text,
        message_id=row.message_id,
        occurred_at=row.occurred_at,
        received_at=row.received_at,
        state=ReplyState(row.state),
        reads_from=row.reads_from,
        answer_by=row.answer_by,
        hour_passed_at=row.hour_passed_at,
        version=row.version,
    )
