"""Give an errand back: done, to be tried again, or over for good."""

import enum
from datetime import datetime

from core.audit import SYSTEM, AuditEvent
from core.errands import ErrandKind, TakenErrand
from core.ports import UnitOfWork


class Settled(enum.StrEnum):
    """DONE; LATER; OVER, so that nothing of it remains; REFUSED or IN_DOUBT by LINE, and over."""

    DONE = "DONE"
    LATER = "LATER"
    OVER = "OVER"
    REFUSED = "REFUSED"
    IN_DOUBT = "IN_DOUBT"


async def settle_errand(
    uow: UnitOfWork,
    taken: TakenErrand,
    how: Settled,
    *,
    at: datetime,
    next_at: datetime | None = None,
) -> None:
    """Record what became of it. Of a text that left, or never will, the record says so; its exact
    words are those of the approved text that it names.

    Args:
        next_at: when to try again, or when to look again at what is done.
    """
    errand, lease = taken.errand, taken.lease
    async with uow.write() as work:
        if how is Settled.LATER or (how is Settled.DONE and errand.kind is ErrandKind.MENU):
            done = how is Settled.DONE
            await work.errands.settle(errand, lease=lease, done=done, next_at=next_at, at=at)
        elif await work.errands.drop(errand.id, lease=lease) and errand.kind is ErrandKind.TEXT:
            await work.audit.append(
                AuditEvent(
                    action="reception.sent" if how is Settled.DONE else "reception.not_sent",
                    at=at,
                    actor=SYSTEM,
                    role=SYSTEM,
                    subject=errand.link_id,
                    now=how.value,
                )
            )
        await work.commit()
