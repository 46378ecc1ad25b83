"""Go on supporting (終結を見送り、支援を続ける): O11."""

from datetime import datetime, tzinfo
from typing import Final

from core.agencies import Role
from core.cases import CaseState
from core.courses.outreach_guards import OutreachCourse
from core.days import local_day
from core.ids import StaffId
from core.meetings.ids import ItemId, MeetingId
from core.ports import UnitOfWork
from core.steps import Overtaken
from core.verdict_steps import follow_outreach, note_verdict_followed, take_verdict

_WHO: Final = frozenset({Role.CHAIR, Role.SECRETARIAT, Role.CLERK, Role.COORDINATOR})


async def continue_support(
    uow: UnitOfWork,
    *,
    meeting_id: MeetingId,
    item_id: ItemId,
    version: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> OutreachCourse:
    """The meeting said: not yet, or plan anew.

    Args:
        version: of the case as it was shown.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, NotInTheCircle, Overtaken, NothingDecidedYet.
        CourseStepClosed. MeetingUndecided: it decided otherwise. ServiceUseMissing.
    """
    async with uow.write() as work:
        verdict = await take_verdict(work, meeting_id, item_id, by=by, allowed=_WHO, tz=tz)
        if verdict.case.version != version:
            raise Overtaken(what="case")
        goes_on = await follow_outreach(
            work, verdict, to=CaseState.CONTINUING_SUPPORT, at=at, today=local_day(at, tz=tz)
        )
        await note_verdict_followed(work, verdict, at=at)
        await work.commit()
        return goes_on
