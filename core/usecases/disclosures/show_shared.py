"""Show a community supporter what was shared with them, and nothing else (DOMAIN §2.2)."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from core.access import Action, require
from core.agencies import Role, Staff
from core.connection_steps import connection_event
from core.days import local_day
from core.disclosure import SUPPORTER_PARTS, Disclosure, SharedPart
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork, Work
from core.story import shared_with


@dataclass(frozen=True, kw_only=True, slots=True)
class Shared:
    """What was shared of one case.

    Attributes:
        parts: what may be used today.
        told: the words in which it was said, oldest first.
        ends_on: the last day of what ends last.
    """

    case_id: CaseId
    alias: str
    parts: frozenset[SharedPart]
    told: tuple[str, ...]
    ends_on: date


async def show_shared(
    uow: UnitOfWork, *, staff_id: StaffId, at: datetime, tz: tzinfo
) -> tuple[Shared, ...]:
    """What this supporter, or their organisation, may use today, case by case; that it was looked
    at is kept.

    What was shared on a consent that has ended is not shown any more.

    Raises:
        NotFound. NotActive: no longer in service.
    """
    async with uow.write() as work:
        staff = await work.staff.get(staff_id)
        seats = await work.staff.seats_of(staff_id)
        on = local_day(at, tz=tz)
        found = []
        for seat in seats:
            if seat.role is not Role.COMMUNITY_SUPPORTER:
                continue
            case_id = seat.case_id
            passed = require(staff, Action.READ_SHARED_PART, case_id=case_id, seats=[seat])
            open_now = await _standing(work, case_id, staff, on=on)
            parts = frozenset(part for one in open_now for part in one.parts & SUPPORTER_PARTS)
            if not parts:
                continue
            case = await work.cases.get(case_id)
            found.append(
                Shared(
                    case_id=case_id,
                    alias=case.alias,
                    parts=parts,
                    told=tuple(one.told for one in open_now if one.told),
                    ends_on=max(one.ends_on for one in open_now if one.ends_on is not None),
                )
            )
            await work.audit.append(
                connection_event(
                    "shared.opened",
                    subject=case_id,
                    by=staff_id,
                    role=passed.role,
                    at=at,
                    case_id=case_id,
                )
            )
        await work.commit()
        return tuple(found)


async def _standing(
    work: Work, case_id: CaseId, staff: Staff, *, on: date
) -> tuple[Disclosure, ...]:
    given = await work.disclosures.of_case(case_id)
    ledger = await work.consents.of_people({one.person_id for one in given})
    return shared_with(staff, given, consents=ledger, on=on)
