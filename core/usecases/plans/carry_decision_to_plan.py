"""Carry a meeting's decision over to a plan (P4 to P6, P15 to P17, 決定をプランに反映)."""

from dataclasses import replace
from datetime import date, datetime, tzinfo

from core.cases import Case
from core.course_grounds import grounds_of
from core.course_steps import seats_of
from core.days import local_day
from core.ids import CaseId, PlanId, StaffId
from core.interruption import EffortRules
from core.meeting_steps import decision_of, note_followed, participant_of, role_here
from core.meetings.circles import NotInTheCircle
from core.meetings.ids import ItemId, MeetingId
from core.meetings.items import AgendaItem
from core.meetings.results import NothingDecidedYet
from core.meetings.sittings import Meeting, MeetingState
from core.plan_steps import Hand, after_approval, consents_now, keep, tell
from core.plans.carrying import NothingToCarryOver, follows, stage_after
from core.plans.decisions import MeetingDecision
from core.plans.drafting import replan
from core.plans.machine import MEETING, take_step
from core.plans.record import Plan, PlanState, PlanStep
from core.ports import UnitOfWork, Work
from core.steps import note_fact


async def carry_decision_to_plan(
    uow: UnitOfWork,
    *,
    meeting_id: MeetingId,
    item_id: ItemId,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    plan_id: PlanId | None = None,
    effort: EffortRules | None = None,
) -> tuple[Plan, ...]:
    """Bring the plans that one item was about in line with what it decided.

    After an approval a plan goes on by itself to the municipality (P7), or is final (P10) with
    all that follows. The item counts as followed when no plan of its programmes waits for it.

    Args:
        plan_id: only this one, where the item was about several.
        effort: how much the town asks for before contact counts as lost (P17, R-052).

    Returns:
        The plans as they are now; after P15 the draft of the next edition.

    Raises:
        NotFound, NotActive, RoleNeeded, Overtaken.
        NotAtTheTable, NotInTheCircle: whoever enters it was not allowed at the item (R-082).
        NothingDecidedYet, NothingToCarryOver: M8.
        CaseworkError: a guard of the row refuses; see core/plans/{approving,running}.
    """
    async with uow.write() as work:
        meeting, decision = await decision_of(work, meeting_id, item_id, tz=tz)
        item = meeting.item(item_id)
        if item is None or item.case_id is None:
            raise NothingDecidedYet(item=item_id, allowed="record_decision,confirm_minutes")
        hand = await _hand(work, item, case_id=item.case_id, by=by)
        today = local_day(at, tz=tz)
        lost = decision.decision == "INTERRUPT_OK" and await _lost(
            work, hand.case, at=at, today=today, effort=effort
        )
        kept = [
            await _take(work, plan, replace(step, contact_lost=lost), hand=hand)
            for plan in await _waiting(work, item.case_id, decision, plan_id=plan_id)
            for step in [await _step(work, plan, item, decision, hand=hand, at=at, on=today)]
        ]
        await _settle_item(work, meeting, item_id, decision, hand=hand, at=at)
        await note_fact(work, item.case_id, at=at)
        await tell(work, hand, at=at)
        await work.commit()
        return tuple(kept)


async def _waiting(
    work: Work, case_id: CaseId, decision: MeetingDecision, *, plan_id: PlanId | None
) -> tuple[Plan, ...]:
    """The plans of the case that wait for this decision."""
    plans = await work.plans.of_case(case_id)
    asked = [plan for plan in plans if plan_id in (None, plan.id)]
    waiting = tuple(plan for plan in asked if follows(plan, decision))
    if not waiting:
        where = ",".join(plan.state.value for plan in asked)
        raise NothingToCarryOver(
            decision=decision.decision, allowed="record_decision", **{"from": where}
        )
    return waiting


async def _hand(work: Work, item: AgendaItem, *, case_id: CaseId, by: StaffId) -> Hand:
    """Chair or secretariat, who were allowed at the item."""
    role = await role_here(work, [item], by=by, allowed=MEETING)
    one = await participant_of(work, by)
    if one.id not in item.circle:
        basis = item.ground.basis.value if item.ground else ""
        raise NotInTheCircle(participant=one.id, basis=basis, allowed="ask_secretariat")
    case = await work.cases.get(case_id)
    return Hand(by=by, role=role, case=case, seats=await seats_of(work, case))


async def _step(
    work: Work,
    plan: Plan,
    item: AgendaItem,
    decision: MeetingDecision,
    *,
    hand: Hand,
    at: datetime,
    on: date,
) -> PlanStep:
    """The step, with consents as they are now."""
    body_id = item.ground.body_id if item.ground and decision.basis == "JUSO" else None
    return PlanStep(
        to=stage_after(plan, decision),
        by=hand.by,
        role=hand.role,
        at=at,
        on=on,
        reason=item.decision.reason if item.decision else "",
        consents=await consents_now(
            work, hand.case, today=on, subjects=item.subjects, body_id=body_id
        ),
        meeting=decision,
    )


async def _lost(
    work: Work, case: Case, *, at: datetime, today: date, effort: EffortRules | None
) -> bool:
    """What the contact log says at this moment."""
    grounds = await grounds_of(work, case, at=at, today=today, effort=effort)
    return grounds.loss is not None and grounds.loss.lost


async def _take(work: Work, plan: Plan, step: PlanStep, *, hand: Hand) -> Plan:
    """The row, and what follows from it by itself."""
    if step.to is PlanState.SUPERSEDED:
        again = replan(plan, step=step, id=PlanId(work.new_id()), drafter=plan.sheet.maker_id)
        await keep(work, again.before, was=plan)
        await work.plans.add(again.draft)
        return again.draft
    moved = await keep(work, take_step(plan, step), was=plan)
    if moved.state is PlanState.APPROVED:
        return await after_approval(work, moved, hand, at=step.at, on=step.on)
    return moved


async def _settle_item(
    work: Work,
    meeting: Meeting,
    item_id: ItemId,
    decision: MeetingDecision,
    *,
    hand: Hand,
    at: datetime,
) -> None:
    """Note on a PLAN or REPLAN item that it is followed, once no other plan waits for it.

    A closing or an interruption is followed when the case itself has ended, which is a use case
    of its own.
    """
    item = meeting.item(item_id)
    open_still = item is not None and item.decision is not None and not item.decision.applied_at
    if decision.purpose not in {"PLAN", "REPLAN"} or not open_still:
        return
    if meeting.state is not MeetingState.MINUTES_CONFIRMED:
        return
    if any(follows(other, decision) for other in await work.plans.of_case(hand.case.id)):
        return
    await note_followed(work, meeting, item_id, by=hand.by, role=hand.role, at=at)
