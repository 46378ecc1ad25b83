"""Hand a lacking resource on to a body that can make one (R-051)."""

from datetime import datetime, tzinfo

from core import resources
from core.connection_steps import connection_event, host_worker
from core.days import local_day
from core.ids import GapId, StaffId
from core.ports import UnitOfWork
from core.resources import ResourceGap
from core.steps import Overtaken


async def forward_gap(
    uow: UnitOfWork,
    *,
    gap_id: GapId,
    version: int,
    to: str,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> ResourceGap:
    """To whom it was handed.

    Raises:
        NotFound, NotActive, RoleNeeded: the door. Overtaken. GapUnforwarded.
    """
    async with uow.write() as work:
        _, role = await host_worker(work, by=by)
        was = await work.resources.gap(gap_id)
        now = resources.forward_gap(was, to=to.strip(), on=local_day(at, tz=tz))
        if was.version != version or not await work.resources.change_gap(now, version=version):
            raise Overtaken(what="gap")
        await work.audit.append(
            connection_event("gap.forwarded", subject=gap_id, by=by, role=role, at=at)
        )
        await work.commit()
        return now
