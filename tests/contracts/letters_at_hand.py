"""Letters and deliveries as the use cases leave them."""

from dataclasses import replace
from datetime import timedelta

from core.ids import DeliveryId, LetterId
from core.letters import Letter, LetterState
from core.outbox import Delivery
from core.ports import UnitOfWork
from tests.people import A12, LETTER, MIDORI, MONDAY, TANAKA, A


def scheduled(name: str = "letter-1", **changes: object) -> Letter:
    """A letter that 田中 approved."""
    approved = replace(
        LETTER,
        id=LetterId(name),
        state=LetterState.SCHEDULED,
        version=2,
        approved_by=TANAKA.id,
        approved_at=MONDAY,
        approved_facts=0,
        bound_hash="ab" * 32,
        decided_by=TANAKA.id,
        decided_at=MONDAY,
    )
    return replace(approved, **changes)  # type: ignore[arg-type]


def delivery_of(letter: Letter, **changes: object) -> Delivery:
    """Its frozen request, due when the window opens."""
    ready = Delivery(
        id=DeliveryId(f"delivery-of-{letter.id}"),
        municipality_id=MIDORI,
        letter_id=letter.id,
        case_id=A12.id,
        person_id=A.id,
        request=b'{"to":"U"}',
        next_at=letter.opens_at,
    )
    return replace(ready, **changes)  # type: ignore[arg-type]


async def schedule(uow: UnitOfWork, *letters: Letter) -> None:
    """Letters with their deliveries in the outbox."""
    async with uow.write() as work:
        for letter in letters:
            await work.letters.add(letter)
            await work.outbox.add(delivery_of(letter))
        await work.commit()


OPEN = LETTER.opens_at
LEASED_UNTIL = OPEN + timedelta(seconds=30)
