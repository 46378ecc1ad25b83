"""Approvals that end: told a day ahead, and held when it comes to that (S2)."""

from dataclasses import replace
from datetime import datetime

from core.letters import Letter, LetterState, Reason
from core.ports import UnitOfWork, Work
from core.send_day import TOLD_AHEAD
from core.steps import ask_for_approval, hold, moved


async def watch_approvals(uow: UnitOfWork, *, at: datetime, limit: int = 200) -> int:
    """Look at approvals that end before their letters do; with how many letters something was done.

    A day ahead the approvers are asked to read again, and may approve anew from the same card.
    At the end of the approval the letter is held, so that there is time to read it before its
    window opens; without this it would be found out only when it is about to go. Letters that are
    asked about on their day are renewed by the answer (`core.send_day`).
    """
    async with uow.read() as work:
        told, over = await _ending(work, at=at, limit=1)
        if not told and not over:
            return 0
    async with uow.write() as work:
        told, over = await _ending(work, at=at, limit=limit)
        for letter in over:
            await hold(work, letter, Reason.APPROVAL_EXPIRED, at=at)
        done = len(over)
        for letter in told:
            done += await _tell(work, letter, at=at)
        await work.commit()
        return done


async def _ending(
    work: Work, *, at: datetime, limit: int
) -> tuple[tuple[Letter, ...], tuple[Letter, ...]]:
    """Those to be told of, and those whose approval is over."""
    lasts = (await work.towns.get()).letters.approval_lasts
    soon = await work.letters.approvals_ending(
        approved_before=at - lasts + TOLD_AHEAD, lasts=lasts, told=False, limit=limit
    )
    over = await work.letters.approvals_ending(
        approved_before=at - lasts, lasts=lasts, told=True, limit=limit
    )
    return soon, over


async def _tell(work: Work, letter: Letter, *, at: datetime) -> bool:
    told = replace(letter, version=letter.version + 1, asked_at=at)
    if not await work.letters.change(told, version=letter.version):
        return False
    await work.audit.append(
        moved(letter, LetterState.SCHEDULED, at=at, action="letter.approval_ending")
    )
    await ask_for_approval(work, told, at=at)
    return True
