"""Interrupt a case (中断する): O14 (R-052)."""

from datetime import datetime, tzinfo
from typing import Final

from core.agencies import Role
from core.cases import CaseState
from core.courses.outreach_guards import OutreachCourse
from core.days import local_day
from core.ids import StaffId
from core.interruption import EffortRules
from core.meetings.ids import ItemId, MeetingId
from core.ports import UnitOfWork
from core.steps import Overtaken
from core.verdict_steps import follow_outreach, note_verdict_followed, take_verdict

_WHO: Final = frozenset({Role.CHAIR, Role.SECRETARIAT, Role.CLERK, Role.COORDINATOR})


async def interrupt_case(
    uow: UnitOfWork,
    *,
    meeting_id: MeetingId,
    item_id: ItemId,
    version: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    effort: EffortRules | None = None,
) -> OutreachCourse:
    """Decided, and still without any sign: the log is read once more, to this moment.

    Args:
        version: of the case as it was shown.
        effort: how much the town asks for.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, NotInTheCircle, Overtaken, NothingDecidedYet.
        CourseStepClosed. TieStillThere, EffortMissing: R-052. MeetingUndecided: R-030.
    """
    async with uow.write() as work:
        verdict = await take_verdict(work, meeting_id, item_id, by=by, allowed=_WHO, tz=tz)
        if verdict.case.version != version:
            raise Overtaken(what="case")
        rests = await follow_outreach(
            work,
            verdict,
            to=CaseState.INTERRUPTED,
            at=at,
            today=local_day(at, tz=tz),
            effort=effort,
        )
        await note_verdict_followed(work, verdict, at=at)
        await work.commit()
        return rests
