"""The database as a process sees it: durable, checked, and no writer starves."""

import asyncio
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from core.ports import UnitOfWork
from storage.engine import open_store
from storage.types import NaiveMoment, from_microseconds, to_microseconds
from tests.databases import TOWN, open_unit_of_work, unit_of_work_on
from tests.people import MIDORI, MONDAY
from tests.people import TOWN as MIDORI_TOWN
from tests.slow_store import SlowStore


async def test_sqlite_is_opened_durable_and_strict(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    async with store.reading() as connection:
        found = {
            name: (await connection.execute(text(f"PRAGMA {name}"))).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    await store.close()
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 30_000,
    }


async def test_writers_of_two_processes_take_turns(database_url: str) -> None:
    async def beat(uow: UnitOfWork, number: int) -> None:
        async with uow.write() as work:
            beats = await work.pulse.beats()
            await asyncio.sleep(0)
            at = beats.get("t", MONDAY) + timedelta(seconds=1)
            await work.pulse.beat(f"t{number}", at=at)
            await work.commit()

    async with (
        open_unit_of_work(database_url, municipality_id=MIDORI) as one,
        open_unit_of_work(database_url, municipality_id=MIDORI) as two,
    ):
        async with one.write() as work:
            await work.towns.put(MIDORI_TOWN)
            await work.commit()
        await asyncio.gather(*(beat(uow, n) for n in range(20) for uow in (one, two)))
        async with two.read() as work:
            assert len(await work.pulse.beats()) == 20


async def test_readers_do_not_wait_for_a_writer(database_url: str) -> None:
    async with open_unit_of_work(database_url, municipality_id=MIDORI) as uow:
        async with uow.write() as writing:
            await writing.towns.put(MIDORI_TOWN)
            async with uow.read() as reading:
                assert await reading.towns.find() is None
            await writing.commit()
        async with uow.read() as reading:
            assert await reading.towns.find() == MIDORI_TOWN


async def test_a_cancelled_writer_leaves_the_way_free(database_url: str) -> None:
    async with open_unit_of_work(database_url, municipality_id=MIDORI) as uow:

        async def hang() -> None:
            async with uow.write() as work:
                await work.towns.put(MIDORI_TOWN)
                await asyncio.Event().wait()

        task = asyncio.create_task(hang())
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        async with uow.write() as work:
            assert await work.towns.find() is None
            await work.towns.put(MIDORI_TOWN)
            await work.commit()


def test_moments_keep_every_microsecond() -> None:
    tokyo = timezone(timedelta(hours=9))
    moment = datetime(2026, 11, 30, 10, 30, 0, 123457, tzinfo=tokyo)
    assert from_microseconds(to_microseconds(moment)) == moment
    with pytest.raises(NaiveMoment):
        to_microseconds(moment.replace(tzinfo=None))


async def test_a_moment_without_a_zone_is_refused(database_url: str) -> None:
    async with (
        open_unit_of_work(database_url, municipality_id=MIDORI) as uow,
        uow.write() as work,
    ):
        with pytest.raises(StatementError, match="2026-11-30"):
            await work.pulse.beat("t", at=MONDAY.replace(tzinfo=None))


async def test_a_slow_store_is_a_store(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    slow = SlowStore(unit_of_work_on(store), delay=0.01)
    async with slow.write() as work:
        assert work.municipality_id == TOWN
    async with slow.read() as work:
        assert await work.towns.find() is None
    await store.close()
