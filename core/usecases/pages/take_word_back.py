"""Take back what one said on one's own page: it is gone everywhere (LINE.md §3.2, as unsend)."""

from datetime import datetime

from core.errors import NotFound
from core.page_steps import PageKey, PageMeans, act_on_page
from core.ports import UnitOfWork
from core.replies import ReplyState
from core.unsending import unsend_message


async def take_word_back(
    uow: UnitOfWork, key: PageKey, *, own_key: str, at: datetime, means: PageMeans
) -> None:
    """Only that something was taken back remains; taking it back again changes nothing.

    Args:
        own_key: as `PageLine.own_key` has it.

    Raises:
        NotFound: the link opens nothing, or these are no words of this person. PinNeeded.
    """
    async with uow.write() as work:
        act = await act_on_page(work, key, at=at, means=means)
        reply = await work.replies.by_message(own_key)
        assert act.case is not None
        if reply is None or reply.person_id != act.case.person_id:
            raise NotFound(what="words")
        if reply.state is ReplyState.WITHDRAWN:
            return
        await unsend_message(act, own_key)
        await work.commit()
