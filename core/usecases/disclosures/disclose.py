"""Give away something of what we know, on a ground, after a look at harm (DOMAIN §9)."""

from dataclasses import replace
from datetime import date, datetime, tzinfo

from core import disclosure as rules
from core.agencies import Role
from core.basis import Basis
from core.connection_steps import of_household, on_case
from core.consent import ConsentLine
from core.days import local_day
from core.disclosure import DECIDES, Disclosure, Ground, HarmCheck, SharedPart
from core.ids import CaseId, PersonId, StaffId
from core.people import Person
from core.ports import UnitOfWork, Work
from core.steps import refresh_desks, watchers


async def disclose(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    person_id: PersonId,
    to: str,
    parts: frozenset[SharedPart],
    ground: Ground,
    reason: str,
    unjust: bool | None,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    to_role: Role | None = None,
    told: str = "",
    proof: str = "",
    ends_on: date | None = None,
) -> Disclosure:
    """Check it and write it down.

    Args:
        to: id of a colleague, an organisation or a relative, or the name of a body.
        unjust: whether it would unjustly harm the person or a third one; None: nobody looked.
        told: what is said, word for word.
        proof: id of the consent, or of the agenda item of the 支援会議.
        ends_on: last local day on which the other side may use it.

    Raises:
        NotFound, NotActive, Shielded, RoleNeeded: the door. NotOfThisHousehold.
        FamilyNotNamed, NotDecidedHere, GroundUnproven, HarmNotExcluded, TaxFactStays,
        MoreThanTheLeast.
    """
    async with uow.write() as work:
        hand = await on_case(work, case_id, by=by, allowed=DECIDES[Ground.LIFE_BODY])
        person = await of_household(work, hand.case, person_id)
        made = Disclosure(
            case_id=case_id,
            person_id=person_id,
            to=to,
            to_role=to_role,
            parts=parts,
            ground=ground,
            reason=reason,
            harm=None if unjust is None else HarmCheck(by=by, at=at, unjust=unjust),
            told=told.strip(),
            proof=proof,
            ends_on=ends_on,
        )
        ledger = await work.consents.of_person(person_id)
        await _require_reaching(work, made, of=person, ledger=ledger, today=local_day(at, tz=tz))
        # Seats count as roles held here.
        sitting = {seat.role for seat in hand.seats if seat.staff_id == by}
        deciding = replace(hand.staff, roles=hand.staff.roles | sitting)
        event = rules.disclose(made, by=deciding, at=at, consents=ledger)
        await work.disclosures.add(made)
        await work.audit.append(event)
        await refresh_desks(work, watchers(hand.case, hand.seats), at=at)
        await work.commit()
        return made


async def _require_reaching(
    work: Work, made: Disclosure, *, of: Person, ledger: tuple[ConsentLine, ...], today: date
) -> None:
    rules.require_reaching(
        made,
        today=today,
        consents=ledger,
        items=await _shien_items(work, made.case_id),
        relatives=await _household(work, of),
        agency=await _agency(work, made),
    )


async def _agency(work: Work, made: Disclosure) -> str:
    """The agency of the colleague to whom it is given; "" where it is no colleague."""
    if made.to_role is None:
        return ""
    return (await work.staff.get(StaffId(made.to))).agency_id or ""


async def _household(work: Work, person: Person) -> frozenset[PersonId]:
    if person.household_id is None:
        return frozenset({person.id})
    return frozenset(one.id for one in await work.people.members(person.household_id))


async def _shien_items(work: Work, case_id: CaseId) -> frozenset[str]:
    return frozenset(
        item.id
        for meeting in await work.meetings.of_case(case_id)
        for item in meeting.live
        if item.case_id == case_id and item.ground is not None and item.ground.basis is Basis.SHIEN
    )
