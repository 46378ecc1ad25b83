"""Note help given to a host (R-064)."""

from dataclasses import replace
from datetime import datetime, tzinfo

from core.connection_steps import connection_event, host_worker, shown_place
from core.days import local_day
from core.ids import PlaceId, StaffId
from core.ports import UnitOfWork
from core.resources import HostSupport, HostWithoutHelp, ParticipationPlace
from core.steps import Overtaken


async def support_host(
    uow: UnitOfWork,
    *,
    place_id: PlaceId,
    version: int,
    what: str,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> ParticipationPlace:
    """One act of help for the host.

    Raises:
        NotFound, NotActive, RoleNeeded: the door. Overtaken.
        HostWithoutHelp: it says nothing of what was done.
    """
    async with uow.write() as work:
        _, role = await host_worker(work, by=by)
        was = await shown_place(work, place_id, version=version)
        if not what.strip():
            raise HostWithoutHelp(missing="support", allowed="SAY_WHAT")
        act = HostSupport(on=local_day(at, tz=tz), by=by, what=what.strip())
        now = replace(was, support=(*was.support, act), version=version + 1)
        if not await work.resources.change_place(now, version=version):
            raise Overtaken(what="place")
        await work.audit.append(
            connection_event("place.host_supported", subject=place_id, by=by, role=role, at=at)
        )
        await work.commit()
        return now
