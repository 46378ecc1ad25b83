"""What consents, lists and pledges say about meetings, loaded for one step.

They are loaded anew for each step. A sitting that is written down after it took place is looked
at as of its beginning (M6).
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, tzinfo

from core.days import local_day
from core.ids import PersonId
from core.meetings.bodies import as_it_was
from core.meetings.items import AgendaItem
from core.meetings.ledger import shares_at, shares_from
from core.meetings.shares import Shares
from core.meetings.sittings import Meeting
from core.meetings.situation import Situation
from core.ports import Work
from core.programmes import PLANNING, Programme

Runs = frozenset[Programme]


async def situation_now(
    work: Work,
    items: Iterable[AgendaItem],
    *,
    at: datetime,
    tz: tzinfo,
    runs: Runs = PLANNING,
    about: Iterable[PersonId] = (),
) -> Situation:
    """What consents, lists and pledges say at this moment.

    Args:
        about: people beside those concerned by the items, such as those a paper is about.
    """
    people = frozenset(about).union(*(item.subjects for item in items))
    ledger = await work.consents.of_people(sorted(people))
    shares = shares_from(ledger, today=local_day(at, tz=tz))
    return await _situation(work, shares, runs=runs)


async def situation_in_the_room(
    work: Work, meeting: Meeting, *, at: datetime, tz: tzinfo, runs: Runs = PLANNING
) -> Situation:
    """What they said when each item began, for writing down what was held (M6)."""
    moments: dict[PersonId, datetime] = {}
    for item in meeting.live:
        block = meeting.block_of(item)
        began = min(at, block.begins_at) if block else at
        for person in item.subjects:
            moments[person] = min(began, moments.get(person, began))
    ledger = await work.consents.of_people(sorted(moments))
    shares: dict[PersonId, Shares] = {}
    for person, moment in moments.items():
        own = [line for line in ledger if line.subject == person]
        shares |= shares_at(own, at=moment, tz=tz)
    now = await _situation(work, shares, runs=runs)
    began = min((block.begins_at for block in meeting.blocks), default=at)
    return replace(now, bodies=tuple(as_it_was(body, at=min(at, began)) for body in now.bodies))


async def situation_of(
    work: Work, meeting: Meeting, *, at: datetime, tz: tzinfo, runs: Runs = PLANNING
) -> Situation:
    """As `situation_now`, for a whole meeting: its items, papers and minutes."""
    told = {p for minutes in meeting.minutes for line in minutes.shared for p in line.about}
    papers = {p for material in meeting.materials for p in material.about}
    return await situation_now(
        work, meeting.items, at=at, tz=tz, runs=runs, about=frozenset(told | papers)
    )


async def _situation(work: Work, shares: Mapping[PersonId, Shares], *, runs: Runs) -> Situation:
    return Situation(
        bodies=await work.bodies.all(),
        participants={one.id: one for one in await work.bodies.participants()},
        shares=shares,
        pledges=await work.bodies.pledges(),
        runs=runs,
    )
