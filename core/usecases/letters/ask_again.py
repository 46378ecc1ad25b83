"""Ask about the letters of the day: do they still fit?"""

from dataclasses import replace
from datetime import date, datetime, tzinfo

from core.letters import Letter, LetterState
from core.municipal_profiles.duties import USUAL_HOURS
from core.municipal_profiles.profile import ReadingHours
from core.outbox import CardKind
from core.ports import UnitOfWork, Work
from core.send_day import asked_until, still_fits
from core.steps import approvers, moved


async def ask_again(
    uow: UnitOfWork,
    *,
    at: datetime,
    tz: tzinfo,
    hours: ReadingHours = USUAL_HOURS,
    closed_days: frozenset[date] = frozenset(),
    limit: int = 200,
) -> int:
    """Put each letter of the day before its author and approvers; how many were asked about.

    Safe to run twice: what was asked about stays so until somebody answers.
    """
    until = asked_until(at, tz=tz, hours=hours, closed_days=closed_days)
    async with uow.read() as work:
        if not await work.letters.to_ask_again(opening_before=until, at=at, limit=1):
            return 0
    async with uow.write() as work:
        lasts = (await work.towns.get()).letters.approval_lasts
        asked = 0
        for letter in await work.letters.to_ask_again(opening_before=until, at=at, limit=limit):
            if not still_fits(letter, at=at, lasts=lasts):
                asked += await _ask(work, letter, at=at)
        await work.commit()
        return asked


async def _ask(work: Work, letter: Letter, *, at: datetime) -> bool:
    asked = replace(letter, version=letter.version + 1, asked_at=at)
    if not await work.letters.change(asked, version=letter.version):
        return False
    await work.audit.append(moved(letter, LetterState.SCHEDULED, at=at, action="letter.asked"))
    seats = await work.staff.seats(letter.case_id)
    told = (letter.author_id, *approvers(letter, seats))
    await work.cards.touch(CardKind.SEND_DAY, letter.id, told, at=at, case_id=letter.case_id)
    await work.cards.redraw((letter.id, *told), at=at)
    return True
