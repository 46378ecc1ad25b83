"""The town's sittings on their way, inside somebody's open transaction: who is told how much."""

from typing import Final

from core.agencies import Role, Staff
from core.ids import CaseId
from core.meetings.agendas import AgendaLine, Sitting, sitting_of
from core.meetings.items import AgendaItem
from core.ports import Work

# They see the line of every item, also of those outside whose circle they are (DOMAIN §3.7).
RUNS_THE_AGENDA: Final = frozenset({Role.SECRETARIAT, Role.CLERK})


async def sittings_open(work: Work) -> tuple[Sitting, ...]:
    """Those not over yet, without a line of what they are about; earliest first."""
    return tuple(sitting_of(meeting) for meeting in await work.meetings.open())


async def sittings_seen(work: Work, reader: Staff) -> tuple[Sitting, ...]:
    """Those not over yet, with the lines that this reader may know of; earliest first.

    A line is told to whoever works on its case, to the circle in which it was discussed, and to
    those who run the agenda; of a case that a mark closes (R-015), to nobody it is closed to.
    """
    closed = await work.care_marks.closed_to(reader.id)
    own = {seat.case_id for seat in await work.staff.seats_of(reader.id)}
    me = {one.id for one in await work.bodies.participants_of(reader.id)}
    runs = bool(RUNS_THE_AGENDA & reader.roles)
    aliases: dict[CaseId, str] = {}

    async def line(item: AgendaItem) -> AgendaLine | None:
        if item.case_id is None:
            return AgendaLine(item_id=item.id, purpose=item.purpose)
        if item.case_id in closed or not (runs or item.case_id in own or item.circle & me):
            return None
        if item.case_id not in aliases:
            aliases[item.case_id] = (await work.cases.get(item.case_id)).alias
        return AgendaLine(
            item_id=item.id,
            purpose=item.purpose,
            alias=aliases[item.case_id],
            at_home=item.subjects,
        )

    return tuple(
        [
            sitting_of(meeting, [one for item in meeting.live if (one := await line(item))])
            for meeting in await work.meetings.open()
        ]
    )
