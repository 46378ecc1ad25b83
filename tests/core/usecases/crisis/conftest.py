"""A night with its shifts."""

import pytest

from tests.core.usecases.crisis.watch import Watch
from tests.core.usecases.office import Office


@pytest.fixture
async def watch(office: Office) -> Watch:
    """Two on shift, a third behind them, an officer, and the approved text."""
    night = Watch(office=office)
    await night.set_up()
    return night
