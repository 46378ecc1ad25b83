"""Note that the person has agreed (同意を得たことを記す): O6, and O7 where it is open."""

from datetime import datetime, tzinfo

from core.access import Action
from core.agencies import Role
from core.audit import SYSTEM
from core.cases import CaseState
from core.course_echoes import support_begins
from core.course_steps import come_to, outreach_of, walk_outreach
from core.courses.outreach_guards import OutreachCourse
from core.courses.steps import FINAL
from core.days import local_day
from core.ids import CaseId, StaffId
from core.plans.sheet import LegalStatus
from core.ports import UnitOfWork
from core.programmes import Programme


async def note_agreement(
    uow: UnitOfWork, *, case_id: CaseId, version: int, by: StaffId, at: datetime, tz: tzinfo
) -> OutreachCourse:
    """The application stands in the ledger, so the case goes on; nothing is asked twice.

    Where a plan of the time after consent is final already, support begins at once.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, Overtaken, CourseStepClosed.
        ServiceUseMissing: the ledger has no application in force.
    """
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.MOVE_CASE, version=version)
        today = local_day(at, tz=tz)
        moved = await walk_outreach(work, here, to=CaseState.CONSENTED, at=at, today=today)
        for plan in await work.plans.of_case(case_id):
            after = plan.sheet.legal_status is LegalStatus.POST_CONSENT
            if plan.programme is Programme.OUTREACH and plan.state in FINAL and after:
                await support_begins(
                    work,
                    case=moved.case,
                    plan=plan,
                    by=SYSTEM,
                    role=Role.SYSTEM,
                    at=at,
                    today=today,
                )
        moved = await outreach_of(work, await work.cases.get(case_id))
        await work.commit()
        return moved
