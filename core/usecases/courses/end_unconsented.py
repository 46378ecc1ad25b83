"""End an approach that never came to consent (同意のないまま区切る): O20 by decision [D]."""

from datetime import datetime, tzinfo
from typing import Final

from core.agencies import Role
from core.cases import CaseState
from core.closing import PostClosing
from core.courses.outreach_guards import OutreachCourse
from core.days import local_day
from core.ids import StaffId
from core.leaving import Leaving, leave_nothing_open
from core.meetings.ids import ItemId, MeetingId
from core.ports import UnitOfWork
from core.programmes import Programme
from core.steps import Overtaken
from core.verdict_steps import follow_outreach, note_verdict_followed, take_verdict

_WHO: Final = frozenset({Role.COORDINATOR})


async def end_unconsented(
    uow: UnitOfWork,
    *,
    meeting_id: MeetingId,
    item_id: ItemId,
    version: int,
    reason: str,
    source_told: bool,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    closing: PostClosing | None = None,
) -> OutreachCourse:
    """The 支援会議 decided to close; the source hears of it, and letters end with a farewell.

    Args:
        version: of the case as it was shown.
        closing: with the farewell, where letters were sent.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, Overtaken, NothingDecidedYet, CourseStepClosed.
        NoActionUnexplained. MeetingUndecided: not a SHIEN item CLOSE. FarewellOpen: G-21.
    """
    async with uow.write() as work:
        verdict = await take_verdict(work, meeting_id, item_id, by=by, allowed=_WHO, tz=tz)
        if verdict.case.version != version:
            raise Overtaken(what="case")
        ended = await follow_outreach(
            work,
            verdict,
            to=CaseState.NO_ACTION,
            at=at,
            today=local_day(at, tz=tz),
            reason=reason.strip(),
            source_told=source_told,
            closing=closing,
        )
        leaving = Leaving(
            by=by,
            role=verdict.role,
            at=at,
            today=local_day(at, tz=tz),
            reason=reason.strip(),
            programmes=frozenset({Programme.OUTREACH}),
        )
        await leave_nothing_open(work, ended.case, leaving)
        await note_verdict_followed(work, verdict, at=at)
        await work.commit()
        return ended
