"""Report a month: its figures as they are now, and what was told of it before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Final

from core.agencies import Area
from core.audit import AuditEvent
from core.figure_steps import in_order, may_take_figures, month_of
from core.figures.month import MonthFigures, first_of
from core.figures.revisions import MonthRevision, named
from core.ids import StaffId
from core.ports import UnitOfWork
from core.reading_steps import OPERATOR

TAKEN: Final = "figures.taken"


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthReport:
    """A month.

    Attributes:
        areas: in the order of the report.
        figures: as the records have it now.
        last: what was told of it last; None while it is not closed.
    """

    town: str
    areas: tuple[Area, ...]
    figures: MonthFigures
    last: MonthRevision | None = None

    @property
    def has_changed(self) -> bool:
        """Whether entries came in after the month was told last."""
        return self.last is not None and self.last.figures != self.figures


async def report_month(
    uow: UnitOfWork,
    *,
    month: date,
    by: StaffId | None,
    at: datetime,
    tz: tzinfo,
    order: Sequence[str] = (),
) -> MonthReport:
    """Count the month from the records (R-086). That it was taken is noted.

    Args:
        month: any day of it; one that is not over has what is there so far.
        by: who asks; None for the operator at the machine.
        order: codes of areas, in the town's own order.

    Raises:
        NotActive, NotYours.
    """
    begins = first_of(month)
    async with uow.write() as work:
        role = await may_take_figures(work, by)
        town = await work.towns.get()
        told = await work.figures.revisions(begins)
        report = MonthReport(
            town=town.name,
            areas=in_order(await work.towns.areas(), order),
            figures=await month_of(work, begins, tz=tz),
            last=told[0] if told else None,
        )
        await work.audit.append(
            AuditEvent(
                action=TAKEN,
                at=at,
                actor=by or OPERATOR,
                role=role,
                subject=town.code,
                reason="month",
                evidence=(f"month={named(begins)}",),
            )
        )
        await work.commit()
        return report
