"""Look at a case that lives on LINE alone (LINEだけの関わりをふり返る): R-029."""

from dataclasses import replace
from datetime import datetime, tzinfo

from core.access import Action
from core.course_steps import come_to, event_of, keep_case, outreach_of, tell_case
from core.courses.outreach_guards import OutreachCourse
from core.days import local_day
from core.errors import CaseworkError
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork


class ReviewEmpty(CaseworkError):
    """A look at a case says what comes next. Facts: `allowed`."""

    rule = "R-029"


async def review_line_only(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    version: int,
    finding: str,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> OutreachCourse:
    """Somebody thought about what else there could be; it is looked at again in 90 days.

    Args:
        finding: what comes next; staff text.

    Raises:
        NotFound, NotActive, NotYours, Overtaken. ReviewEmpty.
    """
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.MOVE_CASE, version=version)
        if not finding.strip():
            raise ReviewEmpty(allowed="what comes next")
        course = await outreach_of(work, here.case)
        case = await keep_case(work, here.case, was=here.case)
        now = replace(course, case=case, line_reviewed_on=local_day(at, tz=tz))
        await work.courses.put_outreach(now)
        event = event_of(
            "case.line_reviewed", case, by=by, role=here.opened, at=at, reason=finding.strip()
        )
        await work.audit.append(event)
        await tell_case(work, case, here.seats, at=at)
        await work.commit()
        return now
