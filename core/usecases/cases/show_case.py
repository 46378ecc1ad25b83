"""Tell a case's whole story, and note who asked for it."""

from dataclasses import dataclass
from datetime import datetime

from core.access import Action, require
from core.agencies import Role, Staff
from core.audit import AuditEntry, AuditEvent
from core.cases import Case
from core.consent import Consent
from core.contacts import Contact
from core.ids import CaseId, StaffId
from core.letters import Letter
from core.people import LineLink, Person
from core.ports import UnitOfWork
from core.replies import Reply

OPERATOR = "operator"


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseStory:
    """Everything that a case's record holds; lists run newest first, the trail oldest first.

    Attributes:
        area: name of the case's area, "" without one.
        names: names of colleagues by id, for showing who did what.
    """

    case: Case
    person: Person
    link: LineLink | None
    consents: tuple[Consent, ...]
    letters: tuple[Letter, ...]
    contacts: tuple[Contact, ...]
    replies: tuple[Reply, ...]
    trail: tuple[AuditEntry, ...]
    names: dict[str, str]
    area: str = ""


async def show_case(
    uow: UnitOfWork, *, case_id: CaseId, by: StaffId | None, at: datetime
) -> CaseStory:
    """The story of a case. That it was opened, and by whom, becomes part of the record.

    Args:
        by: who reads; None for the operator at the machine itself.

    Raises:
        NotFound: no such case. NotYours: no seat on the case.
    """
    async with uow.write() as work:
        case = await work.cases.get(case_id)
        role = OPERATOR
        if by is not None:
            seats = await work.staff.seats(case_id)
            reader = await work.staff.get(by)
            role = require(reader, Action.READ_CASE, case_id=case_id, seats=seats).role.value
        await work.audit.append(
            AuditEvent(
                action="case.opened",
                at=at,
                actor=by or OPERATOR,
                role=role,
                subject=case.id,
                case_id=case.id,
            )
        )
        areas = {area.id: area.name for area in await work.towns.areas()}
        story = CaseStory(
            case=case,
            person=await work.people.get(case.person_id),
            link=await work.links.of_person(case.person_id),
            consents=await work.consents.of_person(case.person_id),
            letters=await work.letters.of_case(case_id),
            contacts=await work.contacts.of_case(case_id),
            replies=await work.replies.of_case(case_id),
            trail=await work.audit.of_case(case_id),
            names=_names(await work.staff.all()),
            area=areas.get(case.area_id, "") if case.area_id else "",
        )
        await work.commit()
        return story


def _names(staff: tuple[Staff, ...]) -> dict[str, str]:
    return {member.id: member.name for member in staff} | {OPERATOR: OPERATOR, Role.SYSTEM: ""}
