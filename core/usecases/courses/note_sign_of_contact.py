"""Note a sign of contact (連絡がついたことを記す): O15."""

from datetime import datetime, tzinfo

from core.access import Action
from core.cases import CaseState
from core.course_echoes import sign_came
from core.course_steps import come_to, outreach_of
from core.courses.outreach_guards import OutreachCourse
from core.courses.walking import CourseStepClosed
from core.days import local_day
from core.errors import NotFound
from core.ids import CaseId, ContactId, StaffId
from core.ports import UnitOfWork


async def note_sign_of_contact(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    version: int,
    contact_id: ContactId,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> OutreachCourse:
    """The case goes back to where it stood before the review.

    A person met, or a word of theirs, does so by itself; this is for what only a colleague can
    see as a sign, such as a light, or a letter taken in.

    Args:
        contact_id: the entry of the log that tells of it.

    Raises:
        NotFound: no such entry on this case. NotActive, NotYours, RoleNeeded, Overtaken.
        CourseStepClosed: no interruption is thought over.
    """
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.LOG_CONTACT, version=version)
        entries = await work.contacts.of_case(case_id, limit=None)
        if contact_id not in {entry.id for entry in entries}:
            raise NotFound(what="contact", id=contact_id)
        if here.case.state is not CaseState.INTERRUPTION_REVIEW:
            raise CourseStepClosed(state=here.case.state, to="O15", allowed="INTERRUPTION_REVIEW")
        await sign_came(
            work,
            case_id,
            sign=contact_id,
            at=at,
            today=local_day(at, tz=tz),
            by=by,
            role=here.opened,
        )
        moved = await outreach_of(work, await work.cases.get(case_id))
        await work.commit()
        return moved
