"""Open what an assessment has from taxation: for the officer who brought it in (R-043)."""

from datetime import UTC, datetime, tzinfo

from core.assessments import Money, tax_holder
from core.days import local_day
from core.errors import NotFound
from core.ids import AssessmentId, CaseId, StaffId
from core.ports import UnitOfWork
from core.reading import open_tax_fact as opened
from core.reading_steps import open_for


async def open_tax_fact(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    assessment_id: AssessmentId,
    by: StaffId,
    at: datetime,
    tz: tzinfo = UTC,
) -> Money:
    """The money part of one sheet; that it was opened, and by whom, becomes part of the record.

    Raises:
        NotFound: no such sheet on this case, none with facts from taxation, or a case that a
            mark closes to this reader (R-015).
        NotActive, NotYours: no municipal officer of this case.
        NotTheHolder: another officer brought it in.
    """
    async with uow.write() as work:
        case = await work.cases.get(case_id)
        sheet = await work.assessments.get(assessment_id)
        holder_id = tax_holder(sheet)
        if sheet.case_id != case.id or sheet.money is None or holder_id is None:
            raise NotFound(what="assessment", id=assessment_id)
        door = await open_for(work, case, by=by, at=at, today=local_day(at, tz=tz), most=0)
        reading = opened(
            await work.staff.get(by),
            case_id=case.id,
            holder_id=holder_id,
            at=at,
            seats=door.seats,
        )
        await work.audit.append(reading.event)
        await work.commit()
        return sheet.money
