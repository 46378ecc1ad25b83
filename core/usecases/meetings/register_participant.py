"""Register somebody who may sit in meetings (構成員・参加者)."""

from datetime import datetime

from core.audit import AuditEvent
from core.errors import CaseworkError
from core.ids import AgencyId, PersonId, StaffId
from core.meeting_steps import BODY_OFFICE, role_here
from core.meetings.bodies import Participant, SeatKind
from core.meetings.ids import ParticipantId
from core.ports import UnitOfWork


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
        agency_id: of a colleague, left out: their own.

    Raises:
        RoleNeeded. NobodyNamed. NotFound: the colleague or person is not here.
    """
    async with uow.write() as work:
        role = await role_here(work, (), by=by, allowed=BODY_OFFICE)
        if staff_id is None and agency_id is None and person_id is None:
            raise NobodyNamed(lacks="who", allowed="name_staff,name_agency,name_person")
        if not stands_for:
            raise NobodyNamed(lacks="seats", allowed="name_seats")
        if staff_id is not None and agency_id is None:
            agency_id = (await work.staff.get(staff_id)).agency_id
        if person_id is not None:
            await work.people.get(person_id)
        known = [
            one
            for one in await work.bodies.participants()
            if (staff_id is not None and one.staff_id == staff_id)
            or (person_id is not None and one.person_id == person_id)
        ]
        participant = Participant(
            id=known[0].id if known else ParticipantId(work.new_id()),
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
