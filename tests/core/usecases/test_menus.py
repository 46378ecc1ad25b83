"""The rich menu follows what the person chose; rows are the schedule, a crash changes nothing."""

from datetime import timedelta

import pytest

from core.menus import Menu
from core.replies import Press
from core.usecases.linking.unlink_account import UnlinkReason, unlink_account
from scheduler.errands import Errands
from storage.unit_of_work import SqlUnitOfWork
from tests.core.usecases.menu_desk import FakeDesk
from tests.core.usecases.office import Office
from tests.databases import new_id
from tests.people import A12, LINK_A, SUZUKI

A_PHONE = LINK_A.line_user_id


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


def loop(office: Office, desk: FakeDesk) -> Errands:
    return Errands(office.uow, desk, office.line, clock=office.clock, new_lease=new_id)


async def round_(office: Office, desk: FakeDesk) -> None:
    errands = loop(office, desk)
    await errands.keep_menus()
    await errands.run()
    await errands.keep_menus()


async def basic_id(uow: SqlUnitOfWork) -> str:
    async with uow.read() as work:
        return await work.channel.basic_id()


@pytest.mark.rule("G-13")
async def test_it_is_made_once_and_follows_rest_and_stop(office: Office, desk: FakeDesk) -> None:
    await round_(office, desk)
    assert desk.menu_of(A_PHONE) is Menu.ACTIVE
    assert await basic_id(office.uow) == "@123abcde"
    await office.presses(Press.REST)
    await round_(office, desk)
    assert desk.menu_of(A_PHONE) is Menu.RESTING
    office.clock.at += timedelta(days=40)
    await round_(office, desk)
    assert desk.menu_of(A_PHONE) is Menu.ACTIVE
    await office.presses(Press.STOP)
    await round_(office, desk)
    assert desk.menu_of(A_PHONE) is Menu.STOPPED
    made = [call for call in desk.calls if call.startswith("make")]
    assert made == ["make active", "make resting", "make stopped"]


async def test_nothing_is_asked_of_line_while_nothing_changes(
    office: Office, desk: FakeDesk
) -> None:
    await round_(office, desk)
    desk.calls.clear()
    for _ in range(3):
        await round_(office, desk)
    assert desk.calls == []


async def test_a_new_drawing_is_shown_to_everybody_before_the_old_one_goes(
    office: Office, desk: FakeDesk
) -> None:
    await round_(office, desk)
    desk.version = 2
    errands = loop(office, desk)
    await errands.keep_menus()
    assert len(desk.kept) == 6
    await errands.run()
    await errands.keep_menus()
    assert desk.shown[A_PHONE] == "richmenu-active-2"
    assert sorted(desk.kept) == [f"richmenu-{m.value}-2" for m in sorted(Menu)]


async def test_a_fault_of_lines_is_tried_again_later(office: Office, desk: FakeDesk) -> None:
    desk.down = 1
    await round_(office, desk)
    assert desk.menu_of(A_PHONE) is None
    office.clock.at += timedelta(minutes=11)
    await round_(office, desk)
    assert desk.menu_of(A_PHONE) is Menu.ACTIVE
    await office.presses(Press.REST)
    desk.down = 1
    await loop(office, desk).run()
    assert desk.menu_of(A_PHONE) is Menu.ACTIVE
    office.clock.at += timedelta(minutes=2)
    await loop(office, desk).run()
    assert desk.menu_of(A_PHONE) is Menu.RESTING


async def test_an_account_that_was_let_go_loses_its_menu_and_then_its_id(
    office: Office, desk: FakeDesk
) -> None:
    await round_(office, desk)
    await unlink_account(
        office.uow,
        case_id=A12.id,
        link_id=LINK_A.id,
        reason=UnlinkReason.WISH,
        by=SUZUKI.id,
        at=office.now,
    )
    await loop(office, desk).run()
    assert desk.shown == {}
    async with office.uow.read() as work:
        far = office.now + timedelta(days=999)
        assert await work.errands.due(at=far, limit=9) == ()


async def test_of_two_loops_one_runs_an_errand_and_a_crash_leaves_it_to_the_other(
    office: Office, desk: FakeDesk
) -> None:
    await round_(office, desk)
    await office.presses(Press.REST)
    async with office.uow.read() as work:
        (errand,) = await work.errands.due(at=office.now, limit=9)
    async with office.uow.write() as work:
        until = office.now + timedelta(minutes=1)
        assert await work.errands.claim(errand, lease="one", until=until, at=office.now)
        assert not await work.errands.claim(errand, lease="two", until=until, at=office.now)
        await work.commit()
    await loop(office, desk).run()
    assert desk.menu_of(A_PHONE) is Menu.ACTIVE
    # What changes while it is held is not lost either.
    await office.presses(Press.STOP)
    office.clock.at += timedelta(minutes=2)
    await loop(office, desk).run()
    assert desk.menu_of(A_PHONE) is Menu.STOPPED


async def test_a_menu_that_somebody_took_away_at_line_is_made_again(
    office: Office, desk: FakeDesk
) -> None:
    await round_(office, desk)
    desk.kept.clear()
    await office.presses(Press.REST)
    await loop(office, desk).run()
    office.clock.at += timedelta(minutes=1)
    await round_(office, desk)
    assert desk.menu_of(A_PHONE) is Menu.RESTING
