"""Note whether others may see the person's phone (G-12)."""

from dataclasses import replace
from datetime import datetime

from core.access import Action
from core.course_steps import come_to, event_of
from core.ids import CaseId, StaffId
from core.link_steps import share_phone
from core.ports import UnitOfWork
from core.steps import refresh_desks, watchers


async def set_shared_phone(
    uow: UnitOfWork, *, case_id: CaseId, shared: bool, by: StaffId, at: datetime
) -> bool:
    """From now on only a greeting goes to that phone, without a sound; or letters again.

    Whatever is approved and has not left is read once more.

    Returns:
        False where it was noted so already.

    Raises:
        NotFound, NotActive, NotYours.
    """
    async with uow.write() as work:
        hand = await come_to(work, case_id, by=by, action=Action.WRITE_LETTER)
        person_id = hand.case.person_id
        changed = await share_phone(work, person_id, shared=shared, at=at)
        if changed:
            now = "shared" if shared else "own"
            said = event_of("person.phone", hand.case, by=by, role=hand.opened, at=at, now=now)
            await work.audit.append(replace(said, subject=person_id))
            await refresh_desks(work, watchers(hand.case, hand.seats), at=at)
        await work.commit()
        return changed
