"""Tell who opened a case, when and in which manner."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.access import Action, Manner, require
from core.audit import AuditEntry, AuditEvent
from core.cases import Case
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork
from core.reading import OpenGlass
from core.reading_steps import OPERATOR

OPENINGS: Final = ("case.opened", "case.glass_broken", "tax_fact.opened")


@dataclass(frozen=True, kw_only=True, slots=True)
class Openings:
    """Who opened a case.

    Attributes:
        entries: newest first; `more` says whether there are older ones.
        glass: reads past the usual door, newest first, with what was found.
        names: names of colleagues by id.
    """

    case: Case
    entries: tuple[AuditEntry, ...]
    glass: tuple[OpenGlass, ...]
    names: dict[str, str]
    more: bool


async def who_opened(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    by: StaffId | None,
    at: datetime,
    before: int | None = None,
    most: int | None = 100,
) -> Openings:
    """The openings of a case, for those who read the trail. That they were read is noted, too.

    Args:
        by: who asks; None for the operator at the machine.
        before: number of an entry; only older ones.
        most: how many; None for all.

    Raises:
        NotFound: no such case. NotActive, NotYours: not one who reads the trail.
    """
    async with uow.write() as work:
        case = await work.cases.get(case_id)
        role = OPERATOR
        if by is not None:
            role = require(await work.staff.get(by), Action.READ_AUDIT).role.value
        asked = None if most is None else most + 1
        found = await work.audit.newest_of_case(
            case_id, limit=asked, before=before, actions=OPENINGS
        )
        entries = tuple(reversed(found))[:most]
        await work.audit.append(
            AuditEvent(
                action="case.openings_read",
                at=at,
                actor=by or OPERATOR,
                role=role,
                subject=case.id,
                case_id=case.id,
                evidence=(f"manner={Manner.TRAIL_ONLY}",),
            )
        )
        names = {str(member.id): member.name for member in await work.staff.all()}
        glass = await work.glass.of_case(case_id)
        await work.commit()
        return Openings(
            case=case,
            entries=entries,
            glass=glass,
            names=names,
            more=most is not None and len(found) > most,
        )
