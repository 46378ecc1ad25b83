"""Register somebody who may sit in meetings (構成員・参加者)."""

from datetime import datetime

from core.audit import AuditEvent
from core.errors import CaseworkError
from core.ids import AgencyId, PersonId, StaffId
from core.meeting_steps import BODY_OFFICE, role_here
from core.meetings.bodies import Participant, SeatKind
from core.meetings.ids import ParticipantId
from core.ports import UnitOfWork, Work


class NobodyNamed(CaseworkError):
    """A participant is a colleague, comes for an agency, or is a person.

    Facts: `lacks` (who, seats), `allowed`.
    """

    rule = "R-046"


async def register_participant(
    uow: UnitOfWork,
    *,
    stands_for: frozenset[SeatKind],
    by: StaffId,
    at: datetime,
    staff_id: StaffId | None = None,
    agency_id: AgencyId | None = None,
    person_id: PersonId | None = None,
    is_contractor: bool = False,
    tax_officer: bool = False,
    serves_from: datetime | None = None,
    serves_until: datetime | None = None,
) -> Participant:
    """Somebody to invite; a colleague or person who is there already is brought up to date.

    Args:
        agency_id, tax_officer, is_contractor: left out, as the rolls of staff and agencies say.

    Raises:
        RoleNeeded. NobodyNamed. NotFound: the colleague or person is not here.
    """
    async with uow.write() as work:
        role = await role_here(work, (), by=by, allowed=BODY_OFFICE)
        _require_named(staff_id or agency_id or person_id, stands_for)
        if staff_id is not None:
            colleague = await work.staff.get(staff_id)
            agency_id = agency_id or colleague.agency_id
            tax_officer = tax_officer or colleague.tax_officer
        is_contractor = is_contractor or await _is_contractor(work, agency_id)
        if person_id is not None:
            await work.people.get(person_id)
        known = await _known(work, staff_id, person_id)
        participant = Participant(
            id=known or ParticipantId(work.new_id()),
            stands_for=stands_for,
            agency_id=agency_id,
            staff_id=staff_id,
            person_id=person_id,
            is_contractor=is_contractor,
            tax_officer=tax_officer,
            serves_from=serves_from,
            serves_until=serves_until,
        )
        await work.bodies.put_participant(participant)
        await work.audit.append(
            AuditEvent(
                action="participant.registered",
                at=at,
                actor=by,
                role=role.value,
                subject=participant.id,
                evidence=tuple(f"seat={seat.value}" for seat in sorted(stands_for)),
            )
        )
        await work.commit()
        return participant


def _require_named(who: str | None, stands_for: frozenset[SeatKind]) -> None:
    if who is None:
        raise NobodyNamed(lacks="who", allowed="name_staff,name_agency,name_person")
    if not stands_for:
        raise NobodyNamed(lacks="seats", allowed="name_seats")


async def _is_contractor(work: Work, agency_id: AgencyId | None) -> bool:
    return any(a.id == agency_id and a.is_contractor for a in await work.towns.agencies())


async def _known(
    work: Work, staff_id: StaffId | None, person_id: PersonId | None
) -> ParticipantId | None:
    for one in await work.bodies.participants():
        same_colleague = staff_id is not None and one.staff_id == staff_id
        if same_colleague or (person_id is not None and one.person_id == person_id):
            return one.id
    return None
