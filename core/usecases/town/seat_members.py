"""Seat the colleagues whom a town file names at the tables of the town's bodies."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, tzinfo

from core.agencies import Staff
from core.audit import AuditEvent
from core.errors import CaseworkError
from core.meetings.bodies import Holder, MeetingBody, Membership, MembershipKind, with_regular
from core.meetings.bodies import Participant as Seated
from core.meetings.ids import BodyId, MembershipId, ParticipantId
from core.meetings.pledges import Pledge
from core.ports import UnitOfWork, Work
from core.towns import Town, TownStaff

OPERATOR = "operator"


class BodyUnknown(CaseworkError):
    """The file seats somebody in a body that the profile does not have. Facts: `body`, `allowed`
    (the codes there are)."""

    rule = "DOMAIN-5"


async def seat_members(
    uow: UnitOfWork, town: Town, *, bodies: Mapping[str, BodyId], at: datetime, tz: tzinfo
) -> int:
    """Participants, their pledges and their regular places; twice is the same as once.

    A place that the record ended is not given anew by a file, and a place that the file no longer
    names stays: both are the secretariat's to change.

    Args:
        bodies: ids of the bodies that were founded, by the profile's codes.

    Returns:
        How many records are new or changed.

    Raises:
        BodyUnknown.
    """
    async with uow.write() as work:
        changed = 0
        for item in town.staff:
            staff = await work.staff.by_code(item.code)
            if staff is None or not item.sits_as:
                continue
            changed += await _participant(work, item, staff, tz=tz)
            changed += await _pledge(work, item, tz=tz)
            for code in item.sits_in:
                if code not in bodies:
                    raise BodyUnknown(body=code, allowed=",".join(sorted(bodies)))
                changed += await _place(work, item, bodies[code], at=at, tz=tz)
        if changed:
            await work.audit.append(
                AuditEvent(
                    action="town.members_seated",
                    at=at,
                    actor=OPERATOR,
                    role=OPERATOR,
                    subject=town.code,
                    evidence=(f"changed={changed}",),
                )
            )
            await work.commit()
        return changed


def _id(item: TownStaff) -> ParticipantId:
    return ParticipantId(f"town-{item.code}")


async def _participant(work: Work, item: TownStaff, staff: Staff, *, tz: tzinfo) -> int:
    agencies = {agency.id: agency for agency in await work.towns.agencies()}
    agency = agencies.get(staff.agency_id) if staff.agency_id else None
    contract = agency is not None and agency.is_contractor
    until = agency.contract_until if agency is not None and contract else None
    now = Seated(
        id=_id(item),
        stands_for=item.sits_as,
        agency_id=staff.agency_id,
        staff_id=staff.id,
        is_contractor=contract,
        tax_officer=item.tax_officer,
        serves_until=None if until is None else _begins(until + timedelta(days=1), tz),
    )
    if now in await work.bodies.participants():
        return 0
    await work.bodies.put_participant(now)
    return 1


async def _pledge(work: Work, item: TownStaff, *, tz: tzinfo) -> int:
    if item.pledge is None:
        return 0
    pledge = Pledge(
        participant_id=_id(item),
        text_version=item.pledge.version,
        signed_at=_begins(item.pledge.signed_on, tz),
    )
    if pledge in await work.bodies.pledges():
        return 0
    await work.bodies.add_pledge(pledge)
    return 1


async def _place(work: Work, item: TownStaff, body_id: BodyId, *, at: datetime, tz: tzinfo) -> int:
    """A regular place; the notice of secrecy was handed over with the pledge."""
    body: MeetingBody = await work.bodies.get(body_id)
    membership_id = MembershipId(f"town-{body_id}-{item.code}")
    if any(member.id == membership_id for member in body.members):
        return 0
    membership = Membership(
        id=membership_id,
        body_id=body_id,
        kind=MembershipKind.REGULAR,
        holder=Holder(participant_id=_id(item)),
        registered_at=at,
        since=at,
        notice_given_at=None if item.pledge is None else _begins(item.pledge.signed_on, tz),
    )
    await work.bodies.change(with_regular(body, membership))
    return 1


def _begins(day: date, tz: tzinfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=tz)
