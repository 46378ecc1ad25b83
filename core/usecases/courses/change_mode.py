"""Go on alone, or together with multi-agency (支援の形を変える): O8."""

from datetime import datetime, tzinfo
from typing import Final

from core.access import Action
from core.agencies import Role
from core.course_grounds import grounds_of
from core.course_steps import come_to, keep_outreach, outreach_of, tell_case
from core.courses import outreach
from core.courses.modes import ModeReason, SupportMode
from core.courses.outreach_guards import OutreachCourse
from core.days import local_day
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork

_WHO: Final = frozenset({Role.OUTREACH_WORKER, Role.COORDINATOR})


async def change_mode(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    version: int,
    mode: SupportMode,
    why: ModeReason,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> OutreachCourse:
    """As fits the person; together only where the person applied for multi-agency, too.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, Overtaken, CourseStepClosed.
        ModeUnfit: the reason speaks for the other, or the application is missing.
    """
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.MOVE_CASE, version=version)
        step = outreach.change_mode(
            await outreach_of(work, here.case),
            mode=mode,
            why=why,
            by=by,
            role=here.role_for(_WHO),
            grounds=await grounds_of(work, here.case, at=at, today=local_day(at, tz=tz)),
        )
        kept = await keep_outreach(work, step, was=here.case)
        await tell_case(work, kept.case, here.seats, at=at)
        await work.commit()
        return kept
