"""みどり市 on a fresh database of each kind, with a LINE that keeps what it took."""

import pytest

from bots.line.bubbles import LinePress
from storage.unit_of_work import SqlUnitOfWork
from tests.core.usecases.office import Office
from tests.fakes import FakeLine, Phone, SetClock
from tests.midori import found_midori
from tests.people import MONDAY


@pytest.fixture
async def midori(unit_of_work: SqlUnitOfWork) -> SqlUnitOfWork:
    """The town, its three colleagues, A with the case A-12 and a linked LINE account."""
    await found_midori(unit_of_work)
    return unit_of_work


@pytest.fixture
def office(midori: SqlUnitOfWork) -> Office:
    """Everything at hand: the record, the clock, LINE and A's phone."""
    clock, press = SetClock(at=MONDAY), LinePress(public_url="https://tayori.example")
    return Office(
        uow=midori,
        clock=clock,
        line=FakeLine(clock=clock),
        press=press,
        a=Phone(uow=midori, press=press),
    )
