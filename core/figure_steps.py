"""Loading what the figures are counted from, inside somebody's open transaction."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from core.access import Action, Manner, NotYours, may, require
from core.agencies import Area, Role, Staff
from core.days import local_day
from core.figures.counting import flows_of, stocks_of
from core.figures.month import MonthFigures, build_month, last_of, year_begins
from core.figures.moves import ACTIONS, move_of
from core.figures.records import (
    COUNTED,
    Deed,
    MonthRecords,
    PlaceSeen,
    Sat,
    SheetSeen,
    sat,
)
from core.figures.revisions import MonthRevision
from core.figures.standings import CaseHistory, histories
from core.ids import AgencyId, AreaId, CaseId, StaffId
from core.ports import Work
from core.reading_steps import OPERATOR

# How long a month's figures are news on a desk [D].
NEWS_FOR: Final = timedelta(days=8)


def takes_figures(staff: Staff) -> bool:
    """Whether the town's figures, and not their own alone, are this colleague's to take."""
    if not may(staff, Action.EXPORT_STATISTICS):
        return False
    return require(staff, Action.EXPORT_STATISTICS).manner is not Manner.OWN_FIGURES


async def may_take_figures(work: Work, by: StaffId | None) -> str:
    """The role in which somebody takes the town's figures; the operator's, at the machine.

    Workers have the figures of their own cases on their desk, and not the town's (DOMAIN §3.7).

    Raises:
        NotActive, NotYours.
    """
    if by is None:
        return OPERATOR
    staff: Staff = await work.staff.get(by)
    opened = require(staff, Action.EXPORT_STATISTICS)
    if not takes_figures(staff):
        raise NotYours(
            action=Action.EXPORT_STATISTICS.value,
            allowed="coordinator,municipal_officer,privacy_officer",
        )
    return opened.role.value


async def month_told_to(work: Work, staff: Staff, *, at: datetime) -> MonthRevision | None:
    """The newest month, for officers in the first days after it was told; None for others."""
    if Role.MUNICIPAL_OFFICER not in staff.roles or not takes_figures(staff):
        return None
    for month in (await work.figures.closed_months())[:1]:
        told = (await work.figures.revisions(month))[0]
        return told if at - told.closed_at <= NEWS_FOR else None
    return None


def in_order(areas: Iterable[Area], codes: Sequence[str]) -> tuple[Area, ...]:
    """The town's areas in its own order; those that its profile does not name come after."""
    places = {code: place for place, code in enumerate(codes)}
    return tuple(sorted(areas, key=lambda one: (places.get(one.code, len(places)), one.code)))


async def histories_of(work: Work, *, until: date, tz: tzinfo) -> tuple[CaseHistory, ...]:
    """Every case from its beginning to the end of a local day.

    What was carried over, or noted later for an earlier day, counts for the day it names.
    """
    entries = await work.figures.trail(ACTIONS)
    moves = [move for entry in entries if (move := move_of(entry, tz=tz)) is not None]
    cases = [case for case in await work.cases.all() if case.opened_on <= until]
    return histories(cases, moves=moves, courses=await work.figures.courses())


async def sittings_of(
    work: Work, *, since: date, until: date, tz: tzinfo, areas: dict[CaseId, AreaId | None]
) -> tuple[Sat, ...]:
    """The sittings that took place on these days."""
    begins, ends = moments(since, until, tz=tz)
    found = []
    for meeting in await work.meetings.between(begins, ends):
        began = min(block.begins_at for block in meeting.blocks)
        held = sat(meeting, on=local_day(began, tz=tz), areas=areas)
        if held is not None:
            found.append(held)
    return tuple(found)


async def month_of(work: Work, month: date, *, tz: tzinfo) -> MonthFigures:
    """A month's figures, counted now from the records.

    Args:
        month: its first day.
    """
    ends = last_of(month)
    records = await records_of(work, since=year_begins(month), until=ends, tz=tz)
    return build_month(month, flows=flows_of(records), stocks=stocks_of(records, on=ends))


async def records_of(work: Work, *, since: date, until: date, tz: tzinfo) -> MonthRecords:
    """Everything that is counted of these local days, both within."""
    cases = await histories_of(work, until=until, tz=tz)
    areas = {one.case.id: one.case.area_id for one in cases}
    begins, ends = moments(since, until, tz=tz)
    return MonthRecords(
        cases=cases,
        areas=areas,
        sheets=await _sheets(work, cases, since=since, until=until),
        sittings=await sittings_of(work, since=since, until=until, tz=tz, areas=areas),
        deeds=tuple(
            Deed(
                action=entry.event.action,
                on=local_day(entry.event.at, tz=tz),
                case_id=entry.event.case_id,
            )
            for entry in await work.figures.trail(COUNTED, since=begins, until=ends)
        ),
        touches=await work.figures.touches(begins, ends, tz=tz),
        plans=await work.figures.plans(since, until),
        places=await _places(work),
    )


async def _sheets(
    work: Work, cases: Iterable[CaseHistory], *, since: date, until: date
) -> tuple[SheetSeen, ...]:
    known = {one.case.id: one.case for one in cases}
    seen = []
    for sheet in await work.figures.sheets(since, until):
        case = known.get(sheet.case_id)
        if case is None:
            continue
        person = await work.people.get(case.person_id)
        home = case.household_id or person.household_id
        size = None if home is None else len(await work.people.members(home))
        seen.append(SheetSeen(sheet=sheet, person=person, area_id=case.area_id, household=size))
    return tuple(seen)


async def _places(work: Work) -> tuple[PlaceSeen, ...]:
    """A place lies in the area of its host, where the host works in one alone."""
    hosts: dict[AgencyId, AreaId | None] = {
        agency.id: next(iter(agency.area_ids)) if len(agency.area_ids) == 1 else None
        for agency in await work.towns.agencies()
    }
    return tuple(
        PlaceSeen(
            opened_on=place.opened_on,
            host=place.host_agency_id,
            area_id=hosts.get(place.host_agency_id),
        )
        for place in await work.resources.places()
    )


def moments(since: date, until: date, *, tz: tzinfo) -> tuple[datetime, datetime]:
    """The moments between which these local days lie, half-open."""
    begins = datetime.combine(since, time(), tzinfo=tz)
    return begins, datetime.combine(until + timedelta(days=1), time(), tzinfo=tz)
