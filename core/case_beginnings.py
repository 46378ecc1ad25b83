"""A case begins: whose it is, how it is called, who sits on it. Inside an open transaction."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from core.agencies import Role, Seat
from core.audit import AuditEvent
from core.cases import Case, CaseState, Urgency
from core.course_grounds import grounds_of
from core.course_kinds import KINDS
from core.course_steps import event_of, keep_outreach
from core.courses.along import receive
from core.courses.outreach import discover
from core.days import fiscal_year
from core.discovery import Discovery, require_source
from core.errors import NotFound
from core.ids import AreaId, CaseId, HouseholdId, PersonId, StaffId
from core.people import Household, Person, SafeContact
from core.ports import Work
from core.programmes import Programme
from core.steps import Overtaken


@dataclass(frozen=True, kw_only=True, slots=True)
class Newcomer:
    """Somebody of whom we hear for the first time; nothing at all need be known (R-001).

    Attributes:
        household_id: the household they live in, if we know it.
        household_label: how a new household is called in lists; "" makes none.
    """

    name: str = ""
    kana: str = ""
    birth_date: date | None = None
    about_age: int | None = None
    sex: str = ""
    address: str = ""
    phones: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    area_id: AreaId | None = None
    household_id: HouseholdId | None = None
    household_label: str = ""
    safe_contact: SafeContact = field(default_factory=SafeContact)
    is_minor: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownAs:
    """Somebody on the town's record, by the code that the record has for them."""

    code: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Beginning:
    """Who begins a case, in which role, and when."""

    by: StaffId
    role: Role
    at: datetime
    today: date


async def person_for(
    work: Work, who: PersonId | KnownAs | Newcomer, *, begins: Beginning
) -> Person:
    """The person, known or entered now.

    Raises:
        NotFound: no such person.
    """
    if isinstance(who, KnownAs):
        known = await work.people.by_code(who.code)
        if known is None:
            raise NotFound(what="person", id=who.code)
        return known
    if not isinstance(who, Newcomer):
        return await work.people.get(who)
    household_id = who.household_id
    if household_id is None and who.household_label.strip():
        household_id = HouseholdId(work.new_id())
        await work.people.put_household(
            Household(
                id=household_id,
                municipality_id=work.municipality_id,
                code=household_id,
                label=who.household_label.strip(),
                area_id=who.area_id,
            )
        )
    person_id = PersonId(work.new_id())
    person = Person(
        id=person_id,
        municipality_id=work.municipality_id,
        code=person_id,
        name=who.name.strip(),
        kana=who.kana.strip(),
        household_id=household_id,
        area_id=who.area_id,
        birth_date=who.birth_date,
        about_age=who.about_age,
        sex=who.sex.strip(),
        address=who.address.strip(),
        phones=who.phones,
        interests=who.interests,
        safe_contact=who.safe_contact,
        is_minor=who.is_minor,
    )
    await work.people.put(person)
    await work.audit.append(
        AuditEvent(
            action="person.entered",
            at=begins.at,
            actor=begins.by,
            role=begins.role.value,
            subject=person_id,
        )
    )
    return person


async def new_case(
    work: Work, person: Person, *, state: CaseState, urgency: Urgency, begins: Beginning
) -> Case:
    """A case under the next free number; whoever begins it has a seat on it."""
    case = Case(
        id=CaseId(work.new_id()),
        municipality_id=work.municipality_id,
        case_no="",
        alias="",
        person_id=person.id,
        state=state,
        opened_on=begins.today,
        household_id=person.household_id,
        area_id=person.area_id,
        urgency=urgency,
    )
    number = await work.cases.count() + 1
    year = fiscal_year(begins.today)
    while not await work.cases.begin(
        replace(case, case_no=f"{year}-{number:04d}", alias=f"A-{number}")
    ):
        number += 1
    kept = await work.cases.get(case.id)
    await work.staff.put_seat(Seat(case_id=kept.id, staff_id=begins.by, role=begins.role))
    await work.audit.append(
        event_of(
            "case.seated",
            kept,
            by=begins.by,
            role=begins.role,
            at=begins.at,
            now=begins.role.value,
            evidence=(f"staff={begins.by}",),
        )
    )
    return kept


async def begin_outreach(
    work: Work, case: Case, *, discovery: Discovery, begins: Beginning
) -> Case:
    """O1, on a new case or one that was RECEIVED. Raises: SourceUnrecorded."""
    grounds = await grounds_of(work, case, at=begins.at, today=begins.today)
    step = discover(case, discovery=discovery, by=begins.by, role=begins.role, grounds=grounds)
    kept = await keep_outreach(work, step, was=case)
    return kept.case


async def take_into(work: Work, case: Case, *, programme: Programme, begins: Beginning) -> None:
    """PT1 or MK1: the case has this course now. Raises: Overtaken: it has it already."""
    grounds = await grounds_of(work, case, at=begins.at, today=begins.today, programme=programme)
    kind = KINDS[programme]
    taken = receive(
        kind.machine,
        case.id,
        person=case.person_id,
        by=begins.by,
        role=begins.role,
        grounds=grounds,
    )
    if not await kind.add(work, taken.course):
        raise Overtaken(what=kind.name)
    await work.audit.append(*taken.events)


async def begin_course(
    work: Work,
    case: Case,
    *,
    programme: Programme,
    discovery: Discovery,
    begins: Beginning,
) -> Case:
    """The first course of a case; its source is on record in each of them (R-027).

    Raises:
        SourceUnrecorded. Overtaken: it has this course already.
    """
    require_source(discovery)
    if programme is Programme.OUTREACH:
        return await begin_outreach(work, case, discovery=discovery, begins=begins)
    await take_into(work, case, programme=programme, begins=begins)
    await work.audit.append(
        event_of(
            "case.received",
            case,
            by=begins.by,
            role=begins.role,
            at=begins.at,
            now=case.state.value,
            reason=discovery.route.value,
            evidence=(f"agency={discovery.agency_id}",) if discovery.agency_id else (),
        )
    )
    return case
