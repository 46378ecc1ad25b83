"""Write down whether Slack took a card."""

from datetime import datetime, timedelta
from typing import Final

from core.outbox import Card, CardOutcome, Drawn, backoff
from core.ports import UnitOfWork

GIVE_UP: Final = timedelta(days=1)


async def settle_card(uow: UnitOfWork, card: Card, outcome: CardOutcome, *, at: datetime) -> None:
    """Record the drawing; a card that changed meanwhile stays due.

    What Slack refuses for good is looked at again once a day: scopes and people change.
    """
    match outcome:
        case Drawn():
            next_at = at
        case _ if outcome.permanent:
            next_at = at + GIVE_UP
        case _:
            next_at = at + (outcome.retry_after or backoff(card.attempts + 1))
    async with uow.write() as work:
        await work.cards.settle(card, outcome, next_at=next_at)
        await work.commit()
