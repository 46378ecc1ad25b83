"""このまま送る: somebody says on the letter's day that it still fits."""

from dataclasses import replace
from datetime import date, datetime, tzinfo

from core.ids import LetterId, StaffId
from core.letters import Letter, LetterState, ReadAgainFirst
from core.municipal_profiles.duties import USUAL_HOURS
from core.municipal_profiles.profile import ReadingHours
from core.ports import UnitOfWork
from core.send_day import answering_role, asked_until, require_answerable
from core.steps import approvers, decided, moved, refresh_desks


async def confirm_letter(
    uow: UnitOfWork,
    *,
    letter_id: LetterId,
    version: int,
    facts: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    hours: ReadingHours = USUAL_HOURS,
    closed_days: frozenset[date] = frozenset(),
) -> Letter:
    """The letter goes in its window, unless something new comes in before.

    What the approval bound stays as it is; the answer says that it may be used.

    Args:
        version, facts: the letter's version and the case's facts as they were shown.
        hours: when the town reads; the question is asked from their beginning on.

    Raises:
        NotActive, NotYours: neither the author nor an approver on the case.
        AlreadyDecided: it changed, was held, or is on its way. ReadAgainFirst: S5.
        NotAskedNow: G-27. WindowClosed: S4. ApproverAnswers: S2.
    """
    async with uow.write() as work:
        letter = await work.letters.get(letter_id)
        staff = await work.staff.get(by)
        seats = await work.staff.seats(letter.case_id)
        role = answering_role(staff, letter, seats)
        if letter.version != version or letter.state is not LetterState.SCHEDULED:
            raise await decided(work, letter)
        if (await work.cases.get(letter.case_id)).facts != facts:
            raise ReadAgainFirst()
        until = asked_until(at, tz=tz, hours=hours, closed_days=closed_days)
        lasts = (await work.towns.get()).letters.approval_lasts
        require_answerable(letter, by=by, at=at, until=until, lasts=lasts)
        # The delivery first, as whoever holds or claims the letter takes it first, too.
        ready = await work.outbox.bring_forward(letter.id, to=max(at, letter.opens_at))
        confirmed = replace(letter, version=version + 1, confirmed_at=at, confirmed_by=by)
        confirmed = replace(confirmed, decided_by=by, decided_at=at)
        if not ready or not await work.letters.change(confirmed, version=version):
            raise await decided(work, await work.letters.get(letter_id))
        await work.audit.append(
            moved(letter, letter.state, at=at, actor=by, role=role, action="letter.confirmed")
        )
        await work.cards.redraw((letter.id,), at=at)
        await refresh_desks(work, (*approvers(letter, seats), letter.author_id), at=at)
        await work.commit()
        return confirmed
