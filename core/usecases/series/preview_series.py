"""Show on which days a series would go, before a word of it is written."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from core.access import Action, require
from core.cadence.packs import Anchor, LetterPack
from core.cadence.planning import Planned
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork
from core.series_steps import anchor_day, ground_of, plan_of, require_writable


@dataclass(frozen=True, kw_only=True, slots=True)
class Preview:
    """The days of a series.

    Attributes:
        anchored_on: the day that it counts from; None while it is to come, and then no step yet.
        take_every: the pace that the person's wish leaves.
    """

    anchored_on: date | None
    steps: tuple[Planned, ...]
    take_every: int


async def preview_series(
    uow: UnitOfWork,
    *,
    case_id: CaseId,
    by: StaffId,
    pack: LetterPack,
    anchor: Anchor,
    at: datetime,
    tz: tzinfo,
    closed_days: frozenset[date] = frozenset(),
    anchored_on: date | None = None,
    take_every: int = 1,
) -> Preview:
    """The plan as it would be now; windows may move by a day or two once it is written.

    Raises:
        NotYours. CaseResting: R-022. MinorsNotWrittenTo: G-24.
    """
    async with uow.read() as work:
        case, author = await work.cases.get(case_id), await work.staff.get(by)
        seats = await work.staff.seats(case_id)
        require(author, Action.WRITE_LETTER, case_id=case_id, seats=seats)
        ground = await ground_of(work, case, closed_days=closed_days)
        require_writable(ground)
        day = anchored_on or await anchor_day(work, ground, anchor, since=at, tz=tz)
        every = max(take_every, ground.person.letter_wishes.take_every)
        if day is None:
            return Preview(anchored_on=None, steps=(), take_every=every)
        plan = await plan_of(work, ground, pack, anchored_on=day, at=at, tz=tz, take_every=every)
        return Preview(anchored_on=day, steps=plan, take_every=every)
