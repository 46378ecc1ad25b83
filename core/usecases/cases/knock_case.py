"""Knock at a case's door: whether it would open to this colleague, without opening it."""

from datetime import UTC, datetime, tzinfo

from core.cases import Case
from core.days import local_day
from core.ids import CaseId, StaffId
from core.ports import UnitOfWork
from core.reading_steps import open_for


async def knock_case(
    uow: UnitOfWork, *, case_id: CaseId, viewer: StaffId, at: datetime, tz: tzinfo = UTC
) -> Case:
    """The case, if the door is open; nothing is read, so nothing is recorded as read.

    Raises:
        As `show_case`.
    """
    async with uow.read() as work:
        case = await work.cases.get(case_id)
        await open_for(work, case, by=viewer, at=at, today=local_day(at, tz=tz), most=None)
        return case
