"""Show the PIN at the door of a page; of wrong ones a few may be tried (G-12)."""

import asyncio
from dataclasses import replace
from datetime import datetime

from core.page_steps import at_the_door
from core.person_pages import PinRests, PinWrong, is_pin
from core.ports import UnitOfWork


async def unlock_page(uow: UnitOfWork, *, token: str, pin: str, at: datetime) -> str:
    """What a browser carries that has shown the right PIN (`PagePin.mark`); "" where none is asked.

    Every try is counted before its outcome is told: of several at the same moment one is looked
    at.

    Raises:
        NotFound: the link opens nothing. PinRests: too many wrong ones, facts `next`. PinWrong.
    """
    async with uow.read() as work:
        kept = (await at_the_door(work, token, at=at)).pin
    if kept is None:
        return ""
    rests = kept.rests_until()
    if rests is not None and rests > at:
        raise PinRests(next=rests.isoformat())
    # A slow hash, outside of any transaction and beside the loop.
    right = await asyncio.to_thread(is_pin, pin, kept.secret)
    wrong = 0 if right else kept.wrong + 1
    tried = replace(
        kept,
        wrong=wrong,
        wrong_at=None if right else at,
        version=kept.version + 1,
    )
    async with uow.write() as work:
        if not await work.pages.change_pin(tried, version=kept.version):
            raise PinWrong()
        await work.commit()
    if not right:
        rests = tried.rests_until()
        if rests is not None:
            raise PinRests(next=rests.isoformat())
        raise PinWrong()
    return kept.mark
