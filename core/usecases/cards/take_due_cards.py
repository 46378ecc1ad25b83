"""Take the cards that have to be drawn in Slack."""

from datetime import datetime, timedelta
from typing import Final

from core.outbox import Card
from core.ports import UnitOfWork

CARD_LEASE: Final = timedelta(seconds=30)


async def take_due_cards(uow: UnitOfWork, *, at: datetime, limit: int) -> tuple[Card, ...]:
    """Cards whose record is ahead of their drawing, leased to the caller for 30 seconds."""
    async with uow.write() as work:
        cards = await work.cards.due(at=at, limit=limit, until=at + CARD_LEASE)
        await work.commit()
        return cards
