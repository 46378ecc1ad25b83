"""Tell a case's story, and note who asked for it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, tzinfo
from typing import Any, Final

from core.agencies import Role, Staff
from core.assessments import tax_holder
from core.audit import AuditEvent
from core.cases import Case
from core.days import local_day
from core.ids import CaseId, StaffId
from core.leaflet_choice import choices
from core.leaflet_links import Carried
from core.letters import Letter
from core.long_lists import NEWEST, LongList, cut, page_of
from core.open_sittings import sittings_open
from core.people import Person
from core.ports import UnitOfWork, Work
from core.reading_steps import OPERATOR, Opened, open_for
from core.story import CaseStory, Listener, told

__all__ = ["NEWEST", "OPERATOR", "CaseStory", "show_case"]

_READ_HERE: Final = (LongList.LETTERS, LongList.CONTACTS, LongList.REPLIES, LongList.TRAIL)
MOST_UNREAD: Final = 200
MOST_MOVES: Final = 30


async def show_case(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    by: StaffId | None,
    at: datetime,
    tz: tzinfo = UTC,
    most: int | None = NEWEST,
) -> CaseStory:
    """The story of a case, as far as the reader's role and the marks on it go (§3.7, R-015).

    That it was opened, by whom and in which manner, becomes part of the record.

    Args:
        by: who reads; None for the operator at the machine itself.
        tz: in which local days are counted.
        most: how many of each long list, newest first; None for all of it. Replies that nobody
            has read yet are always told.

    Raises:
        NotFound: no such case, or one that a mark closes to this reader. NotYours, NotActive:
        the door stays shut. Shielded: closed by a mark, and the reader may break the glass.
    """
    async with uow.write() as work:
        case = await work.cases.get(case_id)
        today = local_day(at, tz=tz)
        opened = await open_for(work, case, by=by, at=at, today=today, most=_one_more(most))
        await work.audit.append(opened.reading.event)
        story = await _story(work, case, opened, most=most, on=today)
        await work.audit.append(*_tax_facts_opened(story, opened))
        await work.commit()
        return told(
            story,
            Listener(staff=opened.staff, circle=opened.circle, on=today, seats=opened.seats),
        )


def _tax_facts_opened(story: CaseStory, opened: Opened) -> Iterator[AuditEvent]:
    """The operator is told the whole record; that facts from taxation are in it is noted apart."""
    if opened.staff is None and any(map(tax_holder, story.assessments)):
        yield replace(opened.reading.event, action="tax_fact.opened")


async def _story(
    work: Work, case: Case, opened: Opened, *, most: int | None, on: date
) -> CaseStory:
    areas = {area.id: area.name for area in await work.towns.areas()}
    staff = await work.staff.all()
    long = await _long(work, case, opened, most=most)
    home = case.household_id or _person(case, opened).household_id
    return CaseStory(
        case=case,
        person=_person(case, opened),
        household=None if home is None else await work.people.household(home),
        members=opened.members,
        link=await work.links.of_person(case.person_id),
        consents=opened.ledger,
        names=_names(staff),
        area=areas.get(case.area_id, "") if case.area_id else "",
        agencies={agency.id: agency for agency in await work.towns.agencies()},
        staff={member.id: member for member in staff},
        marks=opened.reading.marks,
        bodies=opened.bodies,
        reader=opened.reading.passed,
        roles=opened.roles,
        **long,
        **await _leaflets(work, case, _person(case, opened), long["letters"], on=on),
        **await _courses(work, case),
        **await _connections(work, case),
        **await _series(work, case),
        answers=await work.answers.of_case(case.id, limit=most),
        absences=await work.absences.of_day(on),
    )


async def _long(work: Work, case: Case, opened: Opened, *, most: int | None) -> dict[str, Any]:
    """The lists that grow for years; of each the newest, and from where older ones go on."""
    pages = {part: await page_of(work, case.id, part, most=most) for part in _READ_HERE}
    pages[LongList.MEETINGS] = cut(opened.meetings, most=most)
    lists: dict[str, Any] = {part.value: page.rows for part, page in pages.items()}
    if pages[LongList.REPLIES].before:
        shown = {reply.id for reply in lists["replies"]}
        unread = await work.replies.unread_of_case(case.id, limit=MOST_UNREAD)
        lists["replies"] += tuple(reply for reply in unread if reply.id not in shown)
    moves = await work.audit.newest_of_case(case.id, limit=MOST_MOVES, actions=("case.moved",))
    return {
        **lists,
        "media": await work.media.of_replies(reply.id for reply in lists["replies"]),
        "letter_steps": await work.audit.of_subjects(letter.id for letter in lists["letters"]),
        "moves": tuple(reversed(moves)),
        "more": {part.value: page.before for part, page in pages.items() if page.before},
    }


async def _leaflets(
    work: Work, case: Case, person: Person, letters: Iterable[Letter], *, on: date
) -> dict[str, Any]:
    """What may be sent to the person today, and what the letters told here carry."""
    matches = await work.resources.matches_of_case(case.id)
    links = await work.leaflets.links_of(letter.id for letter in letters)
    editions = {id_: await work.leaflets.get(id_) for id_ in {link.leaflet_id for link in links}}
    return {
        "leaflets": choices(
            await work.leaflets.approved(),
            on=on,
            areas=(case.area_id, person.area_id),
            given=await work.leaflets.given_to(person.id),
            interests=person.interests,
            known_places=[one.place_id for one in matches if one.person_id == person.id],
        ),
        "carried": tuple(Carried(link=link, leaflet=editions[link.leaflet_id]) for link in links),
    }


async def _courses(work: Work, case: Case) -> dict[str, Any]:
    plans = await work.plans.of_case(case.id)
    monitorings = [one for plan in plans for one in await work.monitorings.of_plan(plan.id)]
    return {
        "outreach": await work.courses.outreach(case),
        "participation": await work.courses.participation(case.id),
        "multi_agency": await work.courses.multi_agency(case.id),
        "emergencies": await work.emergencies.of_case(case.id),
        "applications": await work.applications.of_case(case.id),
        "assessments": await work.assessments.of_case(case.id),
        "plans": plans,
        "monitorings": tuple(monitorings),
    }


async def _connections(work: Work, case: Case) -> dict[str, Any]:
    return {
        "participants": await work.bodies.participants(),
        "sittings": await sittings_open(work),
        "referrals": await work.referrals.of_case(case.id),
        "sheets": await work.referrals.sheets_of_case(case.id),
        "inquiries": await work.disclosures.inquiries(case.id),
        "disclosures": await work.disclosures.of_case(case.id),
        "matches": await work.resources.matches_of_case(case.id),
        "places": await work.resources.places(),
        "gaps": await work.resources.gaps(),
    }


async def _series(work: Work, case: Case) -> dict[str, Any]:
    series = await work.series.of_case(case.id)
    ids = [step.letter_id for one in series for step in one.steps if step.letter_id is not None]
    return {
        "series": series,
        "series_letters": tuple([await work.letters.get(letter_id) for letter_id in ids]),
        "letter_rules": (await work.towns.get()).letters,
    }


def _one_more(most: int | None) -> int | None:
    return None if most is None else most + 1


def _person(case: Case, opened: Opened) -> Person:
    return next(one for one in opened.members if one.id == case.person_id)


def _names(staff: tuple[Staff, ...]) -> dict[str, str]:
    return {member.id: member.name for member in staff} | {OPERATOR: OPERATOR, Role.SYSTEM: ""}
