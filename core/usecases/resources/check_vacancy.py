"""Note that somebody asked whether there is room."""

from dataclasses import replace
from datetime import datetime, tzinfo

from core.connection_steps import connection_event, host_worker, shown_place
from core.days import local_day
from core.ids import PlaceId, StaffId
from core.ports import UnitOfWork
from core.resources import ParticipationPlace
from core.steps import Overtaken


async def check_vacancy(
    uow: UnitOfWork,
    *,
    place_id: PlaceId,
    version: int,
    capacity: int | None = None,
    age_mix: str = "",
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> ParticipationPlace:
    """Asked today.

    Args:
        capacity: how many people at one time, if that was said.
        age_mix: who is there at present; "" keeps what is known.

    Raises:
        NotFound, NotActive, RoleNeeded: the door. Overtaken.
    """
    async with uow.write() as work:
        _, role = await host_worker(work, by=by)
        was = await shown_place(work, place_id, version=version)
        now = replace(
            was,
            vacancy_checked_on=local_day(at, tz=tz),
            capacity=was.capacity if capacity is None else capacity,
            age_mix=age_mix.strip() or was.age_mix,
            version=version + 1,
        )
        if not await work.resources.change_place(now, version=version):
            raise Overtaken(what="place")
        await work.audit.append(
            connection_event("place.vacancy_checked", subject=place_id, by=by, role=role, at=at)
        )
        await work.commit()
        return now
