"""Close a month: keep its figures as they are told, in a new edition if they have changed."""

from datetime import date, datetime, tzinfo

from core.agencies import Role
from core.audit import SYSTEM, AuditEvent
from core.days import local_day
from core.figure_steps import month_of
from core.figures.month import first_of, last_finished
from core.figures.revisions import MonthAlreadyClosed, MonthRevision, named, next_revision
from core.ports import UnitOfWork
from core.steps import refresh_desks


async def close_month(
    uow: UnitOfWork, *, now: datetime, tz: tzinfo, month: date | None = None
) -> MonthRevision:
    """The last month that is over, or another one that late entries may have changed.

    Twice is the same as once: of two machines that close a month at the same moment, one keeps
    the edition and the other is refused.

    Args:
        month: any day of it; None for the last one that is over on the local day of `now`.

    Raises:
        MonthNotOver, MonthAlreadyClosed.
    """
    today = local_day(now, tz=tz)
    begins = last_finished(today) if month is None else first_of(month)
    async with uow.write() as work:
        told = await work.figures.revisions(begins)
        last = told[0] if told else None
        figures = await month_of(work, begins, tz=tz)
        closed = next_revision(figures, last=last, at=now, today=today)
        if not await work.figures.keep(closed):
            raise MonthAlreadyClosed(
                month=named(begins), revision=str(closed.revision), allowed="late entries"
            )
        await work.audit.append(
            AuditEvent(
                action="month.closed",
                at=now,
                actor=SYSTEM,
                role=Role.SYSTEM.value,
                subject=named(begins),
                was="" if last is None else str(last.revision),
                now=str(closed.revision),
                reason="" if last is None else "late entries",
            )
        )
        officers = [one for one in await work.staff.active() if Role.MUNICIPAL_OFFICER in one.roles]
        await refresh_desks(work, [one.id for one in officers], at=now)
        await work.commit()
        return closed
