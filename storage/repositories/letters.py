"""Letters."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import and_, or_, select, text

from core.approvals import SELF_APPROVED
from core.cases import Case
from core.errors import NotFound
from core.ids import CaseId, LetterId, PersonId
from core.letters import Letter, LetterKind, LetterState, Reason
from core.pace import PACE_WINDOW
from core.ports import Pace
from storage import tables
from storage.paging import newest
from storage.repositories.asking import letters_of_the_day, next_to_ask, outlasting_approvals
from storage.repositories.letter_rows import letter_of, letter_values
from storage.tables.letters import (
    ACTIVE,
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
AND (approved_by IS NULL
OR approved_by = author_id AND self_approved_reason IS NULL OR NOT CASE
    WHEN kind = 'ACKNOWLEDGEMENT' THEN EXISTS (
        SELECT 1 FROM standing_texts t WHERE t.municipality_id = l.municipality_id
        AND t.name || '/' || t.version = l.acknowledges
        AND t.approved_by = l.approved_by AND t.author_id = l.author_id)
    ELSE EXISTS (
        SELECT 1 FROM audit_entries WHERE municipality_id = l.municipality_id
        AND subject = l.id AND actor = l.approved_by AND {APPROVED}
        AND (reason = :own) = (l.approved_by = l.author_id))
    END)
ORDER BY id
""")

_ANSWERS: Final = (LetterKind.ACKNOWLEDGEMENT.value, LetterKind.REPLY.value)
_MAY_ARRIVE: Final = tuple(
    state.value for state in (LetterState.APPROVED, LetterState.SCHEDULED, LetterState.HELD)
)

_SELF_APPROVED: Final = text("""
SELECT count(*) FROM letters l WHERE municipality_id = :town AND approved_by = author_id
AND (state = 'SENT' OR EXISTS (SELECT 1 FROM outbox o WHERE o.municipality_id = l.municipality_id
    AND o.letter_id = l.id AND o.attempts > 0))
""")
_WENT: Final = (
    "SELECT sent_at FROM letters WHERE municipality_id = :town AND person_id = :person"
    f" AND {PACED} AND sent_at > :since"
    # Given up as uncertain: it may stand on the phone.
    " UNION ALL SELECT doubt_since FROM outbox WHERE municipality_id = :town"
    f" AND person_id = :person AND {DOUBTED} AND state = 'IN_DOUBT' AND doubt_since > :since"
    " AND letter_id IN (SELECT id FROM letters WHERE municipality_id = :town"
    " AND id = outbox.letter_id AND kind NOT IN ('ACKNOWLEDGEMENT', 'REPLY'))"
)
_SENT: Final = text(_WENT)
_PACE: Final = text(
    f"{_WENT} UNION ALL SELECT opens_at FROM letters WHERE municipality_id = :town"
    f" AND person_id = :person AND {UNSENT_STATES} AND state = 'SCHEDULED' AND id <> :but"
    " AND kind NOT IN ('ACKNOWLEDGEMENT', 'REPLY')"
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

    async def of_ids(self, letter_ids: Iterable[LetterId]) -> dict[LetterId, Letter]:
        """Those of these that are there, with one question however many there are."""
        asked = sorted(set(letter_ids))
        if not asked:
            return {}
        rows = await self._tx.rows(
            select(_LETTERS).where(self._tx.mine(_LETTERS), _LETTERS.c.id.in_(asked))
        )
        return {letter.id: letter for letter in map(letter_of, rows)}

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
        wanted = letters_of_the_day(self._tx, opening_before=opening_before, at=at)
        return tuple(letter_of(row) for row in await self._tx.rows(wanted.limit(limit)))

    async def opens_unasked(self, *, after: datetime) -> datetime | None:
        """When the first window opens, after then, of a SCHEDULED letter that is still to be
        asked about."""
        row = await self._tx.one(next_to_ask(self._tx, after=after))
        return None if row is None else row[0]

    async def pace(
        self, person_id: PersonId, *, at: datetime, but: LetterId, take_every: int = 1
    ) -> Pace:
        """What this person has been sent, and is going to be sent, apart from acknowledgements
        and replies: SENT letters of the 30 days before `at`, and SCHEDULED ones but this one."""
        rows = await self._tx.connection.execute(
            _PACE,
            {
                "town": self._tx.municipality_id,
                "person": person_id,
                "but": but,
                "since": self._tx.moment(at - PACE_WINDOW * take_every),
            },
        )
        return Pace(moments=self._ascending(rows))

    async def sent_since(self, person_id: PersonId, *, since: datetime) -> tuple[datetime, ...]:
        """When this person was sent letters after that moment, or may have been, ascending;
        acknowledgements and replies apart."""
        rows = await self._tx.connection.execute(
            _SENT,
            {
                "town": self._tx.municipality_id,
                "person": person_id,
                "since": self._tx.moment(since),
            },
        )
        return self._ascending(rows)

    def _ascending(self, rows: Iterable[Sequence[Any]]) -> tuple[datetime, ...]:
        moments = (self._tx.moment_of(moment) for (moment,) in rows)
        return tuple(sorted(moment for moment in moments if moment is not None))

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
                        c.state == LetterState.UNREACHABLE.value,
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
        asked = {"town": self._tx.municipality_id, "own": SELF_APPROVED}
        rows = await self._tx.connection.execute(_UNAPPROVED, asked)
        return tuple(LetterId(letter_id) for (letter_id,) in rows)

    async def sent_self_approved(self) -> int:
        """How many letters left that their own author had approved."""
        row = await self._tx.one(_SELF_APPROVED.bindparams(town=self._tx.municipality_id))
        return 0 if row is None else int(row[0])

    async def approvals_ending(
        self, *, approved_before: datetime, lasts: timedelta, told: bool, limit: int
    ) -> tuple[Letter, ...]:
        """SCHEDULED letters that are not asked about on their day, approved at that moment or
        before, whose windows stay open longer than an approval lasts; oldest approval first."""
        wanted = outlasting_approvals(self._tx, lasts=lasts, told=told)
        given = wanted.where(_LETTERS.c.approved_at <= approved_before).limit(limit)
        return tuple(letter_of(row) for row in await self._tx.rows(given))

    async def oldest_approval(self, *, lasts: timedelta, told: bool) -> datetime | None:
        """When the oldest approval of those was given."""
        wanted = outlasting_approvals(self._tx, lasts=lasts, told=told)
        row = await self._tx.one(wanted.with_only_columns(_LETTERS.c.approved_at).limit(1))
        return None if row is None else row[0]
