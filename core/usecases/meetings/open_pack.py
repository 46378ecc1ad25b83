"""Read the papers of a meeting, cut to what one may see (R-082)."""

from dataclasses import replace
from datetime import datetime, tzinfo

from core.audit import AuditEvent
from core.ids import StaffId
from core.meeting_steps import participant_of, role_here
from core.meetings.ids import MeetingId
from core.meetings.packs import Pack, pack_for
from core.open_sittings import RUNS_THE_AGENDA
from core.ports import UnitOfWork
from core.situations import situation_of
from core.transitions import ANY_STAFF


async def open_pack(
    uow: UnitOfWork, *, meeting_id: MeetingId, by: StaffId, at: datetime, tz: tzinfo
) -> Pack:
    """The agenda with the papers of those items in whose circle the reader is.

    Secretariat and clerk see the lines of the other items too, without papers. For each case
    of which something was shown, that it was read is recorded. Of a case that a mark closes to
    the reader there is nothing (R-015).

    Raises:
        NotFound. NotAtTheTable.
    """
    async with uow.write() as work:
        meeting = await work.meetings.get(meeting_id)
        reader = await participant_of(work, by)
        staff = await work.staff.get(by)
        role = await role_here(work, (), by=by, allowed=ANY_STAFF)
        situation = await situation_of(work, meeting, at=at, tz=tz)
        pack = pack_for(
            reader,
            meeting=meeting,
            situation=situation,
            at=at,
            runs_the_agenda=bool(RUNS_THE_AGENDA & staff.roles),
        )
        closed = await work.care_marks.closed_to(by)
        pack = replace(pack, items=tuple(item for item in pack.items if item.case_id not in closed))
        for item in pack.items:
            await work.audit.append(
                AuditEvent(
                    action="agenda_item.papers_opened",
                    at=at,
                    actor=by,
                    role=role.value,
                    subject=item.item_id,
                    case_id=item.case_id,
                    evidence=(f"extent={item.extent.value}",),
                )
            )
        if pack.items:
            await work.commit()
        return pack
