"""Load a town from its file: all of it or nothing, and twice is the same as once."""

from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from core.agencies import Agency, Area, Role, Seat, Staff
from core.audit import AuditEvent
from core.cases import Case
from core.consent import Consent, ConsentState, ConsentType
from core.ids import (
    AgencyId,
    AreaId,
    CaseId,
    ConsentId,
    HouseholdId,
    LetterId,
    LinkId,
    PersonId,
    StaffId,
)
from core.letters import Letter, LetterState, fitting_window
from core.lint import check_letter, require_fit
from core.people import Household, LineLink, LinkState, Person
from core.ports import UnitOfWork, Work
from core.profiles import Municipality, StandingText
from core.steps import ask_for_approval
from core.towns import Town, TownCase, TownLetter, TownPerson, TownStaff

OPERATOR = "operator"


@dataclass(slots=True)
class _Known:
    """Ids of what was loaded so far, by the file's codes."""

    areas: dict[str, AreaId]
    agencies: dict[str, AgencyId]
    staff: dict[str, StaffId]
    households: dict[str, HouseholdId]
    people: dict[str, PersonId]
    cases: dict[str, CaseId]


@dataclass(frozen=True, kw_only=True, slots=True)
class Loaded:
    """How many records were new or changed, by kind."""

    changed: dict[str, int]

    @property
    def total(self) -> int:
        """All of them; 0 when the town was loaded before as it is."""
        return sum(self.changed.values())


async def load_town(
    uow: UnitOfWork,
    town: Town,
    *,
    at: datetime,
    tz: tzinfo,
    closed_days: frozenset[date] = frozenset(),
) -> Loaded:
    """Create or update everything the file names; what only lives in the database stays.

    A case's stage, a person's LINE link and a letter are created once and then belong to the
    record: loading again does not set them back.

    Raises:
        WordingBlocked, WindowUnfit: a letter in the file does not hold.
    """
    async with uow.write() as work:
        known = _Known({}, {}, {}, {}, {}, {})
        changed = {
            "municipality": await _municipality(work, town),
            "areas": await _areas(work, town, known),
            "agencies": await _agencies(work, town, known),
            "staff": sum([await _staff(work, item, known) for item in town.staff]),
            "households": await _households(work, town, known),
            "people": sum([await _person(work, item, known) for item in town.people]),
            "cases": sum([await _case(work, item, known) for item in town.cases]),
            "links": sum([await _link(work, item, known, at=at) for item in town.people]),
            "texts": await _texts(work, town, known),
        }
        changed["letters"] = sum(
            [
                await _letter(work, item, known, at=at, tz=tz, closed_days=closed_days)
                for item in town.letters
            ]
        )
        loaded = Loaded(changed=changed)
        if loaded.total:
            await work.audit.append(
                AuditEvent(
                    action="town.loaded",
                    at=at,
                    actor=OPERATOR,
                    role=OPERATOR,
                    subject=town.code,
                    evidence=tuple(f"{kind}={count}" for kind, count in changed.items() if count),
                )
            )
            await work.commit()
        return loaded


async def _municipality(work: Work, town: Town) -> bool:
    was = await work.towns.find()
    now = Municipality(
        id=work.municipality_id,
        code=town.code,
        name=town.name,
        account_name=town.account_name,
        letters=town.letter_rules,
        pushes_stopped=was.pushes_stopped if was else False,
    )
    if now != was:
        await work.towns.put(now)
    return now != was


async def _areas(work: Work, town: Town, known: _Known) -> int:
    there = {area.code: area for area in await work.towns.areas()}
    changed = 0
    for item in town.areas:
        was = there.get(item.code)
        now = Area(
            id=was.id if was else AreaId(work.new_id()),
            municipality_id=work.municipality_id,
            code=item.code,
            name=item.name,
        )
        known.areas[item.code] = now.id
        if now != was:
            await work.towns.put_area(now)
            changed += 1
    return changed


async def _agencies(work: Work, town: Town, known: _Known) -> int:
    there = {agency.code: agency for agency in await work.towns.agencies()}
    changed = 0
    for item in town.agencies:
        was = there.get(item.code)
        now = Agency(
            id=was.id if was else AgencyId(work.new_id()),
            municipality_id=work.municipality_id,
            code=item.code,
            name=item.name,
            kind=item.kind,
            is_municipality=item.is_municipality,
        )
        known.agencies[item.code] = now.id
        if now != was:
            await work.towns.put_agency(now)
            changed += 1
    return changed


async def _staff(work: Work, item: TownStaff, known: _Known) -> bool:
    was = await work.staff.by_code(item.code)
    now = Staff(
        id=was.id if was else StaffId(work.new_id()),
        municipality_id=work.municipality_id,
        code=item.code,
        name=item.name,
        roles=item.roles,
        agency_id=known.agencies[item.agency] if item.agency else None,
        slack_team_id=item.slack_team_id,
        slack_user_id=item.slack_user_id,
        locale=item.locale,
        active=item.active,
    )
    known.staff[item.code] = now.id
    if now != was:
        await work.staff.put(now)
    return now != was


async def _households(work: Work, town: Town, known: _Known) -> int:
    changed = 0
    for item in town.households:
        was = await work.people.household_by_code(item.code)
        now = Household(
            id=was.id if was else HouseholdId(work.new_id()),
            municipality_id=work.municipality_id,
            code=item.code,
            label=item.label,
            area_id=known.areas[item.area] if item.area else None,
        )
        known.households[item.code] = now.id
        if now != was:
            await work.people.put_household(now)
            changed += 1
    return changed


async def _person(work: Work, item: TownPerson, known: _Known) -> bool:
    was = await work.people.by_code(item.code)
    now = Person(
        id=was.id if was else PersonId(work.new_id()),
        municipality_id=work.municipality_id,
        code=item.code,
        name=item.name,
        kana=item.kana,
        household_id=known.households[item.household] if item.household else None,
        area_id=known.areas[item.area] if item.area else None,
        birth_date=item.birth_date,
        address=item.address,
        phones=item.phones,
        language_style=item.language_style,
        interests=item.interests,
        do_not_mention=item.do_not_mention,
        shared_device=item.shared_device,
        is_minor=item.is_minor,
        wakes=item.wakes,
        sleeps=item.sleeps,
        deceased_on=was.deceased_on if was else None,
    )
    known.people[item.code] = now.id
    if now != was:
        await work.people.put(now)
    return now != was


async def _case(work: Work, item: TownCase, known: _Known) -> bool:
    was = await work.cases.by_no(item.case_no)
    if was is None:
        was = Case(
            id=CaseId(work.new_id()),
            municipality_id=work.municipality_id,
            case_no=item.case_no,
            alias=item.alias,
            person_id=known.people[item.person],
            state=item.state,
            opened_on=item.opened_on,
            household_id=known.households[item.household] if item.household else None,
            area_id=known.areas[item.area] if item.area else None,
            lead_staff_id=known.staff[item.lead] if item.lead else None,
            urgency=item.urgency,
        )
        await work.cases.add(was)
        changed = True
    else:
        lead = known.staff[item.lead] if item.lead else None
        area = known.areas[item.area] if item.area else None
        now = replace(was, alias=item.alias, lead_staff_id=lead, area_id=area)
        changed = now != was
        if changed:
            await work.cases.change(replace(now, version=was.version + 1), version=was.version)
    known.cases[item.alias] = was.id
    return await _seats(work, item, was.id, known) or changed


async def _seats(work: Work, item: TownCase, case_id: CaseId, known: _Known) -> bool:
    there = set(await work.staff.seats(case_id))
    wanted = {
        Seat(case_id=case_id, staff_id=known.staff[seat.staff], role=seat.role)
        for seat in item.seats
    }
    for seat in wanted - there:
        await work.staff.put_seat(seat)
    for seat in there - wanted:
        await work.staff.remove_seat(seat)
    return there != wanted


async def _link(work: Work, item: TownPerson, known: _Known, *, at: datetime) -> bool:
    if item.line is None or await work.links.by_line_user(item.line.user_id) is not None:
        return False
    person_id = known.people[item.code]
    await work.links.add(
        LineLink(
            id=LinkId(work.new_id()),
            municipality_id=work.municipality_id,
            line_user_id=item.line.user_id,
            state=LinkState.LINKED,
            person_id=person_id,
            linked_at=item.line.given_at,
        )
    )
    await work.consents.add(
        Consent(
            id=ConsentId(work.new_id()),
            municipality_id=work.municipality_id,
            person_id=person_id,
            type=ConsentType.CHANNEL_LINE,
            state=ConsentState.GIVEN,
            given_at=item.line.given_at,
            evidence=item.line.evidence,
        )
    )
    return True


async def _texts(work: Work, town: Town, known: _Known) -> int:
    changed = 0
    for item in town.texts:
        now = StandingText(
            municipality_id=work.municipality_id,
            name=item.name,
            version=item.version,
            body=item.body,
            author_id=known.staff[item.author],
            approved_by=known.staff[item.approved_by],
            approved_at=item.approved_at,
        )
        if now != await work.towns.standing_text(item.name):
            await work.towns.put_standing_text(now)
            changed += 1
    return changed


async def _letter(
    work: Work,
    item: TownLetter,
    known: _Known,
    *,
    at: datetime,
    tz: tzinfo,
    closed_days: frozenset[date],
) -> bool:
    key = f"town:{item.code}"
    if await work.letters.by_command(key) is not None:
        return False
    case = await work.cases.get(known.cases[item.case])
    person = await work.people.get(case.person_id)
    rules = (await work.towns.get()).letters
    require_fit(
        check_letter(body=item.body, alt_text="", kind=item.kind, rules=rules, person=person)
    )
    hours = rules.hours(wakes=person.wakes, sleeps=person.sleeps, closed_days=closed_days)
    opens, closes = fitting_window(item.opens_at, None, at=at, tz=tz, hours=hours)
    letter = Letter(
        id=LetterId(work.new_id()),
        municipality_id=work.municipality_id,
        case_id=case.id,
        person_id=person.id,
        kind=item.kind,
        body=item.body,
        author_id=known.staff[item.author],
        opens_at=opens,
        closes_at=closes,
        state=LetterState.PENDING_APPROVAL,
        created_at=at,
        command_key=key,
    )
    await work.letters.add(letter)
    await work.audit.append(
        AuditEvent(
            action="letter.pending_approval",
            at=at,
            actor=letter.author_id,
            role=Role.OUTREACH_WORKER,
            subject=letter.id,
            case_id=case.id,
            now=letter.state.value,
            reason="town file",
        )
    )
    await ask_for_approval(work, letter, at=at)
    return True
