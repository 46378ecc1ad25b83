"""Load a town from its file: all of it or nothing, and twice is the same as once."""

from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from core.agencies import Role
from core.audit import AuditEvent
from core.cases import Case, CaseState
from core.consent import ConsentState, ConsentType
from core.contracts import contracts_over
from core.courses.outreach_guards import OutreachCourse
from core.crisis.shifts import Shift
from core.days import local_day
from core.discovery import Discovery, DiscoveryRoute
from core.founding import Founding
from core.ids import LeafletId, PlaceId, ShiftId
from core.leaflet_pages import PageRef
from core.leaflet_steps import keep_pages, put
from core.leaflets import Leaflet, approve, event_of, require_whole
from core.letter_window import fitting_window
from core.link_steps import menu_follows
from core.lint import Proofreader, require_fit
from core.ports import UnitOfWork, Work
from core.profiles import StandingTextChanged
from core.proofreading import proofread
from core.steps import ask_for_approval
from core.towns import Town, TownCase, TownLeaflet, TownLetter, TownPerson, TownPlace, TownShift

OPERATOR = "operator"


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
    proof: Proofreader,
    closed_days: frozenset[date] = frozenset(),
) -> Loaded:
    """Create or update everything the file names; what only lives in the database stays.

    A case's stage, a person's LINE link, a leaflet and a letter are created once and then
    belong to the record: loading again does not set them back.

    Raises:
        WordingBlocked, WindowUnfit: a letter in the file does not hold.
        StandingTextChanged: other words under a version that was approved (G-06).
        DeadlinePressed, LeafletIncomplete, LeafletNotPublic: a leaflet in the file does not hold.
    """
    async with uow.write() as work:
        new = Founding(municipality_id=work.municipality_id, new_id=work.new_id)
        changed = {"municipality": await _municipality(work, town, new)}
        changed |= await _organisations(work, town, new, today=local_day(at, tz=tz))
        changed |= await _people(work, town, new)
        changed["cases"] = sum([await _case(work, item, new) for item in town.cases])
        changed["places"] = sum([await _place(work, item, new) for item in town.places])
        changed["leaflets"] = sum([await _leaflet(work, one, new, at=at) for one in town.leaflets])
        changed["links"] = sum([await _link(work, item, new, at=at) for item in town.people])
        changed["texts"] = await _texts(work, town, new)
        changed["shifts"] = sum([await _shift(work, one, new) for one in town.shifts])
        changed["letters"] = sum(
            [
                await _letter(work, item, new, at=at, tz=tz, proof=proof, closed_days=closed_days)
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


async def _municipality(work: Work, town: Town, new: Founding) -> int:
    was = await work.towns.find()
    now = new.municipality(town, was)
    if now != was:
        await work.towns.put(now)
    return int(now != was)


async def _organisations(work: Work, town: Town, new: Founding, *, today: date) -> dict[str, int]:
    """Areas, agencies, providers and staff, in the order in which they need another."""
    changed = dict.fromkeys(("areas", "agencies", "providers", "staff"), 0)
    areas = {area.code: area for area in await work.towns.areas()}
    for area_file in town.areas:
        was_area = areas.get(area_file.code)
        if (area := new.area(area_file, was_area)) != was_area:
            await work.towns.put_area(area)
            changed["areas"] += 1
    agencies = {agency.code: agency for agency in await work.towns.agencies()}
    for agency_file in town.agencies:
        was_agency = agencies.get(agency_file.code)
        if (agency := new.agency(agency_file, was_agency)) != was_agency:
            await work.towns.put_agency(agency)
            changed["agencies"] += 1
    changed["providers"] = await _providers(work, town, new)
    ended = contracts_over(await work.towns.agencies(), await work.towns.providers(), on=today)
    over = frozenset(ended)
    for staff_file in town.staff:
        was_staff = await work.staff.by_code(staff_file.code)
        if (staff := new.colleague(staff_file, was_staff, over=over)) != was_staff:
            await work.staff.put(staff)
            changed["staff"] += 1
    return changed


async def _providers(work: Work, town: Town, new: Founding) -> int:
    there = set(await work.towns.providers())
    fresh = [one for one in map(new.provider, town.providers) if one not in there]
    for provider in fresh:
        await work.towns.put_provider(provider)
    return len(fresh)


async def _people(work: Work, town: Town, new: Founding) -> dict[str, int]:
    """Households, their people, who these are to one another, and the marks on them."""
    changed = dict.fromkeys(("households", "people"), 0)
    households = {}
    for household_file in town.households:
        was_household = await work.people.household_by_code(household_file.code)
        if (household := new.household(household_file, was_household)) != was_household:
            await work.people.put_household(household)
        households[household_file.code] = (household, household != was_household)
    for person_file in town.people:
        was_person = await work.people.by_code(person_file.code)
        if (person := new.person(person_file, was_person)) != was_person:
            await work.people.put(person)
            changed["people"] += 1
    for household_file in town.households:
        was, fresh = households[household_file.code]
        now = new.with_members(household_file, was)
        if now != was:
            await work.people.put_household(now)
        changed["households"] += int(fresh or now != was)
    changed["marks"] = sum([await _marks(work, person_file, new) for person_file in town.people])
    return changed


async def _marks(work: Work, item: TownPerson, new: Founding) -> int:
    """Once: who is cleared for a mark is settled by those named on it, not by a file (R-015)."""
    there = {mark.care for mark in await work.care_marks.of_people([new.people[item.code]])}
    fresh = [mark for mark in new.marks(item) if mark.care not in there]
    for mark in fresh:
        await work.care_marks.put(mark)
    return len(fresh)


async def _place(work: Work, item: TownPlace, new: Founding) -> bool:
    place = new.place(item)
    if place.id in {one.id for one in await work.resources.places()}:
        return False
    await work.resources.add_place(place)
    return True


async def _leaflet(work: Work, item: TownLeaflet, new: Founding, *, at: datetime) -> bool:
    """Once: editions, approval and withdrawal are the colleagues' own."""
    leaflet = _founded(item, new, at=at)
    if leaflet.id in {one.id for one in await work.leaflets.all()}:
        return False
    require_whole(leaflet)
    await keep_pages(work, item.pages)
    await work.leaflets.add(leaflet)
    by = leaflet.author_id
    await work.audit.append(event_of(leaflet, by=by, role=Role.OUTREACH_WORKER, at=at))
    if item.approved_by is not None:
        by = new.staff[item.approved_by]
        await put(work, leaflet, approve(leaflet, by=by, role=Role.MESSAGE_APPROVER, at=at))
    return True


def _founded(item: TownLeaflet, new: Founding, *, at: datetime) -> Leaflet:
    """A leaflet that waits for approval; known again by its code in the file."""
    leaflet_id = LeafletId(f"town-{item.code}")
    return Leaflet(
        id=leaflet_id,
        municipality_id=new.municipality_id,
        root_id=leaflet_id,
        title=item.title,
        quiet_title=item.quiet_title,
        issuer=item.issuer,
        tags=item.tags,
        valid_from=item.valid_from,
        valid_until=item.valid_until,
        plain=item.plain,
        pages=tuple(map(PageRef.of, item.pages)),
        author_id=new.staff[item.author],
        added_at=at,
        is_public_info=item.is_public_info,
        area_ids=frozenset(new.areas[area] for area in item.areas),
        place_id=None if item.place is None else PlaceId(f"town-{item.place}"),
    )


async def _case(work: Work, item: TownCase, new: Founding) -> bool:
    was = await work.cases.by_no(item.case_no)
    now = new.case(item, was)
    if was is None:
        await work.cases.add(now)
    elif now != was:
        await work.cases.change(replace(now, version=was.version + 1), version=was.version)
    if item.reached_out_to:
        await _course(work, now, known=was is not None)
    there, wanted = set(await work.staff.all_seats(now.id)), new.seats(item)
    for seat in wanted - there:
        await work.staff.put_seat(seat)
    for seat in there - wanted:
        await work.staff.remove_seat(seat)
    return now != was or there != wanted


async def _course(work: Work, case: Case, *, known: bool) -> None:
    """A case that comes with a stage of outreach is on that course: where the word of it came
    from, the file does not say. One that is known already may have courses of its own."""
    if case.state is CaseState.RECEIVED or await work.courses.outreach(case) is not None:
        return
    others = (await work.courses.participation(case.id), await work.courses.multi_agency(case.id))
    if known and any(course is not None for course in others):
        return
    found = Discovery(on=case.opened_on, route=DiscoveryRoute.NETWORK)
    await work.courses.put_outreach(OutreachCourse(case=case, discovery=found))


async def _link(work: Work, item: TownPerson, new: Founding, *, at: datetime) -> bool:
    """Once: a person who has, or had, an account or said no is not linked anew by a file
    (C5, C8)."""
    if item.line is None or await work.links.by_line_user(item.line.user_id) is not None:
        return False
    if await work.links.of_person(new.people[item.code]) is not None:
        return False
    given = await work.consents.current(new.people[item.code], ConsentType.CHANNEL_LINE)
    if given is not None and given.state is not ConsentState.GIVEN:
        return False
    link, consent = new.link(item, item.line)
    await work.links.add(link)
    await menu_follows(work, link, at=at)
    if given is None:
        await work.consents.add(consent)
    return True


async def _texts(work: Work, town: Town, new: Founding) -> int:
    changed = 0
    for item in town.texts:
        now = new.text(item)
        was = await work.towns.standing_text(now.name, version=now.version)
        if was is not None and (was.body, was.use) != (now.body, now.use):
            raise StandingTextChanged(name=now.name, version=now.version)
        if now != was:
            await work.towns.put_standing_text(now)
            changed += 1
    return changed


async def _shift(work: Work, item: TownShift, new: Founding) -> bool:
    """Once: from then on the list belongs to the town's desk."""
    shift = Shift(
        id=ShiftId(f"town-{item.code}"),
        municipality_id=work.municipality_id,
        staff_id=new.staff[item.staff],
        starts_at=item.starts_at,
        ends_at=item.ends_at,
        place=item.place,
    )
    return await work.shifts.add(shift)


async def _letter(
    work: Work,
    item: TownLetter,
    new: Founding,
    *,
    at: datetime,
    tz: tzinfo,
    proof: Proofreader,
    closed_days: frozenset[date],
) -> bool:
    key = f"town:{item.code}"
    if await work.letters.by_command(key) is not None:
        return False
    case = await work.cases.get(new.cases[item.case])
    person = await work.people.get(case.person_id)
    rules = (await work.towns.get()).letters
    hours = rules.hours_of(person, closed_days=closed_days)
    window = fitting_window(item.opens_at, None, at=at, tz=tz, hours=hours)
    letter = new.letter(item, case, window=window, key=key, at=at)
    require_fit(await proofread(work, letter, at=at, proof=proof))
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
