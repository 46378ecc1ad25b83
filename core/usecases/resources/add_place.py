"""Add a place where people can take part."""

from datetime import datetime, tzinfo

from core.connection_steps import connection_event, host_worker, known_agency
from core.days import local_day
from core.ids import AgencyId, PlaceId, StaffId
from core.ports import UnitOfWork
from core.proposals import require_named
from core.resources import ParticipationPlace, PlaceKind


async def add_place(
    uow: UnitOfWork,
    *,
    kind: PlaceKind,
    name: str,
    host_agency_id: AgencyId,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    capacity: int | None = None,
    age_mix: str = "",
    conditions: str = "",
    widens: bool = False,
    reimburses: bool = False,
) -> ParticipationPlace:
    """A new place; its host is still to be looked at (R-064).

    Args:
        widens: may be used beyond its scheme (制度外).
        reimburses: its actual cost may be paid (R-072).

    Raises:
        NotFound, NotActive, RoleNeeded: the door. PlaceUnnamed.
    """
    async with uow.write() as work:
        _, role = await host_worker(work, by=by)
        place = ParticipationPlace(
            id=PlaceId(work.new_id()),
            municipality_id=work.municipality_id,
            kind=kind,
            name=require_named(name),
            host_agency_id=await known_agency(work, host_agency_id),
            capacity=capacity,
            age_mix=age_mix.strip(),
            conditions=conditions.strip(),
            widens=widens,
            reimburses=reimburses,
            opened_on=local_day(at, tz=tz),
        )
        await work.resources.add_place(place)
        await work.audit.append(
            connection_event(
                "place.added",
                subject=place.id,
                by=by,
                role=role,
                at=at,
                evidence=(f"kind={kind.value}",),
            )
        )
        await work.commit()
        return place
