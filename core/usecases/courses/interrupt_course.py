"""Interrupt participation or multi-agency (参加支援・多機関協働を中断する): PT11, MK8 (R-052)."""

from datetime import datetime, tzinfo
from typing import Any, Final

from core.agencies import Role
from core.course_kinds import KINDS
from core.course_steps import course_shown
from core.courses.steps import Course
from core.days import local_day
from core.ids import StaffId
from core.interruption import EffortRules
from core.meetings.ids import ItemId, MeetingId
from core.ports import UnitOfWork
from core.programmes import Programme
from core.verdict_steps import follow_course, settle_verdict, take_verdict

_WHO: Final = frozenset({Role.CHAIR, Role.SECRETARIAT, Role.CLERK, Role.COORDINATOR})


async def interrupt_course(
    uow: UnitOfWork,
    *,
    programme: Programme,
    meeting_id: MeetingId,
    item_id: ItemId,
    version: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    lost_since: datetime,
    effort: EffortRules | None = None,
) -> Course[Any]:
    """Contact is lost completely, everything was tried, and a meeting decided.

    Args:
        programme: which of the two.
        version: of the course as it was shown.
        lost_since: since when contact seems lost; aware.
        effort: how much the town asks for.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, NotInTheCircle, Overtaken, NothingDecidedYet.
        CourseStepClosed. TieStillThere, EffortMissing: R-052. MeetingUndecided: R-030.
    """
    kind = KINDS[programme]
    async with uow.write() as work:
        verdict = await take_verdict(work, meeting_id, item_id, by=by, allowed=_WHO, tz=tz)
        await course_shown(work, verdict.case, kind, version=version)
        moved = await follow_course(
            work,
            verdict,
            kind,
            to=kind.machine.interrupted,
            at=at,
            today=local_day(at, tz=tz),
            lost_since=lost_since,
            effort=effort,
        )
        await settle_verdict(work, verdict, at=at)
        await work.commit()
        return moved
