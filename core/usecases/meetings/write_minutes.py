"""Write the minutes of one item (議事録を書く); the first ones make the draft (M7)."""

from datetime import datetime, tzinfo

from core.ids import StaffId
from core.meeting_steps import keep_change, meeting_at, participant_of, role_here, take_step
from core.meetings.changes import with_minutes
from core.meetings.ids import ItemId, MeetingId
from core.meetings.machine import CLERK
from core.meetings.minutes import Minutes, MinutesField, SharedInformation
from core.meetings.sittings import Meeting, MeetingState
from core.meetings.situation import Command
from core.ports import UnitOfWork
from core.programmes import PLANNING
from core.situations import Runs, situation_of


async def write_minutes(
    uow: UnitOfWork,
    *,
    meeting_id: MeetingId,
    version: int,
    item_id: ItemId,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    content: tuple[tuple[MinutesField, str], ...] = (),
    facts: tuple[str, ...] = (),
    opinions: tuple[str, ...] = (),
    shared: tuple[SharedInformation, ...] = (),
    runs: Runs = PLANNING,
) -> Meeting:
    """The minutes of this item, in place of earlier ones, facts apart from opinions.

    Raises:
        RoleNeeded. NotAtTheTable: the clerk is not registered for meetings. Overtaken.
        MeetingNotThere: not held yet, or confirmed already. ItemNotHere.
    """
    async with uow.write() as work:
        meeting = await meeting_at(work, meeting_id, version=version)
        role = await role_here(work, meeting.live, by=by, allowed=CLERK)
        writer = await participant_of(work, by)
        minutes = Minutes(
            item_id=item_id,
            written_by=writer.id,
            content=content,
            facts=facts,
            opinions=opinions,
            shared=shared,
        )
        written = await keep_change(
            work,
            meeting,
            with_minutes(meeting, minutes),
            action="agenda_item.minuted",
            by=by,
            role=role,
            at=at,
            item=meeting.item(item_id),
        )
        if written.state is MeetingState.HELD:
            situation = await situation_of(work, written, at=at, tz=tz, runs=runs)
            written = await take_step(
                work,
                written,
                to=MeetingState.MINUTES_DRAFT,
                command=Command(by=by, role=role, at=at),
                situation=situation,
            )
        await work.commit()
        return written
