"""A new place fills a gap (R-051)."""

from datetime import datetime

from core import resources
from core.connection_steps import connection_event, host_worker
from core.ids import GapId, PlaceId, StaffId
from core.ports import UnitOfWork
from core.resources import ResourceGap
from core.steps import Overtaken


async def close_gap(
    uow: UnitOfWork,
    *,
    gap_id: GapId,
    version: int,
    place_id: PlaceId,
    by: StaffId,
    at: datetime,
) -> ResourceGap:
    """Which place it is.

    Raises:
        NotFound, NotActive, RoleNeeded: the door. Overtaken.
    """
    async with uow.write() as work:
        _, role = await host_worker(work, by=by)
        was = await work.resources.gap(gap_id)
        place = await work.resources.place(place_id)
        now = resources.close_gap(was, place_id=place.id)
        if was.version != version or not await work.resources.change_gap(now, version=version):
            raise Overtaken(what="gap")
        await work.audit.append(
            connection_event(
                "gap.closed",
                subject=gap_id,
                by=by,
                role=role,
                at=at,
                evidence=(f"place={place_id}",),
            )
        )
        await work.commit()
        return now
