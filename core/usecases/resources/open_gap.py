"""Note that a resource is lacking (R-051)."""

from datetime import datetime, tzinfo

from core.connection_steps import connection_event, host_worker
from core.days import local_day
from core.ids import GapId, StaffId
from core.ports import UnitOfWork
from core.proposals import require_named
from core.resources import ResourceGap


async def open_gap(
    uow: UnitOfWork,
    *,
    description: str,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    found_in: str = "",
) -> ResourceGap:
    """What is lacking, in words that name nobody.

    Args:
        found_in: id of the meeting, where a meeting found it.

    Raises:
        NotFound, NotActive, RoleNeeded: the door. PlaceUnnamed: it says nothing.
    """
    async with uow.write() as work:
        _, role = await host_worker(work, by=by)
        gap = ResourceGap(
            id=GapId(work.new_id()),
            municipality_id=work.municipality_id,
            description=require_named(description),
            found_on=local_day(at, tz=tz),
            found_in=found_in,
        )
        await work.resources.add_gap(gap)
        await work.audit.append(
            connection_event("gap.opened", subject=gap.id, by=by, role=role, at=at)
        )
        await work.commit()
        return gap
