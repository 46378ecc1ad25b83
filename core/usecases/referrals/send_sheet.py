"""Send a つなぐシート, with the day by which its answer is to be back (R-014)."""

from dataclasses import replace
from datetime import date, datetime, tzinfo

from core.connect_sheets import ConnectSheet
from core.connect_sheets import send_sheet as send
from core.connection_steps import keep_sheet, on_case, shown_sheet
from core.days import local_day
from core.ids import ConnectSheetId, StaffId
from core.ports import UnitOfWork


async def send_sheet(
    uow: UnitOfWork,
    *,
    sheet_id: ConnectSheetId,
    version: int,
    reply_due_on: date | None,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
) -> ConnectSheet:
    """It goes out.

    Raises:
        NotFound, NotActive, Shielded, RoleNeeded: the door. Overtaken.
        WindowNotNamed, SheetNotAgreed, ReplyDayMissing, SheetAlreadySent.
    """
    async with uow.write() as work:
        sheet, case_id = await shown_sheet(work, sheet_id, version=version)
        hand = await on_case(work, case_id, by=by)
        dated = replace(sheet, reply_due_on=reply_due_on or sheet.reply_due_on)
        moved = send(dated, on=local_day(at, tz=tz), by=by, role=hand.role.value, at=at)
        sent = await keep_sheet(work, sheet, moved, hand, at=at)
        await work.commit()
        return sent
