"""Note what is seen at first (はじめの見立て): O2."""

from datetime import datetime, tzinfo

from core.access import Action
from core.assessments import IntakeAssessment
from core.audit import AuditEvent
from core.cases import CaseState
from core.course_steps import come_to, walk_outreach
from core.courses.outreach_guards import OutreachCourse
from core.days import local_day
from core.ids import AssessmentId, CaseId, StaffId
from core.ports import UnitOfWork


async def note_first_assessment(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    version: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    note: str = "",
) -> OutreachCourse:
    """With a first note the question is asked who leads.

    Args:
        note: becomes the formulation of a sheet of its own; "" where a sheet is there already.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, Overtaken, CourseStepClosed.
        AssessmentNoteMissing: neither a note nor a sheet.
    """
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.MOVE_CASE, version=version)
        today = local_day(at, tz=tz)
        if note.strip():
            sheet = IntakeAssessment(
                id=AssessmentId(work.new_id()),
                case_id=case_id,
                assessed_on=today,
                authors=(by,),
                formulation=note.strip(),
            )
            await work.assessments.put(sheet)
            await work.audit.append(
                AuditEvent(
                    action="assessment.written",
                    at=at,
                    actor=by,
                    role=here.opened.value,
                    subject=sheet.id,
                    case_id=case_id,
                )
            )
        moved = await walk_outreach(work, here, to=CaseState.LEAD_REVIEW, at=at, today=today)
        await work.commit()
        return moved
