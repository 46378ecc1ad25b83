"""Close participation (参加支援を終結する): PT9, and PT10 by itself (R-065)."""

from datetime import date, datetime, tzinfo
from typing import Any, Final

from core.agencies import Role
from core.closing import PostClosing
from core.course_kinds import TAKING_PART
from core.course_steps import course_shown
from core.courses.participation import Participation, ParticipationState
from core.days import local_day
from core.ids import StaffId
from core.meetings.ids import ItemId, MeetingId
from core.ports import UnitOfWork
from core.verdict_steps import (
    follow_course,
    keep_in_touch_there,
    settle_verdict,
    take_verdict,
)

_WHO: Final = frozenset({Role.COORDINATOR})


async def close_participation(
    uow: UnitOfWork,
    *,
    meeting_id: MeetingId,
    item_id: ItemId,
    version: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    closing: PostClosing,
    stable_since: date | None = None,
) -> Participation:
    """Ties are there and stable, it was decided, and somebody keeps in touch.

    Args:
        version: of the course as it was shown.
        stable_since: since when; None takes the day on the match with the place.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, NotInTheCircle, Overtaken, NothingDecidedYet.
        CourseStepClosed. TiesNotStable, ClosingNotEvaluated, NotStableYet, HandOverOpen,
        MeetingUndecided.
    """
    async with uow.write() as work:
        verdict = await take_verdict(work, meeting_id, item_id, by=by, allowed=_WHO, tz=tz)
        await course_shown(work, verdict.case, TAKING_PART, version=version)
        moved = await follow_course(
            work,
            verdict,
            TAKING_PART,
            to=ParticipationState.CLOSED,
            at=at,
            today=local_day(at, tz=tz),
            closing=closing,
            **_since(stable_since),
        )
        moved = await keep_in_touch_there(work, verdict.case, at=at, today=local_day(at, tz=tz))
        await settle_verdict(work, verdict, at=at)
        await work.commit()
        return moved


def _since(stable_since: date | None) -> dict[str, Any]:
    return {} if stable_since is None else {"stable_since": stable_since}
