"""Midori with its organisations, and colleagues on both sides of a referral."""

import pytest

from storage.unit_of_work import SqlUnitOfWork
from tests.core.usecases.connections.sides import Sides, settle


@pytest.fixture
async def sides(midori: SqlUnitOfWork) -> Sides:
    """The source with 鈴木 and 佐藤, the receiver with 田中 and 山田, and a host without staff."""
    await settle(midori)
    return Sides(uow=midori)
