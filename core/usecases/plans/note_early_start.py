"""Note why outreach or participation begins before the decision (R-061, 早期に始める理由)."""

from datetime import datetime

from core.access import Action
from core.audit import AuditEvent
from core.ids import CaseId, StaffId
from core.plan_steps import take_in_hand, tell
from core.plans.following import StartGround, require_start
from core.ports import UnitOfWork
from core.programmes import Programme


async def note_early_start(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    programme: Programme,
    reason: str,
    by: StaffId,
    at: datetime,
) -> StartGround:
    """On what ground the programme begins now; an early start is noted with its reason.

    Where a plan that writes it down is decided, that is the ground and nothing needs noting.

    Args:
        reason: why it cannot wait; short staff text.

    Raises:
        NotFound, NotActive, NotYours. StartBeforeDecision: R-060, no reason.
    """
    async with uow.write() as work:
        hand = await take_in_hand(
            work, case_id, by=by, action=Action.DRAFT_PLAN, programme=programme
        )
        ground = require_start(
            programme, plans=await work.plans.of_case(case_id), early_start_reason=reason
        )
        if ground is not StartGround.EARLY:
            return ground
        await work.audit.append(
            AuditEvent(
                action="plan.early_start",
                at=at,
                actor=by,
                role=hand.role.value,
                subject=case_id,
                case_id=case_id,
                now=programme.value,
                reason=reason.strip(),
                evidence=("row=R-061",),
            )
        )
        await tell(work, hand, at=at)
        await work.commit()
        return ground
