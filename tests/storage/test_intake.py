"""Webhook bodies: on the disk before anyone is told so, many to one commit."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

import pytest
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from core.ports import UnitOfWork
from storage.engine import Store
from storage.intake import MOST_WAITING, GroupCommitKeeper, IntakeFull
from storage.keys import Keyring
from tests.databases import SECRET, new_id, unit_of_work_on
from tests.people import MIDORI, MONDAY, TOWN


class StoppedClock:
    """Always Monday."""

    def now(self) -> datetime:
        """Monday."""
        return MONDAY


class GatedStore:
    """A store in which writers wait at a gate; counts who passed."""

    def __init__(self, inner: Store) -> None:
        self.postgres = inner.postgres
        self.gate = asyncio.Event()
        self.passed = 0
        self._inner = inner

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        await self.gate.wait()
        self.passed += 1
        async with self._inner.writing() as connection:
            yield connection


def keeper_on(store: Store | GatedStore, *, municipality_id: str = MIDORI) -> GroupCommitKeeper:
    return GroupCommitKeeper(
        store,  # type: ignore[arg-type]
        municipality_id=municipality_id,
        keyring=Keyring([SECRET]),
        clock=StoppedClock(),
        new_id=new_id,
    )


@pytest.fixture
async def midori(store: Store) -> UnitOfWork:
    """Midori, without people."""
    uow = unit_of_work_on(store, municipality_id=MIDORI)
    async with uow.write() as work:
        await work.towns.put(TOWN)
        await work.commit()
    return uow


async def bodies(uow: UnitOfWork) -> list[bytes]:
    async with uow.read() as work:
        return [kept.body for kept in await work.inbox.unsplit(limit=10_000)]


async def test_what_was_kept_is_there(midori: UnitOfWork, store: Store) -> None:
    await keeper_on(store).keep(b'{"events":[]}')
    assert await bodies(midori) == [b'{"events":[]}']


async def test_requests_at_once_share_a_commit(midori: UnitOfWork, store: Store) -> None:
    gated = GatedStore(store)
    keeper = keeper_on(gated)
    kept = [asyncio.create_task(keeper.keep(b"0"))]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    kept += [asyncio.create_task(keeper.keep(b"%d" % n)) for n in range(1, 100)]
    await asyncio.sleep(0)
    assert not any(task.done() for task in kept)
    gated.gate.set()
    await asyncio.gather(*kept)
    assert gated.passed == 2
    assert sorted(await bodies(midori)) == sorted(b"%d" % n for n in range(100))


async def test_a_failed_commit_fails_every_request_of_it_and_the_next_works(
    midori: UnitOfWork, store: Store
) -> None:
    stray = keeper_on(store, municipality_id="no such town")
    failures = await asyncio.gather(*(stray.keep(b"x") for _ in range(3)), return_exceptions=True)
    assert all(isinstance(failure, SQLAlchemyError) for failure in failures)
    with pytest.raises(SQLAlchemyError):
        await stray.keep(b"x")
    assert await bodies(midori) == []


async def test_too_many_waiting_are_refused(midori: UnitOfWork, store: Store) -> None:
    gated = GatedStore(store)
    keeper = keeper_on(gated)
    tasks = [asyncio.create_task(keeper.keep(b"x")) for _ in range(MOST_WAITING)]
    await asyncio.sleep(0)
    refused = 0
    for _ in range(2):
        try:
            async with asyncio.timeout(0.01):
                await keeper.keep(b"x")
        except IntakeFull:
            refused += 1
        except TimeoutError:
            pass
    gated.gate.set()
    done = await asyncio.gather(*tasks, return_exceptions=True)
    assert all(result is None for result in done)
    assert await bodies(midori)


async def test_one_who_hangs_up_does_not_stop_the_others(midori: UnitOfWork, store: Store) -> None:
    gated = GatedStore(store)
    keeper = keeper_on(gated)
    tasks = [asyncio.create_task(keeper.keep(b"%d" % n)) for n in range(3)]
    await asyncio.sleep(0)
    tasks[0].cancel()
    gated.gate.set()
    await asyncio.gather(*tasks[1:])
    assert set(await bodies(midori)) >= {b"1", b"2"}
