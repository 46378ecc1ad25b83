"""Take down what somebody brings, at whatever desk (R-001)."""

from datetime import datetime

from core.access import NotActive
from core.audit import AuditEvent
from core.ids import QueryId, StaffId
from core.municipal_profiles.profile import MunicipalProfile
from core.ports import UnitOfWork
from core.queries import Query, take_down


async def take_down_query(
    uow: UnitOfWork,
    *,
    profile: MunicipalProfile,
    desk: str,
    words: str,
    by: StaffId,
    at: datetime,
) -> Query:
    """The query goes to the desk that owns it by the profile.

    Anybody in service takes down what is brought to them, volunteers too [D].

    Args:
        desk: code of the profile's desk at which it was brought.

    Raises:
        NotFound. NotActive. NoSuchDesk. QueryEmpty.
    """
    async with uow.write() as work:
        staff = await work.staff.get(by)
        if not staff.active:
            raise NotActive()
        query = take_down(
            QueryId(work.new_id()),
            municipality_id=work.municipality_id,
            profile=profile,
            desk_code=desk,
            words=words,
            by=by,
            at=at,
        )
        await work.queries.add(query)
        await work.audit.append(
            AuditEvent(
                action="query.taken_down",
                at=at,
                actor=by,
                role=min(staff.roles).value if staff.roles else "",
                subject=query.id,
                evidence=(f"desk={desk}", f"owner={query.owner_desk}"),
            )
        )
        await work.commit()
        return query
