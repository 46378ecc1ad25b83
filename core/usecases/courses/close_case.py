"""Close a case (終結する): O10, and O12 by itself."""

from datetime import datetime, tzinfo
from typing import Final

from core.agencies import Role
from core.cases import CaseState
from core.closing import PostClosing
from core.courses.outreach_guards import OutreachCourse
from core.days import local_day
from core.ids import StaffId
from core.meetings.ids import ItemId, MeetingId
from core.ports import UnitOfWork
from core.steps import Overtaken
from core.verdict_steps import (
    follow_outreach,
    keep_in_touch,
    note_verdict_followed,
    take_verdict,
)

_WHO: Final = frozenset({Role.COORDINATOR})


async def close_case(
    uow: UnitOfWork,
    *,
    meeting_id: MeetingId,
    item_id: ItemId,
    version: int,
    closing: PostClosing,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> OutreachCourse:
    """A hand-over, not an end: decided, handed on, with a farewell, and a day to keep in touch.

    Where the person took sharing back and support ran on, a 支援会議 decides it [D].

    Args:
        version: of the case as it was shown.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, Overtaken, NothingDecidedYet, CourseStepClosed.
        MeetingUndecided: R-030. NotStableYet, HandOverOpen, FarewellOpen, NextContactUnset.
    """
    async with uow.write() as work:
        verdict = await take_verdict(work, meeting_id, item_id, by=by, allowed=_WHO, tz=tz)
        if verdict.case.version != version:
            raise Overtaken(what="case")
        today = local_day(at, tz=tz)
        closed = await follow_outreach(
            work, verdict, to=CaseState.CLOSED, at=at, today=today, closing=closing
        )
        followed = await keep_in_touch(work, closed.case, at=at, today=today)
        await note_verdict_followed(work, verdict, at=at)
        await work.commit()
        return followed
