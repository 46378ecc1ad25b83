"""Begin to hand a case on: つなぎ (F1, F9)."""

from datetime import datetime

from core.connection_steps import agency_of, known_agency, on_case
from core.errors import NotFound
from core.ids import AgencyId, CaseId, PlanId, ReferralId, StaffId
from core.ports import UnitOfWork
from core.referrals.machine import draft_referral as draft
from core.referrals.record import HandbackPurpose, Referral, ReferralKind
from core.steps import refresh_desks, watchers


async def draft_referral(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    kind: ReferralKind,
    to_agency_id: AgencyId,
    reason: str,
    summary: str,
    by: StaffId,
    at: datetime,
    to_contact: str = "",
    requested: tuple[str, ...] = (),
    purpose: HandbackPurpose | None = None,
    plan_id: PlanId | None = None,
    prepared: bool = False,
    own_criteria: frozenset[str] = frozenset(),
) -> Referral:
    """A draft with reason and summary; nobody outside sees it yet.

    Args:
        reason: a code of `MULTI_AGENCY_REASONS` or of `own_criteria` for multi-agency (R-004,
            R-090), else staff text.
        own_criteria: the town's own reasons for multi-agency.
        purpose, plan_id, prepared: of a hand-back (F9).

    Raises:
        NotFound, NotActive, Shielded, RoleNeeded: the door. AgencyUnknown.
        ReferralEmpty, ReasonUnfit, HandbackUnprepared.
    """
    async with uow.write() as work:
        hand = await on_case(work, case_id, by=by)
        if plan_id is not None and (await work.plans.get(plan_id)).case_id != case_id:
            raise NotFound(what="plan", id=plan_id)
        referral = Referral(
            id=ReferralId(work.new_id()),
            municipality_id=work.municipality_id,
            case_id=case_id,
            kind=kind,
            from_agency_id=agency_of(hand.staff),
            from_staff_id=by,
            to_agency_id=await known_agency(work, to_agency_id),
            reason=reason.strip(),
            summary=summary.strip(),
            to_contact=to_contact.strip(),
            requested=requested,
            purpose=purpose,
            plan_id=plan_id,
            prepared=prepared,
        )
        drafted = draft(referral, by=by, role=hand.role, at=at, extra=own_criteria)
        await work.referrals.add(drafted.referral)
        await work.audit.append(drafted.event)
        await refresh_desks(work, watchers(hand.case, hand.seats), at=at)
        await work.commit()
        return drafted.referral
