"""Approve a notice: its text once, by name and version; each of its letters is bound by hash."""

import hashlib
from datetime import date, datetime, tzinfo

from core.binding_steps import Approval, schedule
from core.days import local_day
from core.ids import NoticeId, StaffId
from core.letters import LetterKind, LetterState, WindowClosed
from core.line_modes import require_let_in
from core.lint import Proofreader
from core.notice_steps import in_service, readers, role_to_approve, show_card, why_not
from core.notices import (
    Notice,
    approved,
    cancels_as,
    event_of,
    require_approver_of,
    require_bulk_notice,
)
from core.ports import LetterPress, UnitOfWork, Work
from core.steps import Overtaken, cancel


async def approve_notice(
    uow: UnitOfWork,
    *,
    notice_id: NoticeId,
    version: int,
    by: StaffId,
    at: datetime,
    tz: tzinfo,
    press: LetterPress,
    proof: Proofreader,
    closed_days: frozenset[date] = frozenset(),
) -> Notice:
    """The text as it was shown is approved; every letter that still fits is scheduled.

    Each letter is frozen and bound by itself: words, person, account, window and consent, with
    the facts of its case as they are now. Whom it does not fit any more is left to colleagues.

    Args:
        version: the notice's version that the approver saw.

    Raises:
        NotFound, NotActive: the door. NotByTheMunicipality: R-087. OwnNotice: G-06.
        Overtaken: it changed since. NoticeMovedOn: R-087. WindowClosed: S4.
        ModeForbids: DOMAIN §9.
    """
    async with uow.write() as work:
        was = await work.notices.get(notice_id)
        staff = await in_service(work, by)
        role = require_approver_of(was, staff, await role_to_approve(work, staff))
        author = await work.staff.get(was.author_id)
        require_bulk_notice(author.roles, in_disaster=was.occasion.holds(local_day(at, tz=tz)))
        require_let_in(proof.use.mode, LetterKind.NOTICE)
        now = approved(was, by=by, at=at)
        if was.version != version or not await work.notices.change(now, version=version):
            raise Overtaken(what="notice")
        if at >= was.closes_at:
            raise WindowClosed()
        approval = Approval(by=by, role=role, at=at)
        going = await _schedule_all(
            work, now, approval, tz=tz, press=press, proof=proof, closed_days=closed_days
        )
        words = hashlib.sha256(f"{was.alt_text}\n{was.body}".encode()).hexdigest()
        told = (f"text={words}", f"read_version={version}", f"letters={going}")
        await work.audit.append(
            event_of(now, "notice.approved", by=by, role=role, at=at, was=was.state, evidence=told)
        )
        await show_card(work, now, await readers(work), at=at)
        await work.commit()
        return now


async def _schedule_all(
    work: Work,
    notice: Notice,
    approval: Approval,
    *,
    tz: tzinfo,
    press: LetterPress,
    proof: Proofreader,
    closed_days: frozenset[date],
) -> int:
    """How many are scheduled."""
    going = 0
    for letter in await work.notices.letters(notice.id):
        if letter.state is not LetterState.PENDING_APPROVAL:
            continue
        person = await work.people.get(letter.person_id)
        why = await why_not(
            work, letter, person, at=approval.at, tz=tz, proof=proof, closed_days=closed_days
        )
        if why is not None:
            await cancel(work, letter, cancels_as(why), at=approval.at)
            continue
        case = await work.cases.get(letter.case_id)
        await schedule(work, letter, case, approval, press=press)
        going += 1
    return going
