"""A colleague is back sooner than was noted."""

from dataclasses import replace
from datetime import datetime, tzinfo

from core.absences import FOR_OTHERS, Absence, noted_as
from core.audit import AuditEvent
from core.days import local_day
from core.ids import AbsenceId, StaffId
from core.ports import UnitOfWork
from core.steps import Overtaken, RoleNeeded, refresh_desks


async def end_absence(
    uow: UnitOfWork, *, absence_id: AbsenceId, by: StaffId, at: datetime, tz: tzinfo
) -> Absence:
    """From today on nobody stands in any more; one that has not begun never does.

    Raises:
        NotFound. RoleNeeded. Overtaken: it was ended meanwhile.
    """
    async with uow.write() as work:
        absence, noter = await work.absences.get(absence_id), await work.staff.get(by)
        if by not in (absence.staff_id, absence.deputy_id) and not noter.roles & FOR_OTHERS:
            raise RoleNeeded(allowed=", ".join(sorted(FOR_OTHERS)))
        ended = replace(absence, ended_on=local_day(at, tz=tz), version=absence.version + 1)
        if absence.ended_on is not None or not await work.absences.change(
            ended, version=absence.version
        ):
            raise Overtaken(what="absence")
        await work.audit.append(
            AuditEvent(
                action="absence.ended",
                at=at,
                actor=by,
                role=noted_as(noter),
                subject=absence.id,
            )
        )
        await refresh_desks(work, (absence.staff_id, absence.deputy_id), at=at)
        await work.commit()
        return ended
