"""Tell senders, once, that the day of the news has passed (F4, R-014)."""

from dataclasses import replace
from datetime import date, datetime, tzinfo

from core.agencies import Role
from core.audit import SYSTEM, AuditEvent
from core.connect_sheets import ConnectSheet
from core.connection_steps import seats_of
from core.days import local_day
from core.news_owed import Owed, news_owed
from core.ports import UnitOfWork, Work
from core.steps import refresh_desks, watchers


async def note_news_owed(uow: UnitOfWork, *, at: datetime, tz: tzinfo, limit: int = 50) -> int:
    """Whoever handed somebody on, and who leads the case, find it on their desk.

    A record that a colleague changed meanwhile is left to the next round.

    Returns:
        How many senders were told.
    """
    today = local_day(at, tz=tz)
    async with uow.read() as work:
        if not any(owed.untold for owed in await news_owed(work, today=today)):
            return 0
    async with uow.write() as work:
        waiting = [owed for owed in await news_owed(work, today=today) if owed.untold]
        told = sum([await _tell(work, owed, at=at, today=today) for owed in waiting[:limit]])
        await work.commit()
        return told


async def _tell(work: Work, owed: Owed, *, at: datetime, today: date) -> bool:
    was = owed.record
    if isinstance(was, ConnectSheet):
        action = "connect_sheet.news_owed"
        sheet = replace(was, told_late_on=today, version=was.version + 1)
        kept = await work.referrals.change_sheet(sheet, version=was.version)
    else:
        action = "referral.news_owed"
        referral = replace(was, told_late_on=today, version=was.version + 1)
        kept = await work.referrals.change(referral, version=was.version)
    if not kept:
        return False
    await work.audit.append(
        AuditEvent(
            action=action,
            at=at,
            actor=SYSTEM,
            role=Role.SYSTEM.value,
            subject=was.id,
            case_id=owed.case_id,
            evidence=(f"due_on={owed.due_on.isoformat()}",),
        )
    )
    case = await work.cases.get(owed.case_id)
    seats = await seats_of(work, case)
    await refresh_desks(work, dict.fromkeys((owed.sender_id, *watchers(case, seats))), at=at)
    return True
