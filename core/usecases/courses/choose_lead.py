"""Settle who leads (主担当を決める): O3, O4 (R-020)."""

from dataclasses import replace
from datetime import date, datetime, tzinfo

from core.access import Action
from core.cases import CaseState, LeadMode
from core.course_steps import come_to, event_of, keep_case, outreach_of, walk_outreach
from core.courses.grounds import Lead
from core.courses.outreach_guards import OutreachCourse
from core.days import local_day
from core.ids import AgencyId, CaseId, StaffId
from core.ports import UnitOfWork


async def choose_lead(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    version: int,
    mode: LeadMode,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    agency_id: AgencyId | None = None,
    accepted_on: date | None = None,
    lead_staff_id: StaffId | None = None,
) -> OutreachCourse:
    """We lead, alone or with another agency; or the other does, once it has said yes.

    Args:
        lead_staff_id: the colleague who leads the case from now on; None leaves it as it is.

    Raises:
        NotFound, NotActive, NotYours, RoleNeeded, Overtaken, CourseStepClosed.
        LeadNotChosen: R-020. LeadNotAccepted: the other agency has not said yes (O4).
    """
    async with uow.write() as work:
        here = await come_to(work, case_id, by=by, action=Action.MOVE_CASE, version=version)
        elsewhere = mode is LeadMode.OTHER_LEAD
        moved = await walk_outreach(
            work,
            here,
            to=CaseState.REFERRED_OUT if elsewhere else CaseState.PRE_COORDINATION,
            at=at,
            today=local_day(at, tz=tz),
            lead=Lead(mode=mode, agency_id=agency_id, accepted_on=accepted_on),
        )
        if lead_staff_id is not None and not elsewhere:
            leader = await work.staff.get(lead_staff_id)
            led = replace(moved.case, lead_staff_id=leader.id)
            await work.audit.append(
                event_of(
                    "case.lead_named",
                    led,
                    by=by,
                    role=here.opened,
                    at=at,
                    was=moved.case.lead_staff_id or "",
                    now=leader.id,
                )
            )
            await keep_case(work, led, was=moved.case)
            moved = await outreach_of(work, await work.cases.get(case_id))
        await work.commit()
        return moved
