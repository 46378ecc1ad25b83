"""Cards in colleagues' Slack.

Changes of cards are gathered and written when the transaction commits, after the head of the
audit chain is locked: a colleague's Home page is changed by nearly every transaction, and two of
them taking several cards in different order would wait for each other for ever.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, and_, or_, select, text, tuple_

from core.errors import NotFound
from core.ids import CardId, CaseId, MunicipalityId, StaffId
from core.outbox import Card, CardKind, CardOutcome, Drawn
from storage import tables
from storage.batches import dump_json
from storage.tables.letters import UNDRAWN
from storage.transaction import Transaction, table_of
from storage.written import Question, Written

_CARDS: Final = table_of(tables.CardRow)
_KEY: Final = (_CARDS.c.subject_id, _CARDS.c.kind, _CARDS.c.staff_id)
_REDRAW: Final = (
    "UPDATE cards SET revision = revision + 1, next_at = :at"
    " WHERE municipality_id = :town AND subject_id "
)
_REDRAW_ALL: Final = Written(
    _REDRAW + "IN (SELECT value FROM json_each(:subjects))", _REDRAW + "= ANY(:subjects)"
)


class SqlCards:
    """core.ports.Cards."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction
        self._touched: dict[tuple[str, CardKind, StaffId], dict[str, Any]] = {}
        self._redrawn: dict[datetime, dict[str, None]] = {}
        self._settled: list[Any] = []

    @property
    def pending(self) -> bool:
        """Whether there are changes not yet written."""
        return bool(self._touched or self._redrawn or self._settled)

    async def touch(
        self,
        kind: CardKind,
        subject_id: str,
        staff_ids: Iterable[StaffId],
        *,
        at: datetime,
        case_id: CaseId | None = None,
    ) -> None:
        """Make sure that these colleagues have this card, and that it is drawn anew."""
        for staff_id in staff_ids:
            self._touched[subject_id, kind, staff_id] = {
                "municipality_id": self._tx.municipality_id,
                "id": self._tx.new_id(),
                "kind": kind.value,
                "subject_id": subject_id,
                "staff_id": staff_id,
                "revision": 1,
                "drawn": 0,
                "next_at": at,
                "attempts": 0,
                "case_id": case_id,
            }

    async def redraw(self, subject_ids: Sequence[str], *, at: datetime) -> None:
        """Draw every existing card about these subjects anew."""
        self._redrawn.setdefault(at, {}).update(dict.fromkeys(subject_ids))

    async def due(self, *, at: datetime, limit: int, until: datetime) -> tuple[Card, ...]:
        """Cards ahead of their drawing; each is leased (its next_at moves to `until`)."""
        await self.flush()
        found = (
            select(*_KEY)
            .where(
                self._tx.mine(_CARDS),
                text(UNDRAWN),
                _CARDS.c.next_at <= at,
                or_(_CARDS.c.leased_until.is_(None), _CARDS.c.leased_until <= at),
            )
            .order_by(_CARDS.c.next_at, *_KEY)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        keys = [tuple(row) for row in await self._tx.rows(found)]
        if not keys:
            return ()
        rows = await self._tx.rows(
            _CARDS.update()
            .where(self._tx.mine(_CARDS), tuple_(*_KEY).in_(keys))
            .values(next_at=until, leased_until=until)
            .returning(_CARDS)
        )
        place = {key: number for number, key in enumerate(keys)}
        cards = map(card_of, rows)
        return tuple(sorted(cards, key=lambda c: place[c.subject_id, c.kind.value, c.staff_id]))

    async def settle(self, card: Card, outcome: CardOutcome, *, next_at: datetime) -> None:
        """Record a drawing of `card.revision`, or put the next try to `next_at`.

        A card that was touched meanwhile stays due, at the moment of that touch.
        """
        values: dict[str, Any] = {"leased_until": None}
        if isinstance(outcome, Drawn):
            values |= {"channel": outcome.channel, "ts": outcome.ts, "attempts": 0}
        else:
            values["attempts"] = card.attempts + 1
        if isinstance(outcome, Drawn) or outcome.permanent:
            values["drawn"] = card.revision
        else:
            values["next_at"] = next_at
        self._settled.append(
            _CARDS.update()
            .where(self._of(card.kind, card.subject_id, card.staff_id))
            .values(values)
        )

    async def get(self, kind: CardKind, subject_id: str, staff_id: StaffId) -> Card:
        """Raises: NotFound."""
        await self.flush()
        row = await self._tx.one(select(_CARDS).where(self._of(kind, subject_id, staff_id)))
        if row is None:
            raise NotFound(what="card", id=subject_id)
        return card_of(row)

    def _of(self, kind: CardKind, subject_id: str, staff_id: StaffId) -> ColumnElement[bool]:
        key = zip(_KEY, (subject_id, kind.value, staff_id), strict=True)
        return and_(self._tx.mine(_CARDS), *(column == value for column, value in key))

    async def flush(self) -> None:
        """Write what was gathered."""
        for statement in self._settled:
            await self._tx.run(statement)
        self._settled = []
        if self._touched:
            await self._tx.run(self._touches(list(self._touched.values())))
            self._touched = {}
        if self._redrawn:
            await self._tx.ask(*self._redraws())

    def writes(self) -> list[Question]:
        """What was gathered, if it is redrawings only; a card has to be there to be redrawn."""
        return [] if self._touched or self._settled else self._redraws()

    def _redraws(self) -> list[Question]:
        postgres = self._tx.postgres
        redrawn, self._redrawn = self._redrawn, {}
        return [
            Question(
                _REDRAW_ALL,
                {
                    "town": self._tx.municipality_id,
                    "at": self._tx.moment(at),
                    "subjects": [*subjects] if postgres else dump_json([*subjects]),
                },
            )
            for at, subjects in redrawn.items()
        ]

    def _touches(self, rows: list[dict[str, Any]]) -> Any:
        insert = self._tx.insert(_CARDS).values(rows)
        return insert.on_conflict_do_update(
            index_elements=["municipality_id", "subject_id", "kind", "staff_id"],
            set_={"revision": _CARDS.c.revision + 1, "next_at": insert.excluded.next_at},
        )


def card_of(row: Row[Any]) -> Card:
    """The card of a row."""
    return Card(
        id=CardId(row.id),
        municipality_id=MunicipalityId(row.municipality_id),
        kind=CardKind(row.kind),
        subject_id=row.subject_id,
        staff_id=StaffId(row.staff_id),
        revision=row.revision,
        drawn=row.drawn,
        next_at=row.next_at,
        attempts=row.attempts,
        case_id=None if row.case_id is None else CaseId(row.case_id),
        channel=row.channel,
        ts=row.ts,
    )
