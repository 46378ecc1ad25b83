"""Interrupt multi-agency support (多機関協働を中断する): MK8 (R-052)."""

from datetime import datetime, tzinfo
from typing import Final

from core.agencies import Role
from core.course_steps import multi_agency_shown
from core.courses.multi_agency import MultiAgency, MultiAgencyState
from core.days import local_day
from core.ids import StaffId
from core.interruption import EffortRules
from core.meetings.ids import ItemId, MeetingId
from core.ports import UnitOfWork
from core.verdict_steps import follow_multi_agency, settle_verdict, take_verdict

_WHO: Final = frozenset({Role.CHAIR, Role.SECRETARIAT, Role.CLERK, Role.COORDINATOR})


async def interrupt_multi_agency(
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
) -> MultiAgency:
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
        await multi_agency_shown(work, verdict.case, version=version)
        moved = await follow_multi_agency(
            work,
            verdict,
            to=MultiAgencyState.INTERRUPTED,
            at=at,
            today=local_day(at, tz=tz),
            lost_since=lost_since,
            effort=effort,
        )
        await settle_verdict(work, verdict, at=at)
        await work.commit()
        return moved
