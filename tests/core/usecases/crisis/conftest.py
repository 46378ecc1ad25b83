"""A night with its shifts."""

import pytest

from storage.unit_of_work import SqlUnitOfWork
from tests.core.usecases.crisis.watch import Watch, night_in


@pytest.fixture
async def watch(unit_of_work: SqlUnitOfWork) -> Watch:
    """Two on shift, a third behind them, an officer, and the approved text."""
    return await night_in(unit_of_work)
