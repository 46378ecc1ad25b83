"""A plan whose case ends otherwise than by its closing: it goes with the case [D]."""

from dataclasses import replace
from datetime import datetime

from core.agencies import Role
from core.audit import AuditEvent
from core.ids import StaffId
from core.plans.machine import ENDED, PlanMoved
from core.plans.record import Plan, PlanState


def plan_left(
    plan: Plan, *, reason: str, by: StaffId, role: Role, at: datetime
) -> PlanMoved | None:
    """The plan at its end, from wherever it stood; None where it had ended before.

    Nobody evaluates it and no meeting is asked: there is nothing left that it could plan.
    """
    if plan.state in ENDED:
        return None
    event = AuditEvent(
        action="plan.closed",
        at=at,
        actor=by,
        role=role.value,
        subject=plan.id,
        case_id=plan.case_id,
        was=plan.state.value,
        now=PlanState.CLOSED.value,
        reason=reason,
        evidence=("row=END", f"edition={plan.edition}"),
    )
    return PlanMoved(
        plan=replace(plan, state=PlanState.CLOSED, version=plan.version + 1), event=event
    )
