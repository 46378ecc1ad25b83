"""A month is closed when it is over, once, and again where something came in late."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from core.access import NotYours
from core.agencies import Role, Staff
from core.contacts import ContactChannel, Met
from core.figures.month import Topic
from core.figures.revisions import MonthAlreadyClosed, MonthNotOver
from core.usecases.contacts.log_contact import log_contact
from core.usecases.desk.show_desk import show_desk
from core.usecases.figures.close_month import close_month
from core.usecases.figures.months_to_close import months_to_close
from core.usecases.figures.report_month import report_month
from core.usecases.trail.verify_trail import verify_trail
from scheduler.closing import Closing
from storage.unit_of_work import SqlUnitOfWork
from tests.fakes import SetClock
from tests.people import A12, MONDAY, SATO, TANAKA, TOKYO

NOVEMBER = date(2026, 11, 1)
DECEMBER = MONDAY + timedelta(days=3)


async def visit(uow: SqlUnitOfWork, *, logged_at: datetime = DECEMBER) -> None:
    """A visit of the last day of November, written down in December."""
    await log_contact(
        uow,
        case_id=A12.id,
        by=SATO.id,
        channel=ContactChannel.VISIT,
        met=Met.ABSENT,
        happened_at=MONDAY,
        at=logged_at,
        tz=TOKYO,
    )


async def test_the_last_month_that_is_over_is_closed_once(midori: SqlUnitOfWork) -> None:
    closed = await close_month(midori, now=DECEMBER, tz=TOKYO)
    assert (closed.month, closed.revision) == (NOVEMBER, 1)
    with pytest.raises(MonthAlreadyClosed) as refused:
        await close_month(midori, now=DECEMBER, tz=TOKYO)
    assert refused.value.facts["revision"] == "1"


async def test_a_late_entry_makes_another_edition_and_keeps_the_first(
    midori: SqlUnitOfWork,
) -> None:
    first = await close_month(midori, now=DECEMBER, tz=TOKYO)
    await visit(midori)
    second = await close_month(midori, now=DECEMBER, tz=TOKYO)

    assert second.revision == 2
    assert second.figures.count(Topic.CONTACT, "VISIT", in_total=True) == 1
    async with midori.read() as work:
        assert await work.figures.revisions(NOVEMBER) == (second, first)


async def test_a_month_that_is_not_over_is_not_closed(midori: SqlUnitOfWork) -> None:
    with pytest.raises(MonthNotOver):
        await close_month(midori, now=MONDAY, tz=TOKYO, month=NOVEMBER)


async def test_midnight_is_that_of_the_town(midori: SqlUnitOfWork) -> None:
    """23:59 of 30 November in Tokyo is still November, whatever it is elsewhere."""
    last_minute = MONDAY.astimezone(TOKYO).replace(hour=23, minute=59)
    assert (await close_month(midori, now=last_minute, tz=TOKYO)).month == date(2026, 10, 1)
    minute_later = last_minute + timedelta(minutes=1)
    assert (await close_month(midori, now=minute_later, tz=TOKYO)).month == NOVEMBER


async def test_two_machines_close_a_month_once(midori: SqlUnitOfWork) -> None:
    answers = await asyncio.gather(
        *(close_month(midori, now=DECEMBER, tz=TOKYO) for _ in range(2)), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in answers) == ["MonthAlreadyClosed", "MonthRevision"]
    async with midori.read() as work:
        assert len(await work.figures.revisions(NOVEMBER)) == 1


async def test_the_tick_looks_once_a_day_and_closes_what_no_machine_closed(
    midori: SqlUnitOfWork,
) -> None:
    clock = SetClock(at=MONDAY)
    closing = Closing(midori, clock=clock, tz=TOKYO)
    assert await closing.run() == 1
    assert await closing.run() == 0
    clock.at = MONDAY + timedelta(days=70)
    assert await closing.run() == 3
    async with midori.read() as work:
        told = await work.figures.closed_months()
    assert told == (date(2027, 1, 1), date(2026, 12, 1), NOVEMBER, date(2026, 10, 1))
    assert (await verify_trail(midori)).broken is None


async def test_nothing_is_told_of_the_time_before_the_first_case(
    unit_of_work: SqlUnitOfWork,
) -> None:
    assert await months_to_close(unit_of_work, now=DECEMBER, tz=TOKYO) == ()


@pytest.mark.rule("R-086")
async def test_a_report_says_whether_the_month_has_changed_since_it_was_closed(
    midori: SqlUnitOfWork,
) -> None:
    await close_month(midori, now=DECEMBER, tz=TOKYO)
    await visit(midori)
    told = await report_month(midori, month=NOVEMBER, by=TANAKA.id, at=DECEMBER, tz=TOKYO)
    assert told.has_changed
    assert told.figures.count(Topic.MET, Met.ABSENT, in_total=True) == 1


async def test_the_towns_figures_are_for_those_who_may_take_them(midori: SqlUnitOfWork) -> None:
    assert Role.COORDINATOR not in SATO.roles
    with pytest.raises(NotYours):
        await report_month(midori, month=NOVEMBER, by=SATO.id, at=DECEMBER, tz=TOKYO)


async def test_an_officer_hears_of_it_for_some_days_and_nobody_else(midori: SqlUnitOfWork) -> None:
    officer = replace(TANAKA, roles=frozenset({Role.MUNICIPAL_OFFICER}))
    async with midori.write() as work:
        await work.staff.put(officer)
        await work.commit()
    await close_month(midori, now=DECEMBER, tz=TOKYO)

    async def hears(who: Staff, at: datetime) -> bool:
        return (await show_desk(midori, staff_id=who.id, day_ends=at)).month is not None

    assert await hears(officer, DECEMBER + timedelta(hours=8))
    assert not await hears(SATO, DECEMBER + timedelta(hours=8))
    assert not await hears(officer, DECEMBER + timedelta(days=9))
