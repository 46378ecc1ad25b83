"""Consents that end by themselves: one look in a local day, and on with the next page."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.consent import ConsentState
from core.consent.scopes import AttendScope
from core.ids import ConsentId
from scheduler.release import Releasing
from storage.unit_of_work import SqlUnitOfWork
from tests.fakes import SetClock
from tests.midori import add_neighbour, found_midori
from tests.people import MAY_WRITE_TO_A, MONDAY, TOKYO, A

TOMORROW = MONDAY + timedelta(days=1)


@pytest.mark.rule("C7")
async def test_a_day_is_looked_at_once_and_the_next_day_again(
    unit_of_work: SqlUnitOfWork,
) -> None:
    await found_midori(unit_of_work)
    clock = SetClock(at=MONDAY)
    releasing = Releasing(unit_of_work, clock=clock, tz=TOKYO)
    assert await releasing.run() == 0
    for day in (MONDAY, TOMORROW):
        dated = replace(
            MAY_WRITE_TO_A,
            id=ConsentId(f"until-{day.date()}"),
            scope=AttendScope(meeting=f"meeting-{day.date()}"),
            expires_on=day.date(),
        )
        async with unit_of_work.write() as work:
            await work.consents.add(dated)
            await work.commit()
    assert await releasing.run() == 0
    clock.at = TOMORROW
    assert await releasing.run() == 2
    assert await releasing.run() == 0


@pytest.mark.rule("C7")
async def test_one_look_goes_over_everybody(unit_of_work: SqlUnitOfWork) -> None:
    await found_midori(unit_of_work)
    for number in range(60):
        await add_neighbour(unit_of_work, number)
    async with unit_of_work.write() as work:
        for person in await work.consents.people_to_release(
            on=MONDAY.date(), over=(), after="", limit=100
        ):
            assert person != A.id
        for case in await work.cases.all():
            for line in await work.consents.of_person(case.person_id):
                dated = replace(line, expires_on=MONDAY.date(), version=2)
                await work.consents.change(dated, version=1)
        await work.commit()
    assert await Releasing(unit_of_work, clock=SetClock(at=MONDAY), tz=TOKYO).run() == 61
    async with unit_of_work.read() as work:
        lines = await work.consents.of_person(A.id)
    assert [line.state for line in lines] == [ConsentState.EXPIRED]
