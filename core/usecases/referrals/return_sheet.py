"""Return the reply part of a つなぐシート to its sender (R-014)."""

from datetime import date, datetime, tzinfo

from core.connect_sheets import ConnectSheet, ReplyPart, return_reply
from core.connection_steps import by_now, keep_sheet, sheet_door, shown_sheet
from core.days import local_day
from core.ids import ConnectSheetId, StaffId
from core.ports import UnitOfWork
from core.steps import note_fact


async def return_sheet(
    uow: UnitOfWork,
    *,
    sheet_id: ConnectSheetId,
    version: int,
    received_by: str,
    received_on: date | None,
    result: str,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    next_plan: str = "",
) -> ConnectSheet:
    """What came of it is back with the sender.

    By somebody of the receiving window, or by one who works on the case and heard it from there.

    Raises:
        NotFound, NotActive, Shielded, RoleNeeded: the door. Overtaken.
        AlreadyReplied, ReplyIncomplete, DayAhead.
    """
    async with uow.write() as work:
        sheet, case_id = await shown_sheet(work, sheet_id, version=version)
        hand = await sheet_door(work, sheet, case_id, by=by)
        today = local_day(at, tz=tz)
        reply = ReplyPart(
            received_by=received_by.strip(),
            received_on=by_now(received_on, today=today),
            result=result.strip(),
            returned_on=today,
            next_plan=next_plan.strip(),
        )
        moved = return_reply(sheet, reply=reply, by=by, role=hand.role.value, at=at)
        answered = await keep_sheet(work, sheet, moved, hand, at=at)
        await note_fact(work, case_id, at=at)
        await work.commit()
        return answered
