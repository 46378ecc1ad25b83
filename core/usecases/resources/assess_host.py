"""Look at the host's situation before anybody tries the place (R-064)."""

from dataclasses import replace
from datetime import datetime, tzinfo

from core.connection_steps import connection_event, host_worker, shown_place
from core.days import local_day
from core.ids import PlaceId, StaffId
from core.ports import UnitOfWork
from core.resources import HostNotAssessed, ParticipationPlace
from core.steps import Overtaken


async def assess_host(
    uow: UnitOfWork,
    *,
    place_id: PlaceId,
    version: int,
    situation: str,
    worries: tuple[str, ...] = (),
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> ParticipationPlace:
    """What was seen, and what worries the host.

    Args:
        situation: what was found, in words; no facts of any person.
        worries: what worries the host, each by itself.

    Raises:
        NotFound, NotActive, RoleNeeded: the door. Overtaken. HostNotAssessed: nothing was found.
    """
    async with uow.write() as work:
        _, role = await host_worker(work, by=by)
        was = await shown_place(work, place_id, version=version)
        if not situation.strip():
            raise HostNotAssessed(missing="situation", allowed="LOOK_FIRST")
        now = replace(
            was,
            assessed_on=local_day(at, tz=tz),
            situation=situation.strip(),
            worries=worries,
            version=version + 1,
        )
        if not await work.resources.change_place(now, version=version):
            raise Overtaken(what="place")
        await work.audit.append(
            connection_event(
                "place.host_assessed",
                subject=place_id,
                by=by,
                role=role,
                at=at,
                evidence=(f"worries={len(worries)}",),
            )
        )
        await work.commit()
        return now
