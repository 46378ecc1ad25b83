"""Show the months as they were told, for whoever answers for the town's figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Action, may
from core.agencies import Area, Staff
from core.cases import Case
from core.figure_steps import in_order, may_take_figures
from core.figures.revisions import MonthRevision
from core.ids import StaffId
from core.ports import UnitOfWork

MOST_MONTHS = 13


@dataclass(frozen=True, kw_only=True, slots=True)
class FiguresStory:
    """The months of a year, as they were told last.

    Attributes:
        areas: in the town's own order, whatever their figures are (R-053).
        months: oldest first, each in its newest edition.
        trails: cases whose openings the reader may look at (who opened them, when and why).
    """

    town: str
    reader: Staff
    areas: tuple[Area, ...]
    months: tuple[MonthRevision, ...]
    trails: tuple[Case, ...] = ()


async def show_figures(uow: UnitOfWork, *, by: StaffId, order: Sequence[str] = ()) -> FiguresStory:
    """The closed months; nothing is counted anew, so that the page opens at once.

    Args:
        order: codes of areas, in the town's own order.

    Raises:
        NotFound, NotActive, NotYours.
    """
    async with uow.read() as work:
        await may_take_figures(work, by)
        reader = await work.staff.get(by)
        months = []
        for month in (await work.figures.closed_months())[:MOST_MONTHS]:
            months.append((await work.figures.revisions(month))[0])
        trails: tuple[Case, ...] = ()
        if may(reader, Action.READ_AUDIT):
            shut = await work.care_marks.closed_to(by)
            trails = tuple(one for one in await work.cases.all() if one.id not in shut)
        return FiguresStory(
            town=(await work.towns.get()).name,
            reader=reader,
            areas=in_order(await work.towns.areas(), order),
            months=tuple(reversed(months)),
            trails=trails,
        )
