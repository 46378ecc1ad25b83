"""Divide the agencies' parts of a running plan again (R-063, 役割を分け直す)."""

from datetime import datetime, tzinfo

from core.access import Action
from core.ids import PlanId, StaffId
from core.meeting_steps import decision_of
from core.meetings.ids import ItemId, MeetingId
from core.plan_steps import keep, plan_shown, take_in_hand, tell
from core.plans.following import divide_parts_again
from core.plans.machine import COORDINATOR
from core.plans.record import Plan
from core.plans.sheet import AgencyPart
from core.ports import UnitOfWork


async def divide_parts(
    uow: UnitOfWork,
    *,
    plan_id: PlanId,
    version: int,
    parts: tuple[AgencyPart, ...],
    meeting_id: MeetingId,
    item_id: ItemId,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> Plan:
    """R-063: what was talked over in a case talk or a 重層的支援会議 is written into the plan.

    Raises:
        NotFound, NotActive, NotYours, Overtaken; NothingDecidedYet.
        PartsNotTalkedOver: R-063. PartsNotNamed: P3.
    """
    async with uow.write() as work:
        plan = await plan_shown(work, plan_id, version=version)
        hand = await take_in_hand(
            work, plan.case_id, by=by, action=Action.READ_CASE, allowed=COORDINATOR
        )
        _, decision = await decision_of(work, meeting_id, item_id, tz=tz)
        divided = divide_parts_again(
            plan, parts=parts, meeting=decision, by=by, role=hand.role, at=at
        )
        kept = await keep(work, divided, was=plan)
        await tell(work, hand, at=at)
        await work.commit()
        return kept
