"""Write down whether Slack took a card."""

from datetime import datetime

from core.outbox import Card, CardOutcome, Drawn, backoff
from core.ports import UnitOfWork


async def settle_card(uow: UnitOfWork, card: Card, outcome: CardOutcome, *, at: datetime) -> None:
    """Record the drawing; a card that changed meanwhile stays due.

    What Slack refuses for good counts as drawn until something changes on the card.
    """
    next_at = at
    if not isinstance(outcome, Drawn) and not outcome.permanent:
        next_at = at + (outcome.retry_after or backoff(card.attempts + 1))
    async with uow.write() as work:
        await work.cards.settle(card, outcome, next_at=next_at)
        await work.commit()
