"""Put another item on the agenda of a meeting to come (議題を加える)."""

from datetime import datetime, tzinfo

from core.ids import StaffId
from core.meeting_steps import keep_change, meeting_at, require_plan_here, role_here
from core.meetings.asking import ItemAsked, item_asked
from core.meetings.changes import with_typed_item
from core.meetings.ids import ItemId, MeetingId
from core.meetings.sittings import Meeting
from core.municipal_profiles.profile import MunicipalProfile
from core.ports import UnitOfWork
from core.programmes import PLANNING
from core.situations import Runs, situation_now
from core.transitions import ANY_STAFF


async def add_item(
    uow: UnitOfWork,
    *,
    meeting_id: MeetingId,
    version: int,
    asked: ItemAsked,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    runs: Runs = PLANNING,
    profile: MunicipalProfile | None = None,
) -> Meeting:
    """The meeting with the item, typed at once; each item keeps its own law (R-047).

    Raises:
        RoleNeeded. Overtaken. MeetingNotThere: people have been called already.
        ItemNotHere: its body does not sit on that day. The refusals of `request_meeting`.
    """
    async with uow.write() as work:
        meeting = await meeting_at(work, meeting_id, version=version)
        case = None if asked.case_id is None else await work.cases.get(asked.case_id)
        item = item_asked(
            asked,
            id=ItemId(work.new_id()),
            person_id=None if case is None else case.person_id,
            by=by,
            at=at,
        )
        role = await role_here(work, (item,), by=by, allowed=ANY_STAFF)
        situation = await situation_now(work, (item,), at=at, tz=tz, runs=runs)
        changed = with_typed_item(meeting, item, situation=situation)
        fresh = changed.item(item.id)
        await require_plan_here(work, case, fresh, profile=profile)
        basis = "" if fresh is None or fresh.ground is None else fresh.ground.basis.value
        changed = await keep_change(
            work,
            meeting,
            changed,
            action="agenda_item.added",
            by=by,
            role=role,
            at=at,
            item=item,
            evidence=(f"basis={basis}",),
        )
        await work.commit()
        return changed
