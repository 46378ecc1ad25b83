"""Take back on one's own page what one agreed to; what stood on it stops at once (C5)."""

from datetime import datetime

from core.audit import PERSON
from core.consent.ending import withdraw
from core.consent.kinds import ConsentState, ConsentType
from core.errors import NotFound
from core.ids import ConsentId
from core.outbox import CardKind
from core.page_steps import PageKey, PageMeans, act_on_page
from core.person_acts import stop, tell
from core.ports import UnitOfWork
from core.steps import Overtaken, note_fact
from core.withdrawal import TRIES, end_lines


async def take_consent_back(
    uow: UnitOfWork,
    key: PageKey,
    *,
    consent_id: ConsentId,
    at: datetime,
    means: PageMeans,
) -> bool:
    """Whether it was still given; nothing is asked to be proven or justified.

    The permission to be written to is taken back as やめる does it.

    Raises:
        NotFound: the link opens nothing, or it is no consent of this person. PinNeeded.
        Overtaken: records that have to stop were changed again and again.
    """
    for _ in range(TRIES - 1):
        try:
            return await _take_back(uow, key, consent_id=consent_id, at=at, means=means)
        except Overtaken:
            continue
    return await _take_back(uow, key, consent_id=consent_id, at=at, means=means)


async def _take_back(
    uow: UnitOfWork, key: PageKey, *, consent_id: ConsentId, at: datetime, means: PageMeans
) -> bool:
    async with uow.write() as work:
        act = await act_on_page(work, key, at=at, means=means)
        assert act.case is not None
        line = await work.consents.get(consent_id)
        if line.subject != act.case.person_id:
            raise NotFound(what="consent")
        if line.state is not ConsentState.GIVEN:
            return False
        if line.type is ConsentType.CHANNEL_LINE:
            await stop(act, line.subject)
        else:
            step = withdraw(line, by=PERSON, role=None, at=at)
            await end_lines(work, step, case_id=act.case.id, at=at, tz=means.tz)
            await note_fact(work, act.case.id, at=at)
            await tell(act, CardKind.STOPPED)
        await work.commit()
        return True
