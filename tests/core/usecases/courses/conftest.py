"""みどり市 with a case on its way, and everybody who moves it."""

import pytest

from storage.unit_of_work import SqlUnitOfWork
from tests.core.usecases.courses.walking import Walking
from tests.core.usecases.plans.planning import Planning


@pytest.fixture
async def walking(midori: SqlUnitOfWork) -> Walking:
    """A-12, its people at work, and the bodies that meet."""
    planning = Planning(uow=midori)
    await planning.found()
    return Walking(planning=planning)
