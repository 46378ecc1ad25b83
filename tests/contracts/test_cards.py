"""What the store promises about cards: none is lost, none is drawn by two loops at once."""

import asyncio
from datetime import timedelta

from core.outbox import Card, CardKind, Drawn, NotDrawn
from core.ports import UnitOfWork
from storage.engine import Store
from tests.databases import open_unit_of_work
from tests.people import A12, MIDORI, MONDAY, SATO, SUZUKI, TANAKA

SECOND = timedelta(seconds=1)
LEASED = MONDAY + 30 * SECOND


async def take(uow: UnitOfWork, *, at_second: int = 0) -> tuple[Card, ...]:
    async with uow.write() as work:
        cards = await work.cards.due(at=MONDAY + at_second * SECOND, limit=50, until=LEASED)
        await work.commit()
        return cards


async def touch(uow: UnitOfWork, *, at_second: int = 0) -> None:
    async with uow.write() as work:
        await work.cards.touch(
            CardKind.AUTHOR,
            "letter-1",
            (SUZUKI.id, SATO.id),
            at=MONDAY + at_second * SECOND,
            case_id=A12.id,
        )
        await work.commit()


async def settle(uow: UnitOfWork, card: Card, outcome: Drawn | NotDrawn) -> Card:
    async with uow.write() as work:
        await work.cards.settle(card, outcome, next_at=MONDAY + 9 * SECOND)
        await work.commit()
    async with uow.read() as work:
        return await work.cards.get(card.kind, card.subject_id, card.staff_id)


async def test_a_touched_card_is_due_once_and_has_its_place_afterwards(
    midori: UnitOfWork,
) -> None:
    await touch(midori)
    cards = await take(midori)
    assert {card.staff_id for card in cards} == {SUZUKI.id, SATO.id}
    assert {(card.revision, card.drawn, card.case_id) for card in cards} == {(1, 0, A12.id)}
    assert await take(midori) == ()
    card = await settle(midori, cards[0], Drawn(channel="D1", ts="1.2"))
    assert (card.drawn, card.channel, card.ts, card.attempts) == (1, "D1", "1.2", 0)


async def test_a_card_touched_while_it_is_drawn_waits_for_that_drawing(
    midori: UnitOfWork,
) -> None:
    await touch(midori)
    first, _ = await take(midori)
    await touch(midori, at_second=1)
    assert await take(midori, at_second=2) == ()
    await settle(midori, first, Drawn(channel="D1", ts="1.2"))
    (again,) = await take(midori, at_second=2)
    assert (again.id, again.revision, again.drawn, again.ts) == (first.id, 2, 1, "1.2")


async def test_a_card_whose_loop_died_is_due_again(midori: UnitOfWork) -> None:
    await touch(midori)
    taken = await take(midori)
    assert await take(midori, at_second=29) == ()
    assert {c.id for c in await take(midori, at_second=30)} == {c.id for c in taken}


async def test_a_failed_drawing_is_tried_later_and_a_hopeless_one_when_something_changes(
    midori: UnitOfWork,
) -> None:
    await touch(midori)
    one, two = await take(midori)
    await settle(midori, one, NotDrawn(detail="ratelimited", permanent=False))
    await settle(midori, two, NotDrawn(detail="channel_not_found", permanent=True))
    assert await take(midori, at_second=8) == ()
    (later,) = await take(midori, at_second=9)
    assert (later.id, later.attempts) == (one.id, 1)
    await touch(midori, at_second=10)
    assert two.id in {card.id for card in await take(midori, at_second=10)}


async def test_redrawing_makes_no_cards_and_many_changes_are_one_drawing(
    midori: UnitOfWork,
) -> None:
    async with midori.write() as work:
        await work.cards.redraw(["letter-1"], at=MONDAY)
        await work.commit()
    assert await take(midori) == ()
    await touch(midori)
    for _ in range(3):
        async with midori.write() as work:
            await work.cards.redraw(["letter-1", "letter-2"], at=MONDAY)
            await work.commit()
    assert [card.revision for card in await take(midori)] == [4, 4]


async def test_touching_in_any_order_at_once_never_locks_up(
    midori: UnitOfWork, store: Store, database_url: str
) -> None:
    async def change(uow: UnitOfWork, staff: tuple[str, ...]) -> None:
        async with uow.write() as work:
            for one in staff:
                await work.cards.touch(CardKind.HOME, one, (TANAKA.id,), at=MONDAY)
                await asyncio.sleep(0)
            await work.cards.redraw(staff[::-1], at=MONDAY)
            await work.commit()

    names = tuple(f"staff-{number}" for number in range(8))
    async with open_unit_of_work(database_url, municipality_id=MIDORI) as other:
        await asyncio.gather(
            *(change(uow, order) for uow in (midori, other) for order in (names, names[::-1]) * 3)
        )
    assert {card.revision for card in await take(midori)} == {24}
