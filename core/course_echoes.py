"""What a course does by itself when something else has happened, in the same transaction."""

from datetime import date, datetime

from core.agencies import Role
from core.audit import SYSTEM
from core.cases import Case, CaseState
from core.course_grounds import grounds_of
from core.course_kinds import KINDS
from core.course_steps import (
    keep_course,
    keep_outreach,
    seats_of,
    tell_case,
)
from core.courses.along import advance_course
from core.courses.outreach import advance
from core.courses.outreach_guards import (
    ServiceUseMissing,
    SharingNotAgreed,
    SupportPlanNotFinal,
    state_before_review,
)
from core.ids import CaseId, StaffId
from core.plans.record import Plan
from core.ports import Work
from core.programmes import Programme


async def sign_came(
    work: Work,
    case_id: CaseId,
    *,
    sign: str,
    at: datetime,
    today: date,
    by: StaffId | str = SYSTEM,
    role: Role = Role.SYSTEM,
) -> None:
    """O15: while an interruption is thought over, a sign of contact leads back at once.

    Args:
        sign: id of the entry of the log, or of the reply.
    """
    case = await work.cases.get(case_id)
    if case.state is not CaseState.INTERRUPTION_REVIEW:
        return
    course = await work.courses.outreach(case)
    if course is None:
        return
    grounds = await grounds_of(work, case, at=at, today=today, signs=(sign,))
    to = state_before_review(course, grounds)
    step = advance(course, to=to, by=by, role=role, grounds=grounds)
    kept = await keep_outreach(work, step, was=case)
    await tell_case(work, kept.case, await seats_of(work, case), at=at)


async def support_begins(
    work: Work,
    *,
    case: Case,
    plan: Plan,
    by: StaffId | str,
    role: Role,
    at: datetime,
    today: date,
) -> None:
    """O7, PT4 or MK5, in the transaction in which a plan becomes final.

    Where the row is not open from where the course stands, or the person has not agreed to what
    it needs, the course stays; whoever works on it takes the row later.
    """
    given = await grounds_of(work, case, at=at, today=today, programme=plan.programme, plan=plan)
    try:
        match plan.programme:
            case Programme.OUTREACH:
                outreach = await work.courses.outreach(case)
                if outreach is not None and outreach.state is CaseState.CONSENTED:
                    to = CaseState.CONTINUING_SUPPORT
                    step = advance(outreach, to=to, by=by, role=role, grounds=given)
                    await keep_outreach(work, step, was=case)
            case Programme.PARTICIPATION | Programme.MULTI_AGENCY:
                kind = KINDS[plan.programme]
                machine = kind.machine
                course = await kind.of(work, case.id)
                if course is not None and course.state == machine.plan:
                    begun = advance_course(
                        machine, course, to=machine.under_way, by=by, role=role, grounds=given
                    )
                    await keep_course(work, begun, kind)
    except (ServiceUseMissing, SupportPlanNotFinal, SharingNotAgreed):
        return
