"""What the store promises about LINE's events: kept once, decided once, erased when taken back."""

from datetime import timedelta

from core.ports import RawEvent, UnitOfWork
from storage.engine import Store
from storage.intake import GroupCommitKeeper
from storage.keys import Keyring
from tests.databases import SECRET, new_id
from tests.people import MIDORI, MONDAY


class StoppedClock:
    """Always Monday."""

    def now(self) -> object:
        return MONDAY


def event(number: int, message: str | None = None) -> RawEvent:
    return RawEvent(event_key=f"e{number}", message_id=message, raw=f"raw {number}".encode())


async def keep(store: Store, *bodies: bytes) -> None:
    keeper = GroupCommitKeeper(
        store,
        municipality_id=MIDORI,
        keyring=Keyring([SECRET]),
        clock=StoppedClock(),  # type: ignore[arg-type]
        new_id=new_id,
    )
    for body in bodies:
        await keeper.keep(body)


async def test_a_body_is_split_once_and_blanked(midori: UnitOfWork, store: Store) -> None:
    await keep(store, b"first", b"second")
    async with midori.write() as work:
        first, second = await work.inbox.unsplit(limit=5)
        assert (first.body, second.body, first.received_at) == (b"first", b"second", MONDAY)
        both = [event(1), event(2)]
        assert await work.inbox.split(first.id, both, received_at=MONDAY) == 2
        again = [event(2), event(3), event(3)]
        assert await work.inbox.split(second.id, again, received_at=MONDAY) == 1
        assert await work.inbox.split("other", [], received_at=MONDAY) == 0
        assert await work.inbox.unsplit(limit=5) == ()
        waiting = await work.inbox.waiting(at=MONDAY, limit=5)
        assert [kept.event_key for kept in waiting] == ["e1", "e2", "e3"]


async def test_an_event_is_decided_once(midori: UnitOfWork) -> None:
    async with midori.write() as work:
        await work.inbox.split("w", [event(1), event(2)], received_at=MONDAY)
        one, two = await work.inbox.waiting(at=MONDAY, limit=5)
        assert await work.inbox.understood(one.id, kind="said", at=MONDAY)
        assert not await work.inbox.understood(one.id, kind="said", at=MONDAY)
        assert not await work.inbox.to_tray(one.id, kind="said", at=MONDAY)
        assert await work.inbox.to_tray(two.id, kind="membership", at=MONDAY)
        assert await work.inbox.waiting(at=MONDAY, limit=5) == ()
        assert [kept.event_key for kept in await work.inbox.tray()] == ["e2"]


async def test_a_failed_event_waits_and_counts(midori: UnitOfWork) -> None:
    later = MONDAY + timedelta(seconds=5)
    async with midori.write() as work:
        await work.inbox.split("w", [event(1)], received_at=MONDAY)
        (kept,) = await work.inbox.waiting(at=MONDAY, limit=5)
        await work.inbox.failed(kept.id, next_at=later)
        assert await work.inbox.waiting(at=MONDAY, limit=5) == ()
        (again,) = await work.inbox.waiting(at=later, limit=5)
        assert (again.id, again.attempts) == (kept.id, 1)


async def test_a_body_without_events_goes_to_the_tray_whole(
    midori: UnitOfWork, store: Store
) -> None:
    await keep(store, b"{}")
    async with midori.write() as work:
        (kept,) = await work.inbox.unsplit(limit=5)
        await work.inbox.to_tray_whole(kept.id, why="no events found")
        assert await work.inbox.unsplit(limit=5) == ()
        (whole,) = await work.inbox.tray()
        assert whole.raw == b"{}"


async def test_what_was_taken_back_is_gone_and_stays_known(midori: UnitOfWork) -> None:
    async with midori.write() as work:
        await work.inbox.split("w", [event(1, "m1"), event(2, "m2")], received_at=MONDAY)
        assert not await work.inbox.was_unsent("m1")
        await work.inbox.note_unsent("m1", at=MONDAY)
        await work.inbox.note_unsent("m1", at=MONDAY)
        assert await work.inbox.was_unsent("m1")
        assert len(await work.inbox.waiting(at=MONDAY, limit=5)) == 2, "noting erases nothing"
        await work.inbox.erase_message("m1", at=MONDAY)
        await work.inbox.erase_message("m1", at=MONDAY)
        (left,) = await work.inbox.waiting(at=MONDAY, limit=5)
        assert (left.event_key, left.message_id) == ("e2", "m2")
        await work.inbox.to_tray(left.id, kind="message.novel", at=MONDAY)
        await work.inbox.erase_message("m2", at=MONDAY)
        assert await work.inbox.tray() == (), "nothing of it is left to be read"
