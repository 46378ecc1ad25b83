"""Give a letter back to its author (直して返す)."""

from datetime import datetime
from typing import Any, Final

from core.access import Action, require
from core.agencies import Role, Seat, Staff
from core.ids import LetterId, StaffId
from core.letters import Letter, LetterState
from core.notices import NoticeReadAsOne
from core.ports import UnitOfWork, Work
from core.steps import (
    WAITING_FOR_APPROVAL,
    approvers,
    decided,
    move,
    moved,
    refresh_desks,
    take_back,
)

_BACK: Final = LetterState.DRAFT


async def return_letter(
    uow: UnitOfWork, *, letter_id: LetterId, version: int, by: StaffId, at: datetime, note: str
) -> Letter:
    """The letter is a draft again, with a note for its author; no approval covers it any more.

    A letter that waits for approval is given back by an approver. One that is approved may be
    given back until it is on its way, by an approver or by its author, who takes it back so.

    Args:
        note: what to look at; staff words, sealed where stored.

    Raises:
        NotYours: neither an approver on the case nor the author of an approved letter.
        AlreadyDecided: somebody was faster, or it is on its way.
        NoticeReadAsOne: R-087, it is one of many; it may be stopped for this person.
    """
    async with uow.write() as work:
        letter = await work.letters.get(letter_id)
        staff = await work.staff.get(by)
        seats = await work.staff.seats(letter.case_id)
        role = _role(staff, letter, seats)
        if letter.notice_id is not None:
            # Its author does not work on the case; the words are the same for everybody.
            raise NoticeReadAsOne(allowed="approve_letter,stop_letter")
        scheduled = letter.state is LetterState.SCHEDULED
        if letter.version != version or not (scheduled or letter.state in WAITING_FOR_APPROVAL):
            raise await decided(work, letter)
        back = await _back(work, letter, by=by, at=at, note=note.strip())
        if back is None:
            raise await decided(work, await work.letters.get(letter_id))
        await work.audit.append(
            moved(letter, _BACK, at=at, actor=by, role=role.value, action="letter.returned")
        )
        await work.cards.redraw(letter.cards, at=at)
        await refresh_desks(work, (*approvers(letter, seats), letter.author_id), at=at)
        await work.commit()
        return back


def _role(staff: Staff, letter: Letter, seats: tuple[Seat, ...]) -> Role:
    own = letter.author_id == staff.id and letter.state is LetterState.SCHEDULED
    action = Action.WRITE_LETTER if own else Action.APPROVE_LETTER
    return require(staff, action, case_id=letter.case_id, seats=seats).role


async def _back(
    work: Work, letter: Letter, *, by: StaffId, at: datetime, note: str
) -> Letter | None:
    """The draft, if we are the ones who won it; an approved one is taken from the outbox first."""
    changes: dict[str, Any] = {
        "reason": None,
        "note": note,
        "approved_by": None,
        "approved_at": None,
        "approved_facts": None,
        "bound_hash": None,
        "asked_at": None,
        "confirmed_at": None,
        "confirmed_by": None,
        "self_approved_reason": None,
        "decided_by": by,
        "decided_at": at,
    }
    if letter.state is LetterState.SCHEDULED:
        if not await work.outbox.withdraw(letter.id):
            return None
        return await take_back(work, letter, _BACK, via=(LetterState.HELD,), **changes)
    back = move(letter, _BACK, **changes)
    return back if await work.letters.change(back, version=letter.version) else None
