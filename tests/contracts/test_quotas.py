"""What the store promises about LINE's quota."""

from dataclasses import replace

from core.ports import UnitOfWork
from core.quota import QuotaState
from tests.people import MONDAY

STATE = QuotaState(month="2026-11", most=200, used=190, read_at=MONDAY)


async def test_what_line_says_of_its_quota_comes_back(midori: UnitOfWork) -> None:
    async with midori.write() as work:
        assert await work.quotas.get() is None
        assert await work.quotas.put(STATE, counted=0) == STATE
        await work.quotas.count(3, month="2026-11")
        await work.quotas.count(9, month="2026-12")
        counted = replace(STATE, sent=3)
        assert await work.quotas.get() == counted
        assert (await work.towns.gate())[2] == counted
        # One more was sent while LINE was asked; of the three, LINE's number knows.
        await work.quotas.count(1, month="2026-11")
        again = replace(STATE, used=193)
        assert await work.quotas.put(again, counted=3) == replace(again, sent=1)
        next_month = replace(STATE, month="2026-12", used=0)
        assert await work.quotas.put(next_month, counted=1) == next_month
        endless = replace(next_month, most=None)
        assert await work.quotas.put(endless, counted=0) == endless
        await work.quotas.count(5, month="2026-12")
        assert await work.quotas.get() == endless
