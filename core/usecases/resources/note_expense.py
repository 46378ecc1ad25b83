"""Note the actual cost of a host (R-072)."""

from datetime import datetime, tzinfo

from core import resources
from core.connection_steps import connection_event, host_worker, shown_place
from core.days import local_day
from core.ids import PlaceId, StaffId
from core.ports import UnitOfWork
from core.resources import HostExpense, ParticipationPlace
from core.steps import Overtaken


async def note_expense(
    uow: UnitOfWork,
    *,
    place_id: PlaceId,
    version: int,
    yen: int,
    what_for: str,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> ParticipationPlace:
    """What it cost, and what for.

    Args:
        yen: whole yen.

    Raises:
        NotFound, NotActive, RoleNeeded: the door. Overtaken. CostNotActual.
    """
    async with uow.write() as work:
        _, role = await host_worker(work, by=by)
        was = await shown_place(work, place_id, version=version)
        expense = HostExpense(on=local_day(at, tz=tz), yen=yen, what_for=what_for.strip())
        now = resources.note_expense(was, expense=expense)
        if not await work.resources.change_place(now, version=version):
            raise Overtaken(what="place")
        await work.audit.append(
            connection_event(
                "place.cost_noted",
                subject=place_id,
                by=by,
                role=role,
                at=at,
                evidence=(f"yen={yen}",),
            )
        )
        await work.commit()
        return now
