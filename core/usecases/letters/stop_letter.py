"""Stop a letter before it leaves (やめる on the card, きょうは送らない on the day's)."""

from datetime import datetime

from core.access import Action, require
from core.ids import LetterId, StaffId
from core.letters import UNSENT, Letter, Reason
from core.ports import UnitOfWork
from core.steps import cancel, decided


async def stop_letter(
    uow: UnitOfWork,
    *,
    letter_id: LetterId,
    version: int,
    by: StaffId,
    at: datetime,
    today_only: bool = False,
) -> Letter:
    """The letter will not go; possible until it is on its way to LINE.

    Args:
        today_only: it is left out on its day, as one of several; what comes after it stands.

    Raises:
        NotYours: neither works on the case nor approves there.
        AlreadyDecided: it changed, or is on its way.
    """
    async with uow.write() as work:
        letter = await work.letters.get(letter_id)
        staff = await work.staff.get(by)
        seats = await work.staff.seats(letter.case_id)
        role = require(staff, Action.STOP_LETTER, case_id=letter.case_id, seats=seats).role
        if letter.version != version or letter.state not in UNSENT:
            raise await decided(work, letter)
        why = Reason.LEFT_OUT if today_only else Reason.WITHDRAWN_BY_STAFF
        if not await cancel(work, letter, why, at=at, actor=by, role=role.value):
            raise await decided(work, letter)
        stopped = await work.letters.get(letter_id)
        await work.commit()
        return stopped
