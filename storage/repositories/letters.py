"""Letters."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, and_, func, or_, select, text

from core.cases import Case
from core.errors import NotFound
from core.ids import CaseId, LetterId, MunicipalityId, PersonId, StaffId
from core.letters import Letter, LetterKind, LetterState, Reason
from core.ports import Pace
from core.recheck import PACE_WINDOW
from core.send_day import ANSWER_LASTS
from storage import tables
from storage.paging import newest
from storage.tables.letters import (
    ACTIVE,
    ASKS_AGAIN,
    DOUBTED,
    ENDED,
    LIVE,
    PACED,
    UNSENT_STATES,
)
from storage.tables.trail import APPROVED
from storage.transaction import Transaction, table_of

_LETTERS: Final = table_of(tables.LetterRow)
_NOT_ON_ITS_WAY: Final = (
    "NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.municipality_id = letters.municipality_id"
    f" AND outbox.letter_id = letters.id AND outbox.{LIVE} AND outbox.{ACTIVE}"
    " AND (outbox.state = 'CLAIMED' OR outbox.doubt_since IS NOT NULL))"
)
# An acknowledgement rests on the standing text that it names, any other letter on the event of
# its own approval.
_UNAPPROVED: Final = text(f"""
SELECT id FROM letters l WHERE municipality_id = :town
AND (state = 'SENT' OR EXISTS (SELECT 1 FROM outbox o WHERE o.municipality_id = l.municipality_id
    AND o.letter_id = l.id AND o.{LIVE} AND o.attempts > 0)
    OR EXISTS (SELECT 1 FROM outbox o WHERE o.municipality_id = l.municipality_id
    AND o.letter_id = l.id AND o.{ENDED} AND o.attempts > 0))
AND (approved_by IS NULL OR approved_by = author_id OR NOT CASE
    WHEN kind = 'ACKNOWLEDGEMENT' THEN EXISTS (
        SELECT 1 FROM standing_texts t WHERE t.municipality_id = l.municipality_id
        AND t.name || '/' || t.version = l.acknowledges
        AND t.approved_by = l.approved_by AND t.author_id = l.author_id)
    ELSE EXISTS (
        SELECT 1 FROM audit_entries WHERE municipality_id = l.municipality_id
        AND subject = l.id AND actor = l.approved_by AND {APPROVED})
    END)
ORDER BY id
""")

_ANSWERS: Final = (LetterKind.ACKNOWLEDGEMENT.value, LetterKind.REPLY.value)
_MAY_ARRIVE: Final = tuple(
    state.value for state in (LetterState.APPROVED, LetterState.SCHEDULED, LetterState.HELD)
)
_PACE: Final = text(
    "SELECT sent_at FROM letters WHERE municipality_id = :town AND person_id = :person"
    f" AND {PACED} AND sent_at > :since"
    " UNION ALL SELECT opens_at FROM letters WHERE municipality_id = :town"
    f" AND person_id = :person AND {UNSENT_STATES} AND state = 'SCHEDULED' AND id <> :but"
    " AND kind NOT IN ('ACKNOWLEDGEMENT', 'REPLY')"
    # Given up as uncertain: it may stand on the phone.
    " UNION ALL SELECT doubt_since FROM outbox WHERE municipality_id = :town"
    f" AND person_id = :person AND {DOUBTED} AND state = 'IN_DOUBT' AND doubt_since > :since"
    " AND letter_id IN (SELECT id FROM letters WHERE municipality_id = :town"
    " AND id = outbox.letter_id AND kind NOT IN ('ACKNOWLEDGEMENT', 'REPLY'))"
)
# Given up as uncertain: it may stand on the phone.
_IN_DOUBT: Final = (
    "letters.id IN (SELECT letter_id FROM outbox o WHERE"
    " o.municipality_id = letters.municipality_id AND o.person_id = :person"
    f" AND {DOUBTED} AND state = 'IN_DOUBT' AND doubt_since > :since)"
    " AND letters.kind <> 'REPLY'"
)


class SqlLetters:
    """core.ports.Letters."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    async def get(self, letter_id: LetterId) -> Letter:
        """Raises: NotFound."""
        row = await self._tx.one(
            select(_LETTERS).where(self._tx.mine(_LETTERS), _LETTERS.c.id == letter_id)
        )
        if row is None:
            raise NotFound(what="letter", id=letter_id)
        return letter_of(row)

    async def by_command(self, command_key: str) -> Letter | None:
        """The letter that this command of a front made."""
        row = await self._tx.one(
            select(_LETTERS).where(self._tx.mine(_LETTERS), _LETTERS.c.command_key == command_key)
        )
        return None if row is None else letter_of(row)

    async def add(self, letter: Letter) -> bool:
        """Whether it is new; False when its command key was there already."""
        insert = self._tx.insert(_LETTERS).values(letter_values(letter))
        once = insert.on_conflict_do_nothing(index_elements=["municipality_id", "command_key"])
        return await self._tx.run(once) == 1

    async def change(self, letter: Letter, *, version: int) -> bool:
        """Replace the letter if it still has `version`."""
        return await self._tx.change(_LETTERS, letter_values(letter), version=version)

    async def unsent_of_person(self, person_id: PersonId) -> tuple[Letter, ...]:
        """What is written and has not left, oldest first."""
        rows = await self._tx.rows(
            select(_LETTERS)
            .where(self._tx.mine(_LETTERS), _LETTERS.c.person_id == person_id, text(UNSENT_STATES))
            .order_by(_LETTERS.c.created_at, _LETTERS.c.id)
        )
        return tuple(letter_of(row) for row in rows)

    async def scheduled_on(self, cases: Iterable[Case], *, before: datetime) -> tuple[Letter, ...]:
        """Soonest first, with one question however many cases there are."""
        asked = list(cases)
        if not asked:
            return ()
        c = _LETTERS.c
        rows = await self._tx.rows(
            select(_LETTERS)
            .where(
                self._tx.mine(_LETTERS),
                text(UNSENT_STATES),
                c.person_id.in_(sorted({case.person_id for case in asked})),
                c.case_id.in_([case.id for case in asked]),
                c.state == LetterState.SCHEDULED.value,
                c.opens_at < before,
            )
            .order_by(c.opens_at, c.id)
        )
        return tuple(letter_of(row) for row in rows)

    async def of_case(
        self, case_id: CaseId, *, limit: int | None = 500, before: str | None = None
    ) -> tuple[Letter, ...]:
        """Newest first."""
        c = _LETTERS.c
        rows = await newest(
            self._tx, _LETTERS, c.case_id == case_id, by=c.created_at, before=before, limit=limit
        )
        return tuple(letter_of(row) for row in rows)

    async def overdue(self, *, at: datetime, limit: int) -> tuple[Letter, ...]:
        """Unsent letters whose window has closed and whose delivery is not on its way; those
        that closed first come first. A draft with its author has no window to miss.

        A delivery that LINE may have taken already is on its way, too (see `Outbox.withdraw`).
        """
        rows = await self._tx.rows(
            select(_LETTERS)
            .where(
                self._tx.mine(_LETTERS),
                text(f"letters.{UNSENT_STATES}"),
                _LETTERS.c.state != LetterState.DRAFT.value,
                _LETTERS.c.closes_at <= at,
                text(_NOT_ON_ITS_WAY),
            )
            .order_by(_LETTERS.c.closes_at, _LETTERS.c.id)
            .limit(limit)
        )
        return tuple(letter_of(row) for row in rows)

    async def to_ask_again(
        self, *, opening_before: datetime, at: datetime, limit: int
    ) -> tuple[Letter, ...]:
        """SCHEDULED letters to be looked at again on their day, whose windows open before then
        and have not closed: not asked about yet, or answered more than a day ago while the
        window has been open as long; those that open first come first."""
        c, a_day_ago = _LETTERS.c, at - ANSWER_LASTS
        said = func.coalesce(c.confirmed_at, c.approved_at)
        lapsed = and_(said >= c.asked_at, said <= a_day_ago, c.opens_at <= a_day_ago)
        rows = await self._tx.rows(
            select(_LETTERS)
            .where(
                self._tx.mine(_LETTERS),
                text(ASKS_AGAIN),
                c.opens_at < opening_before,
                c.closes_at > at,
                or_(c.asked_at.is_(None), lapsed),
            )
            .order_by(c.opens_at, c.id)
            .limit(limit)
        )
        return tuple(letter_of(row) for row in rows)

    async def opens_unasked(self, *, after: datetime) -> datetime | None:
        """When the first window opens, after then, of a SCHEDULED letter that is still to be
        asked about."""
        c = _LETTERS.c
        row = await self._tx.one(
            select(c.opens_at)
            .where(self._tx.mine(_LETTERS), text(ASKS_AGAIN), c.asked_at.is_(None))
            .where(c.opens_at > after)
            .order_by(c.opens_at)
            .limit(1)
        )
        return None if row is None else row[0]

    async def pace(self, person_id: PersonId, *, at: datetime, but: LetterId) -> Pace:
        """What this person has been sent, and is going to be sent, apart from acknowledgements
        and replies: SENT letters of the 30 days before `at`, and SCHEDULED ones but this one."""
        rows = await self._tx.connection.execute(
            _PACE,
            {
                "town": self._tx.municipality_id,
                "person": person_id,
                "but": but,
                "since": self._tx.moment(at - PACE_WINDOW),
            },
        )
        moments = (self._tx.moment_of(moment) for (moment,) in rows)
        return Pace(moments=tuple(sorted(moment for moment in moments if moment is not None)))

    async def said_to(
        self, person_id: PersonId, *, since: datetime, but: LetterId | None
    ) -> tuple[str, ...]:
        """The words of letters that were sent to this person since then, may have been, or wait
        to be sent, but of one; replies and acknowledgements apart."""
        c = _LETTERS.c
        rows = await self._tx.rows(
            select(c.body)
            .where(
                self._tx.mine(_LETTERS),
                c.person_id == person_id,
                c.kind.not_in(_ANSWERS),
                or_(
                    and_(c.state == LetterState.SENT.value, c.sent_at > since),
                    c.state.in_(_MAY_ARRIVE),
                    and_(
                        c.state == LetterState.FAILED.value,
                        c.reason == Reason.NO_CERTAINTY.value,
                        c.opens_at > since,
                    ),
                ),
                c.id != (but or ""),
            )
            .order_by(c.created_at, c.id)
        )
        return tuple(row.body for row in rows)

    async def written_to(self, person_id: PersonId, *, since: datetime) -> tuple[Letter, ...]:
        """Letters whose words this person has read since then, or is going to read; oldest
        first. Not acknowledgements and sent replies."""
        c = _LETTERS.c
        mine = select(_LETTERS).where(self._tx.mine(_LETTERS), c.person_id == person_id)
        moment = self._tx.moment(since)
        found = {
            row.id: letter_of(row)
            for rows in (
                await self._tx.rows(mine.where(text(PACED), c.sent_at >= since)),
                await self._tx.rows(mine.where(text(UNSENT_STATES))),
                await self._tx.rows(
                    mine.where(text(_IN_DOUBT).bindparams(person=person_id, since=moment))
                ),
            )
            for row in rows
        }
        written = (one for one in found.values() if one.kind is not LetterKind.ACKNOWLEDGEMENT)
        return tuple(sorted(written, key=lambda letter: (letter.created_at, letter.id)))

    async def sent_without_approval(self) -> tuple[LetterId, ...]:
        """Letters that left (SENT, or handed to LINE at least once) without an approver who is
        not the author, or without an approval event of that approver in the trail."""
        rows = await self._tx.connection.execute(_UNAPPROVED, {"town": self._tx.municipality_id})
        return tuple(LetterId(letter_id) for (letter_id,) in rows)


def letter_values(letter: Letter) -> dict[str, Any]:
    """The row of a letter."""
    return {
        "municipality_id": letter.municipality_id,
        "id": letter.id,
        "case_id": letter.case_id,
        "person_id": letter.person_id,
        "kind": letter.kind.value,
        "body": letter.body,
        "author_id": letter.author_id,
        "opens_at": letter.opens_at,
        "closes_at": letter.closes_at,
        "state": letter.state.value,
        "created_at": letter.created_at,
        "alt_text": letter.alt_text,
        "version": letter.version,
        "reason": None if letter.reason is None else letter.reason.value,
        "note": letter.note,
        "approved_by": letter.approved_by,
        "approved_at": letter.approved_at,
        "approved_facts": letter.approved_facts,
        "bound_hash": letter.bound_hash,
        "decided_by": letter.decided_by,
        "decided_at": letter.decided_at,
        "sent_at": letter.sent_at,
        "line_request_id": letter.line_request_id,
        "acknowledges": letter.acknowledges,
        "command_key": letter.command_key,
        "asks_again": letter.asks_again,
        "asked_at": letter.asked_at,
        "confirmed_at": letter.confirmed_at,
        "confirmed_by": letter.confirmed_by,
        "template": letter.template,
        "season": letter.season,
    }


def letter_of(row: Row[Any]) -> Letter:
    """The letter of a row."""
    return Letter(
        id=LetterId(row.id),
        municipality_id=MunicipalityId(row.municipality_id),
        case_id=CaseId(row.case_id),
        person_id=PersonId(row.person_id),
        kind=LetterKind(row.kind),
        body=row.body,
        author_id=StaffId(row.author_id),
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        state=LetterState(row.state),
        created_at=row.created_at,
        alt_text=row.alt_text,
        version=row.version,
        reason=None if row.reason is None else Reason(row.reason),
        note=row.note,
        approved_by=None if row.approved_by is None else StaffId(row.approved_by),
        approved_at=row.approved_at,
        approved_facts=row.approved_facts,
        bound_hash=row.bound_hash,
        decided_by=None if row.decided_by is None else StaffId(row.decided_by),
        decided_at=row.decided_at,
        sent_at=row.sent_at,
        line_request_id=row.line_request_id,
        acknowledges=row.acknowledges,
        command_key=row.command_key,
        asks_again=row.asks_again,
        asked_at=row.asked_at,
        confirmed_at=row.confirmed_at,
        confirmed_by=None if row.confirmed_by is None else StaffId(row.confirmed_by),
        template=row.template,
        season=row.season,
    )
