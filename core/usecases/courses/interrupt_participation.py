"""Interrupt participation (参加支援を中断する): PT11 (R-052)."""

from datetime import datetime, tzinfo
from typing import Final

from core.agencies import Role
from core.course_steps import participation_shown
from core.courses.participation import Participation, ParticipationState
from core.days import local_day
from core.ids import StaffId
from core.interruption import EffortRules
from core.meetings.ids import ItemId, MeetingId
from core.ports import UnitOfWork
from core.verdict_steps import follow_participation, settle_verdict, take_verdict

_WHO: Final = frozenset({Role.CHAIR, Role.SECRETARIAT, Role.CLERK, Role.COORDINATOR})


async def interrupt_participation(
    uow: UnitOfWork,
    *,
    meeting_id: MeetingId,
    item_id: ItemId,
    version: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    lost_since: datetime,
    effort: EffortRules | None = None,
) -> Participation:
    """Contact is lost completely, everything was tried, and a meeting decided.

    Args:
        version: of the course as it was shown.
        lost_since: since when contact seems lost; aware.
        effort: how much the town asks for.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, NotInTheCircle, Overtaken, NothingDecidedYet.
        CourseStepClosed. TieStillThere, EffortMissing: R-052. MeetingUndecided: R-030.
    """
    async with uow.write() as work:
        verdict = await take_verdict(work, meeting_id, item_id, by=by, allowed=_WHO, tz=tz)
        await participation_shown(work, verdict.case, version=version)
        moved = await follow_participation(
            work,
            verdict,
            to=ParticipationState.INTERRUPTED,
            at=at,
            today=local_day(at, tz=tz),
            lost_since=lost_since,
            effort=effort,
        )
        await settle_verdict(work, verdict, at=at)
        await work.commit()
        return moved
