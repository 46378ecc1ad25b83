"""Give a letter back to its author (直して返す)."""

from datetime import datetime

from core.access import Action, require
from core.ids import LetterId, StaffId
from core.letters import Letter, LetterState
from core.ports import UnitOfWork
from core.steps import WAITING_FOR_APPROVAL, approvers, decided, move, moved, refresh_desks


async def return_letter(
    uow: UnitOfWork, *, letter_id: LetterId, version: int, by: StaffId, at: datetime, note: str
) -> Letter:
    """The letter is a draft again, with a note for its author.

    Args:
        note: what to look at; staff words, sealed where stored.

    Raises:
        NotYours: no seat as approver on the case.
        AlreadyDecided: somebody was faster.
    """
    async with uow.write() as work:
        letter = await work.letters.get(letter_id)
        staff = await work.staff.get(by)
        seats = await work.staff.seats(letter.case_id)
        role = require(staff, Action.APPROVE_LETTER, case_id=letter.case_id, seats=seats).role
        if letter.version != version or letter.state not in WAITING_FOR_APPROVAL:
            raise await decided(work, letter)
        back = move(
            letter,
            LetterState.DRAFT,
            reason=None,
            note=note.strip(),
            approved_by=None,
            approved_at=None,
            approved_facts=None,
            bound_hash=None,
            decided_by=by,
            decided_at=at,
        )
        if not await work.letters.change(back, version=version):
            raise await decided(work, await work.letters.get(letter_id))
        await work.audit.append(
            moved(
                letter,
                LetterState.DRAFT,
                at=at,
                actor=by,
                role=role.value,
                action="letter.returned",
            )
        )
        await work.cards.redraw((letter.id,), at=at)
        await refresh_desks(work, (*approvers(letter, seats), letter.author_id), at=at)
        await work.commit()
        return back
