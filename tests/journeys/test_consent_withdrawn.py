"""A takes everything back while a sitting, a referral, a decision and a letter are on their way."""

from datetime import timedelta

import pytest

from bots.line.bubbles import LinePress
from core.basis import Basis
from core.cases import CaseState
from core.consent.kinds import ConsentState
from core.letters import LetterState
from core.plans.machine import PlanNotFromHere
from core.plans.record import PlanState
from core.referrals.machine import ReferralNotFromHere
from core.referrals.record import ReferralState
from storage.unit_of_work import SqlUnitOfWork
from tests.core.usecases.connections.sides import Sides
from tests.core.usecases.ledger_office import Ledger
from tests.core.usecases.office import Office
from tests.core.usecases.plans.planning import Planning
from tests.core.usecases.waiting import (
    AT_FIRST,
    Died,
    DyingBeforeCommit,
    Waiting,
    all_that_waits,
)
from tests.fakes import FakeLine, Phone, SetClock
from tests.midori import found_midori
from tests.people import MAY_WRITE_TO_A, MONDAY


@pytest.fixture
async def office(unit_of_work: SqlUnitOfWork) -> Office:
    """みどり市 on a Monday morning."""
    await found_midori(unit_of_work)
    clock, press = SetClock(at=MONDAY), LinePress()
    return Office(
        uow=unit_of_work,
        clock=clock,
        line=FakeLine(clock=clock),
        press=press,
        a=Phone(uow=unit_of_work, press=press),
    )


@pytest.fixture
async def waiting(office: Office) -> Waiting:
    """All that waits for A's consents."""
    found = await all_that_waits(office)
    assert await found.now() == AT_FIRST
    return found


@pytest.mark.rule("C5")
@pytest.mark.rule("M10")
@pytest.mark.rule("R-021")
@pytest.mark.rule("R-039")
async def test_each_of_them_stops_or_goes_on_as_the_law_allows(
    waiting: Waiting, office: Office
) -> None:
    await Ledger(uow=office.uow).withdraw(MAY_WRITE_TO_A, *waiting.lines.values())
    now = await waiting.now()
    assert (now["open_item"], now["dated_item"]) == (Basis.SHIEN, None)
    assert (now["referral"], now["sheet"]) == (ReferralState.DRAFT, False)
    assert (now["plan"], now["case"]) == (PlanState.RETURNED, CaseState.RELATIONSHIP_BUILDING)
    assert now["letter"] is LetterState.CANCELLED

    planning, sides = Planning(uow=office.uow), Sides(uow=office.uow)
    with pytest.raises(PlanNotFromHere):
        await planning.decide(await planning.plan(waiting.plan))
    with pytest.raises(ReferralNotFromHere):
        await sides.sent(await sides.now(waiting.referral.id))
    office.clock.at = MONDAY + timedelta(hours=1)
    await office.deliver_all()
    assert office.line.took == []


@pytest.mark.rule("C5")
async def test_where_the_process_dies_before_it_commits_nothing_has_stopped(
    waiting: Waiting, office: Office
) -> None:
    dying = Ledger(uow=DyingBeforeCommit(uow=office.uow))  # type: ignore[arg-type]
    with pytest.raises(Died):
        await dying.withdraw(MAY_WRITE_TO_A, *waiting.lines.values())
    assert await waiting.now() == AT_FIRST
    after = Ledger(uow=office.uow)
    assert set((await after.states()).values()) == {ConsentState.GIVEN}
    await after.withdraw(MAY_WRITE_TO_A, *waiting.lines.values())
    assert set((await after.states()).values()) == {ConsentState.WITHDRAWN}
