"""Stop a notice: what has not left does not leave."""

from datetime import datetime

from core.ids import NoticeId, StaffId
from core.letters import UNSENT, NotByTheMunicipality, Reason
from core.notice_steps import in_service, readers, role_to_approve, show_card
from core.notices import Notice, event_of, stopped
from core.ports import UnitOfWork
from core.steps import Overtaken, cancel


async def stop_notice(
    uow: UnitOfWork, *, notice_id: NoticeId, version: int, by: StaffId, at: datetime
) -> Notice:
    """Every letter that is not on its way is taken back; possible for whoever may approve notices,
    the author too.

    Raises:
        NotFound, NotActive: the door. NotByTheMunicipality, NoticeMovedOn: R-087.
        Overtaken: it changed since it was shown.
    """
    async with uow.write() as work:
        was = await work.notices.get(notice_id)
        role = await role_to_approve(work, await in_service(work, by))
        if role is None:
            raise NotByTheMunicipality(allowed="ask_municipal_officer,letters_one_by_one")
        now = stopped(was, by=by, at=at)
        if was.version != version or not await work.notices.change(now, version=version):
            raise Overtaken(what="notice")
        taken = [
            await cancel(work, one, Reason.WITHDRAWN_BY_STAFF, at=at, actor=by, role=role.value)
            for one in await work.notices.letters(now.id)
            if one.state in UNSENT
        ]
        told = (f"letters={sum(taken)}",)
        await work.audit.append(
            event_of(now, "notice.stopped", by=by, role=role, at=at, was=was.state, evidence=told)
        )
        await show_card(work, now, await readers(work), at=at)
        await work.commit()
        return now
