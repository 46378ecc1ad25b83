"""The card loop: draw in Slack what changed in the record."""

import asyncio
from typing import Final

from core.outbox import Card, CardOutcome
from core.ports import Clock, TeamNotifier, UnitOfWork
from core.usecases.cards.settle_card import settle_card
from core.usecases.cards.take_due_cards import take_due_cards

AT_A_TIME: Final = 20


class Drawing:
    """One card loop; a card is leased to one loop at a time."""

    def __init__(self, uow: UnitOfWork, notifier: TeamNotifier, *, clock: Clock) -> None:
        self._uow = uow
        self._notifier = notifier
        self._clock = clock

    async def run(self) -> int:
        """Draw every card that is due now; how many were tried."""
        drawn = 0
        while cards := await take_due_cards(self._uow, at=self._clock.now(), limit=AT_A_TIME):
            outcomes = await asyncio.gather(*(self._notifier.draw(card) for card in cards))
            for card, outcome in zip(cards, outcomes, strict=True):
                await self._settle(card, outcome)
            drawn += len(cards)
        return drawn

    async def _settle(self, card: Card, outcome: CardOutcome) -> None:
        await settle_card(self._uow, card, outcome, at=self._clock.now())
