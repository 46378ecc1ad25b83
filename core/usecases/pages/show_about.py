"""See on one's own page who writes and why, and what one has agreed to."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from core.agencies import Role, Staff
from core.cases import Case
from core.consent import ConsentLine, ConsentType
from core.consent.scopes import AgencyScope, FamilyScope, MeetingScope
from core.days import local_day
from core.discovery import DiscoveryRoute, informant_for_person
from core.ids import AgencyId, ConsentId, PersonId
from core.meetings.ids import BodyId
from core.page_steps import PageKey, come_in
from core.page_views import LettersNow, standing_of
from core.people import LanguageStyle
from core.person_acts import case_of
from core.ports import UnitOfWork, Work
from core.steps import watchers


@dataclass(frozen=True, kw_only=True, slots=True)
class Writer:
    """A colleague who works with the person: name, and where they work."""

    name: str
    agency: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Beginning:
    """How we came to write, as far as the person is told (R-027).

    Attributes:
        told_by: who told us; "" where they asked to stay unnamed, or nobody did.
    """

    on: date
    route: DiscoveryRoute
    told_by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreed:
    """Something that the person has agreed to, and can take back at once.

    Attributes:
        with_whom: names of bodies, agencies or relatives that it is about.
    """

    id: ConsentId
    version: int
    type: ConsentType
    with_whom: tuple[str, ...]
    since: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class AboutView:
    """Who writes to me, why, and what I agreed to."""

    account: str
    town: str
    style: LanguageStyle
    standing: LettersNow
    writers: tuple[Writer, ...]
    beginning: Beginning | None
    agreed: tuple[Agreed, ...]
    has_pin: bool


async def show_about(uow: UnitOfWork, key: PageKey, *, at: datetime, tz: tzinfo) -> AboutView:
    """It reads only.

    Raises:
        NotFound: the link opens nothing. PinNeeded.
    """
    async with uow.read() as work:
        visit = await come_in(work, key, at=at)
        case = await case_of(work, visit.person.id)
        town = await work.towns.get()
        standing, _ = standing_of(await work.links.of_person(visit.person.id), at=at)
        today = local_day(at, tz=tz)
        lines = await work.consents.of_person(visit.person.id)
        return AboutView(
            account=town.account_name,
            town=town.name,
            style=visit.person.language_style,
            standing=standing,
            writers=() if case is None else await _writers(work, case),
            beginning=None if case is None else await _beginning(work, case),
            agreed=tuple([await _agreed(work, line) for line in lines if line.in_force(today)]),
            has_pin=visit.pin is not None,
        )


async def _writers(work: Work, case: Case) -> tuple[Writer, ...]:
    seats = await work.staff.seats(case.id)
    approvers = [seat.staff_id for seat in seats if seat.role is Role.MESSAGE_APPROVER]
    ids = dict.fromkeys((*watchers(case, seats), *approvers))
    people: list[Staff] = [await work.staff.get(one) for one in ids]
    agencies = {agency.id: agency.name for agency in await work.towns.agencies()}
    return tuple(
        Writer(name=one.name, agency=agencies.get(one.agency_id or AgencyId(""), ""))
        for one in people
        if one.active
    )


async def _beginning(work: Work, case: Case) -> Beginning | None:
    course = await work.courses.outreach(case)
    if course is None:
        return None
    said = informant_for_person(course.discovery)
    names = {agency.id: agency.name for agency in await work.towns.agencies()}
    told_by = names.get(AgencyId(said), "" if said == course.discovery.agency_id else said)
    return Beginning(on=course.discovery.on, route=course.discovery.route, told_by=told_by)


async def _agreed(work: Work, line: ConsentLine) -> Agreed:
    return Agreed(
        id=line.id,
        version=line.version,
        type=line.type,
        with_whom=await _with_whom(work, line),
        since=line.since,
    )


async def _with_whom(work: Work, line: ConsentLine) -> tuple[str, ...]:
    match line.scope:
        case AgencyScope(agencies=agencies):
            named = {agency.id: agency.name for agency in await work.towns.agencies()}
            return tuple(named[one] for one in sorted(agencies) if one in named)
        case MeetingScope(body=body):
            return tuple(one.name for one in await work.bodies.all() if one.id == BodyId(body))
        case FamilyScope(relative=relative):
            person = await work.people.get(PersonId(relative))
            return (person.name,)
    return ()
