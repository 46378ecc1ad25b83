"""Pushes to LINE."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, case, func, literal, select, text

from core.ids import CaseId, DeliveryId, LetterId, MunicipalityId, PersonId
from core.outbox import Delivery, DeliveryState
from core.pace import PACE_WINDOW
from core.ports import Due, Recorded, Settled
from storage import tables
from storage.batches import BatchUpdate
from storage.repositories.due import AGE, DUE, due_of
from storage.tables.letters import ACTIVE, ENDED, LIVE, ON_ITS_WAY
from storage.transaction import Transaction, table_of
from storage.types import UtcDateTime
from storage.written import Question, Written

_OUTBOX: Final = table_of(tables.OutboxRow)
_LEASE: Final = BatchUpdate(
    "outbox",
    sets="state = 'CLAIMED', lease = :lease, next_at = :until, attempts = outbox.attempts + 1,"
    " doubt_since = COALESCE(outbox.doubt_since, :at)",
    guard=f"outbox.{ACTIVE} AND outbox.next_at <= :at",
)
_PUT_OFF: Final = BatchUpdate(
    "outbox",
    sets="state = 'READY', lease = NULL, next_at = {next_at}",
    guard=f"outbox.{ACTIVE}",
    columns={"next_at": "timestamptz"},
)
_END: Final = BatchUpdate(
    "outbox",
    sets="state = {state}, lease = NULL",
    guard=f"outbox.{ACTIVE}",
    columns={"state": "text"},
)
_SETTLE: Final = BatchUpdate(
    "outbox",
    sets="state = {state}, lease = NULL, next_at = {next_at}, doubt_since = {doubt_since}",
    # What has a lease is claimed, as a wall of the table says. Said with the state as well, it
    # would be looked for among all that is claimed, and once more for each of the batch.
    guard="outbox.lease = {lease}",
    columns={
        "lease": "text",
        "state": "text",
        "next_at": "timestamptz",
        "doubt_since": "timestamptz",
    },
)
# Of deliveries that were settled as ACCEPTED just before, in the same round.
_MARK_SENT: Final = BatchUpdate(
    "letters",
    sets="state = 'SENT', sent_at = :at, line_request_id = {request_id},"
    " version = letters.version + 1",
    guard="letters.state = 'SCHEDULED' AND EXISTS (SELECT 1 FROM outbox o"
    " WHERE o.municipality_id = :town AND o.id = {delivery_id} AND o.state = 'ACCEPTED')",
    columns={"delivery_id": "text", "request_id": "text"},
)
# Two loops that claim at the same moment could each take a letter to the same person. And every
# join of the query is by key, whatever the values are: in a small town the planner would rather
# read whole tables, and it thinks about this query for as long as a fifth of a batch takes.
_ONE_AT_A_TIME: Final = Written(
    "SELECT pg_advisory_xact_lock(hashtext('claim'), hashtext(:town)),"
    " set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),"
    " set_config('enable_seqscan', 'off', true),"
    " set_config('plan_cache_mode', 'force_generic_plan', true)",
)


class SqlOutbox:
    """core.ports.Outbox."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    async def add(self, delivery: Delivery) -> None:
        """A new push; the database refuses a second live one for the letter."""
        await self._tx.run(_OUTBOX.insert().values(delivery_values(delivery)))

    async def of_letter(self, letter_id: LetterId) -> Delivery | None:
        """The live push of the letter, or else its last."""
        of_it = select(_OUTBOX).where(self._tx.mine(_OUTBOX), _OUTBOX.c.letter_id == letter_id)
        last = of_it.where(text(ENDED)).order_by(_OUTBOX.c.next_at.desc(), _OUTBOX.c.id.desc())
        for which in (of_it.where(text(LIVE)), last.limit(1)):
            row = await self._tx.one(which)
            if row is not None:
                return delivery_of(row)
        return None

    async def withdraw(self, letter_id: LetterId) -> bool:
        """Take a READY delivery back; False when there is none, or it is on its way.

        One that LINE may have taken already counts as on its way: only the delivery loop can
        say what became of it.
        """
        changed = await self._tx.run(
            _OUTBOX.update()
            .where(
                self._tx.mine(_OUTBOX),
                _OUTBOX.c.letter_id == letter_id,
                text(LIVE),
                text("state = 'READY'"),
                _OUTBOX.c.doubt_since.is_(None),
            )
            .values(state=DeliveryState.WITHDRAWN.value)
        )
        return changed == 1

    async def bring_forward(self, letter_id: LetterId, *, to: datetime) -> bool:
        """A READY delivery is looked at from `to` on, or earlier where it was due already; False
        when there is none, or it is on its way."""
        c = _OUTBOX.c
        changed = await self._tx.run(
            _OUTBOX.update()
            .where(
                self._tx.mine(_OUTBOX),
                c.letter_id == letter_id,
                text("state = 'READY'"),
                c.doubt_since.is_(None),
            )
            .values(next_at=case((c.next_at < to, c.next_at), else_=literal(to, UtcDateTime)))
        )
        return changed == 1

    async def due(self, *, at: datetime, limit: int) -> Sequence[Due]:
        """READY and due, or CLAIMED with the lease run out; oldest first, locked where the
        database can (other loops skip them)."""
        postgres, town = self._tx.postgres, MunicipalityId(self._tx.municipality_id)
        asked = Question(
            DUE,
            {
                "town": town,
                "at": self._tx.moment(at),
                "month_ago": self._tx.moment(at - PACE_WINDOW),
                "most": limit,
            },
        )
        turn = [Question(_ONE_AT_A_TIME, {"town": town})] if postgres else []
        *_, rows = await self._tx.ask(*turn, asked)
        keys = self._tx.keys
        return [due_of(row, keys=keys, postgres=postgres) for row in sorted(rows, key=AGE)]

    async def lease(
        self, deliveries: Sequence[DeliveryId], *, lease: str, at: datetime, until: datetime
    ) -> set[DeliveryId]:
        """Claim them: state, lease, attempts + 1, doubt_since where not yet set. Which were
        won."""
        won = await _LEASE.run(
            self._tx,
            [(delivery_id,) for delivery_id in deliveries],
            lease=lease,
            at=self._tx.moment(at),
            until=self._tx.moment(until),
        )
        return {DeliveryId(delivery_id) for delivery_id in won}

    async def put_off(self, waits: Sequence[tuple[DeliveryId, datetime]]) -> None:
        """READY again, not before the given time."""
        moment = self._tx.in_json
        await _PUT_OFF.run(self._tx, [(delivery_id, moment(until)) for delivery_id, until in waits])

    async def end(self, ends: Sequence[tuple[DeliveryId, DeliveryState]]) -> None:
        """End deliveries that no lease holds (withdrawn or in doubt at the second look)."""
        await _END.run(self._tx, [(delivery_id, state.value) for delivery_id, state in ends])

    async def as_pushes(self, deliveries: Sequence[DeliveryId]) -> None:
        """These go as pushes from now on, whatever reply token they had."""
        c = _OUTBOX.c
        await self._tx.run(
            _OUTBOX.update()
            .where(self._tx.mine(_OUTBOX), c.id.in_(deliveries), text(ACTIVE))
            .values(reply_token=None, reply_until=None)
        )

    async def on_their_way(self, *, at: datetime) -> int:
        """How many pushes a loop holds at that moment, whose outcome is not recorded; replies are
        none."""
        c = _OUTBOX.c
        row = await self._tx.one(
            select(func.count()).where(
                self._tx.mine(_OUTBOX), text(ON_ITS_WAY), c.next_at > at, c.reply_token.is_(None)
            )
        )
        return 0 if row is None else int(row[0])

    async def reserved(self, *, before: datetime) -> int:
        """How many pushes are to leave before that moment; replies are none."""
        c = _OUTBOX.c
        row = await self._tx.one(
            select(func.count()).where(
                self._tx.mine(_OUTBOX), text(ACTIVE), c.next_at < before, c.reply_token.is_(None)
            )
        )
        return 0 if row is None else int(row[0])

    async def settle(self, results: Sequence[Settled], *, at: datetime) -> Recorded:
        """Record outcomes of claimed deliveries, only those still under their lease; SCHEDULED
        letters of the ACCEPTED ones become SENT."""
        moment = self._tx.in_json
        settled = [
            (
                result.delivery_id,
                result.lease,
                result.state.value,
                moment(result.next_at),
                None if result.doubt_since is None else moment(result.doubt_since),
            )
            for result in results
        ]
        sent = [
            (result.letter_id, result.delivery_id, result.request_id)
            for result in results
            if result.state is DeliveryState.ACCEPTED
        ]
        settling = _SETTLE.questions(self._tx, settled)
        marking = _MARK_SENT.questions(self._tx, sent, at=self._tx.moment(at))
        answers = await self._tx.ask(*settling, *marking)
        return Recorded(
            {DeliveryId(one) for one in _SETTLE.changed(self._tx, answers)},
            {LetterId(one) for one in _MARK_SENT.changed(self._tx, answers[len(settling) :])},
        )


def delivery_values(delivery: Delivery) -> dict[str, Any]:
    """The row of a push; the lease is not part of the record."""
    return {
        "municipality_id": delivery.municipality_id,
        "id": delivery.id,
        "letter_id": delivery.letter_id,
        "case_id": delivery.case_id,
        "person_id": delivery.person_id,
        "request": delivery.request,
        "next_at": delivery.next_at,
        "state": delivery.state.value,
        "attempts": delivery.attempts,
        "doubt_since": delivery.doubt_since,
        "reply_token": delivery.reply_token,
        "reply_until": delivery.reply_until,
        "quiet": delivery.quiet,
    }


def delivery_of(row: Row[Any]) -> Delivery:
    """The push of a row."""
    return Delivery(
        id=DeliveryId(row.id),
        municipality_id=MunicipalityId(row.municipality_id),
        letter_id=LetterId(row.letter_id),
        case_id=CaseId(row.case_id),
        person_id=PersonId(row.person_id),
        request=row.request,
        next_at=row.next_at,
        state=DeliveryState(row.state),
        attempts=row.attempts,
        doubt_since=row.doubt_since,
        reply_token=row.reply_token,
        reply_until=row.reply_until,
        quiet=row.quiet,
    )
