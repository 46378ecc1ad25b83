"""みどり市 with everybody who takes part in a plan."""

import pytest

from storage.unit_of_work import SqlUnitOfWork
from tests.core.usecases.plans.planning import Planning


@pytest.fixture
async def planning(midori: SqlUnitOfWork) -> Planning:
    """The case A-12, its people at work, and the bodies that meet."""
    at_hand = Planning(uow=midori)
    await at_hand.found()
    return at_hand
