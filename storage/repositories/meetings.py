"""Meeting bodies and their people; sittings and the items on their agendas."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import select

from core.ids import CaseId, StaffId
from core.meetings.bodies import MeetingBody, Participant
from core.meetings.ids import BodyId, MeetingId, ParticipantId
from core.meetings.pledges import Pledge
from core.meetings.sittings import Meeting, MeetingState
from storage import tables
from storage.shelves import Shelf
from storage.transaction import Transaction, table_of

_ITEMS: Final = table_of(tables.AgendaItemRow)
_ENDED: Final = (MeetingState.CLOSED.value, MeetingState.CANCELLED.value)


class SqlBodies:
    """core.ports.Bodies."""

    def __init__(self, transaction: Transaction) -> None:
        self._bodies: Shelf[MeetingBody] = Shelf(
            transaction,
            tables.MeetingBodyRow,
            columns=lambda body: {
                "id": body.id,
                "basis": body.basis.value,
                "name": body.name,
                "version": body.version,
            },
            what="meeting body",
        )
        self._participants: Shelf[Participant] = Shelf(
            transaction,
            tables.ParticipantRow,
            columns=lambda one: {
                "id": one.id,
                "staff_id": one.staff_id,
                "agency_id": one.agency_id,
                "person_id": one.person_id,
            },
            what="participant",
        )
        self._pledges: Shelf[Pledge] = Shelf(
            transaction,
            tables.PledgeRow,
            columns=lambda pledge: {
                "id": transaction.new_id(),
                "participant_id": pledge.participant_id,
                "signed_at": pledge.signed_at,
            },
            what="pledge",
        )

    async def get(self, body_id: BodyId) -> MeetingBody:
        """Raises: NotFound."""
        return await self._bodies.get(body_id)

    async def all(self) -> tuple[MeetingBody, ...]:
        """In the order in which they were set up."""
        return await self._bodies.all()

    async def add(self, body: MeetingBody) -> None:
        """A new body."""
        await self._bodies.add(body)

    async def change(self, body: MeetingBody) -> bool:
        """Counts the version on."""
        now = replace(body, version=body.version + 1)
        return await self._bodies.change(now, version=body.version)

    async def participant(self, participant_id: ParticipantId) -> Participant:
        """Raises: NotFound."""
        return await self._participants.get(participant_id)

    async def participants(self) -> tuple[Participant, ...]:
        """Everybody."""
        return await self._participants.all()

    async def participants_of(self, staff_id: StaffId) -> tuple[Participant, ...]:
        """As whom a colleague sits."""
        return await self._participants.all(self._participants.c.staff_id == staff_id)

    async def put_participant(self, participant: Participant) -> None:
        """New, or in their place."""
        await self._participants.put(participant)

    async def pledges(self) -> tuple[Pledge, ...]:
        """In the order in which they were signed."""
        return await self._pledges.all(by=self._pledges.c.signed_at)

    async def add_pledge(self, pledge: Pledge) -> None:
        """A new pledge."""
        await self._pledges.add(pledge)


class SqlMeetings:
    """core.ports.Meetings."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction
        self._shelf: Shelf[Meeting] = Shelf(
            transaction, tables.MeetingRow, columns=_meeting_columns, what="meeting"
        )

    async def get(self, meeting_id: MeetingId) -> Meeting:
        """Raises: NotFound."""
        return await self._shelf.get(meeting_id)

    async def of_case(
        self, case_id: CaseId, *, limit: int | None = None, before: str | None = None
    ) -> tuple[Meeting, ...]:
        """Newest first."""
        c = self._shelf.c
        named = select(_ITEMS.c.meeting_id).where(
            self._tx.mine(_ITEMS), _ITEMS.c.case_id == case_id
        )
        older = () if before is None else (c.id < before,)
        return await self._shelf.all(c.id.in_(named), *older, by=(c.id.desc(),), limit=limit)

    async def open(self) -> tuple[Meeting, ...]:
        """Those without a date last."""
        c = self._shelf.c
        return await self._shelf.all(
            c.state.not_in(_ENDED), by=(c.begins_at.is_(None), c.begins_at, c.id)
        )

    async def between(self, since: datetime, until: datetime) -> tuple[Meeting, ...]:
        """By their beginning."""
        c = self._shelf.c
        return await self._shelf.all(c.begins_at >= since, c.begins_at < until, by=c.begins_at)

    async def add(self, meeting: Meeting) -> None:
        """A new sitting, with its items."""
        await self._shelf.add(meeting)
        await self._list_items(meeting)

    async def change(self, meeting: Meeting, *, version: int) -> bool:
        """Whether it still had that version; its items are listed anew."""
        if not await self._shelf.change(meeting, version=version):
            return False
        await self._tx.run(
            _ITEMS.delete().where(self._tx.mine(_ITEMS), _ITEMS.c.meeting_id == meeting.id)
        )
        await self._list_items(meeting)
        return True

    async def _list_items(self, meeting: Meeting) -> None:
        for item in meeting.items:
            await self._tx.run(
                _ITEMS.insert().values(
                    municipality_id=self._tx.municipality_id,
                    id=item.id,
                    meeting_id=meeting.id,
                    case_id=item.case_id,
                    purpose=item.purpose.value,
                    basis=None if item.ground is None else item.ground.basis.value,
                    state=item.state.value,
                )
            )


def _meeting_columns(meeting: Meeting) -> dict[str, object]:
    return {
        "id": meeting.id,
        "state": meeting.state.value,
        "requested_by": meeting.requested_by,
        "begins_at": min((block.begins_at for block in meeting.blocks), default=None),
        "version": meeting.version,
    }
