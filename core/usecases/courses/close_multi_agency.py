"""Close multi-agency support (多機関協働を終結する): MK7 (R-067, R-069)."""

from datetime import datetime, tzinfo
from typing import Final

from core.agencies import Role
from core.closing import PostClosing
from core.course_kinds import TOGETHER
from core.course_steps import course_shown
from core.courses.multi_agency import MultiAgency, MultiAgencyState
from core.days import local_day
from core.ids import StaffId
from core.meetings.ids import ItemId, MeetingId
from core.ports import UnitOfWork
from core.verdict_steps import follow_course, settle_verdict, take_verdict

_WHO: Final = frozenset({Role.COORDINATOR})


async def close_multi_agency(
    uow: UnitOfWork,
    *,
    meeting_id: MeetingId,
    item_id: ItemId,
    version: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    closing: PostClosing,
) -> MultiAgency:
    """Issues are ordered, it was decided, and an agency leads on.

    Args:
        version: of the course as it was shown.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, NotInTheCircle, Overtaken, NothingDecidedYet.
        CourseStepClosed. ClosingNotEvaluated, NotStableYet, HandOverOpen, MeetingUndecided.
    """
    async with uow.write() as work:
        verdict = await take_verdict(work, meeting_id, item_id, by=by, allowed=_WHO, tz=tz)
        await course_shown(work, verdict.case, TOGETHER, version=version)
        moved = await follow_course(
            work,
            verdict,
            TOGETHER,
            to=MultiAgencyState.CLOSED,
            at=at,
            today=local_day(at, tz=tz),
            closing=closing,
        )
        await settle_verdict(work, verdict, at=at)
        await work.commit()
        return moved
