"""Let the source lead, with advice of multi-agency (主担当を相談元に戻す): R-010."""

from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Final

from core.agencies import Role
from core.cases import LeadMode
from core.course_steps import keep_case, tell_case
from core.courses.grounds import Lead
from core.days import local_day
from core.ids import AgencyId, StaffId
from core.lead_changes import LeadAtSource, LeadChangeUnfounded, lead_at_source
from core.meetings.decisions import Outcome
from core.meetings.ids import ItemId, MeetingId
from core.ports import UnitOfWork
from core.steps import Overtaken
from core.verdict_steps import take_verdict

_WHO: Final = frozenset({Role.CHAIR, Role.SECRETARIAT, Role.CLERK, Role.COORDINATOR})


async def lead_to_source(
    uow: UnitOfWork,
    *,
    meeting_id: MeetingId,
    item_id: ItemId,
    version: int,
    advised_by: AgencyId | None,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> LeadAtSource:
    """A meeting found that the source should lead; somebody goes on advising it.

    Args:
        version: of the case as it was shown.
        advised_by: the agency that advises, in principle that of multi-agency.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, NotInTheCircle, Overtaken, NothingDecidedYet.
        LeadChangeUnfounded: the item decided something else, or nobody advises.
    """
    async with uow.write() as work:
        verdict = await take_verdict(work, meeting_id, item_id, by=by, allowed=_WHO, tz=tz)
        if verdict.case.version != version:
            raise Overtaken(what="case")
        decided = verdict.item.decision
        source = decided.lead_agency_id if decided is not None else None
        if decided is None or decided.outcome is not Outcome.LEAD_CHANGED or source is None:
            raise LeadChangeUnfounded(missing="meeting", allowed="REQUEST_MEETING")
        course = await work.courses.outreach(verdict.case)
        was = course.lead.agency_id if course is not None and course.lead is not None else None
        led = lead_at_source(
            verdict.case.id,
            was_agency_id=was or AgencyId(""),
            source_agency_id=source,
            advised_by=advised_by,
            meeting_id=meeting_id,
            by=by,
            role=verdict.role,
            at=at,
        )
        case = await keep_case(work, verdict.case, was=verdict.case)
        if course is not None:
            today = local_day(at, tz=tz)
            lead = Lead(mode=LeadMode.CO_LEAD, agency_id=source, accepted_on=today)
            await work.courses.put_outreach(replace(course, case=case, lead=lead))
        await work.audit.append(led.event)
        await tell_case(work, case, verdict.seats, at=at)
        await work.commit()
        return led
