"""Steps of a referral inside somebody's open transaction: whose step it is, keep it, tell it."""

from datetime import date, datetime
from typing import Any, Final

from core.access import Action, require
from core.agencies import Role, Seat
from core.connection_steps import OnCase, agency_of, not_shielded, on_case, seats_of
from core.errors import CaseworkError
from core.ids import AgencyId, ReferralId, StaffId
from core.ports import Work
from core.referrals.machine import WORKERS, ReferralMoved, take_step
from core.referrals.record import Referral, ReferralKind, ReferralState, ReferralStep
from core.steps import Overtaken, acting_role, note_fact, refresh_desks, watchers

# Steps of a referral that say something new about the person.
_NEWS: Final = frozenset(
    {
        ReferralState.EXPLAINED,
        ReferralState.ACCEPTED_BY_PERSON,
        ReferralState.NOT_YET,
        ReferralState.RETURNED,
        ReferralState.CONNECTED,
        ReferralState.FEEDBACK_GIVEN,
    }
)
_FROM_SOURCE: Final = frozenset(
    {
        ReferralState.EXPLAINED,
        ReferralState.ACCEPTED_BY_PERSON,
        ReferralState.NOT_YET,
        ReferralState.SENT,
        ReferralState.DONE,
    }
)
_ROLE_OF_KIND: Final = {
    ReferralKind.TO_OUTREACH: Role.OUTREACH_WORKER,
    ReferralKind.TO_PARTICIPATION: Role.PARTICIPATION_WORKER,
    ReferralKind.TO_MULTI_AGENCY: Role.COORDINATOR,
}


class AddresseeElsewhere(CaseworkError):
    """The colleague named as addressee does not work there, or takes no referrals (F4).

    Facts: `allowed`.
    """

    rule = "F4"


async def shown_referral(work: Work, referral_id: ReferralId, *, version: int) -> Referral:
    """The referral, as the colleague saw it.

    Raises:
        NotFound. Overtaken: it changed since.
    """
    referral = await work.referrals.get(referral_id)
    if referral.version != version:
        raise Overtaken(what="referral")
    return referral


async def referral_door(
    work: Work, referral: Referral, to: ReferralState, *, by: StaffId
) -> tuple[OnCase, AgencyId]:
    """Who takes this step of a referral, and for which of its two sides.

    The source's steps are for those seated on the case. The receiver's are for the receiving
    organisation's own people, seated or not; where none of them is on the roll, the source may
    write down what it heard from them [D].

    Raises:
        NotFound, NotActive, Shielded, RoleNeeded, AgencyUnknown.
    """
    staff = await work.staff.get(by)
    own = agency_of(staff)
    receiving = to not in _FROM_SOURCE and own == referral.to_agency_id
    if not receiving:
        hand = await on_case(work, referral.case_id, by=by)
        if to not in _FROM_SOURCE and not await _on_the_roll(work, referral.to_agency_id):
            return hand, referral.to_agency_id
        return hand, own
    case = await work.cases.get(referral.case_id)
    seats = await seats_of(work, case)
    require(staff, Action.LOG_CONTACT, case_id=case.id, seats=seats)
    await not_shielded(work, case, by)
    role = acting_role(staff, seats, WORKERS)
    return OnCase(staff=staff, case=case, seats=seats, role=role), own


async def step_referral(
    work: Work,
    referral: Referral,
    to: ReferralState,
    *,
    by: StaffId,
    at: datetime,
    on: date,
    **facts: Any,
) -> tuple[Referral, OnCase]:
    """One row of machine F, from the door to the trail.

    Raises:
        CaseworkError: the door, or a guard of the row; see core/referrals.
    """
    hand, agency_id = await referral_door(work, referral, to, by=by)
    step = ReferralStep(to=to, by=by, role=hand.role, agency_id=agency_id, at=at, on=on, **facts)
    return await keep_referral(work, referral, take_step(referral, step), hand, at=at), hand


async def keep_referral(
    work: Work, was: Referral, moved: ReferralMoved, hand: OnCase, *, at: datetime
) -> Referral:
    """Put the referral in the place of the one that was read, and tell whom it concerns.

    Raises:
        Overtaken: somebody was faster.
    """
    if not await work.referrals.change(moved.referral, version=was.version):
        raise Overtaken(what="referral")
    await work.audit.append(moved.event)
    if moved.referral.state in _NEWS:
        await note_fact(work, was.case_id, at=at)
    told = dict.fromkeys((*watchers(hand.case, hand.seats), was.from_staff_id))
    await refresh_desks(work, told, at=at)
    return moved.referral


async def seat_receiver(work: Work, referral: Referral, staff_id: StaffId) -> None:
    """Give the addressee a seat on the case, so that what is handed on can be read there [D].

    Raises:
        NotFound. AddresseeElsewhere.
    """
    staff = await work.staff.get(staff_id)
    fitting = staff.roles & WORKERS
    if staff.agency_id != referral.to_agency_id or not staff.active or not fitting:
        raise AddresseeElsewhere(allowed="name_a_worker_there")
    wanted = _ROLE_OF_KIND.get(referral.kind)
    role = wanted if wanted is not None and wanted in fitting else min(fitting)
    held = await work.staff.seats(referral.case_id)
    if not any(seat.staff_id == staff_id and seat.role in WORKERS for seat in held):
        await work.staff.put_seat(Seat(case_id=referral.case_id, staff_id=staff_id, role=role))


async def _on_the_roll(work: Work, agency_id: AgencyId) -> bool:
    return any(staff.agency_id == agency_id for staff in await work.staff.active())
