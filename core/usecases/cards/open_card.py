"""Give a colleague a card that was not there yet, such as the Home page on first opening."""

from datetime import datetime

from core.ids import StaffId
from core.outbox import CardKind
from core.ports import UnitOfWork


async def open_card(
    uow: UnitOfWork, *, kind: CardKind, subject_id: str, viewer: StaffId, at: datetime
) -> None:
    """Have this card drawn for this colleague, now and at every later change."""
    async with uow.write() as work:
        await work.cards.touch(kind, subject_id, (viewer,), at=at)
        await work.commit()
