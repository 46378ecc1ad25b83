"""Who carries how many cases, read from the record on every database (R-084)."""

from dataclasses import replace

import pytest

from core.agencies import Agency, Role, Seat
from core.cases import CaseState
from core.ids import AgencyId
from core.usecases.staff.show_caseload import show_caseload
from core.usecases.staff.weigh_load import weigh_load
from storage.unit_of_work import SqlUnitOfWork
from tests.core.usecases.plans.planning import colleague
from tests.midori import add_neighbour, found_midori
from tests.people import A12, MIDORI, SATO, SUZUKI, TANAKA

VISITS = AgencyId("agency-visits")
OFFICER = colleague("takahashi", Role.MUNICIPAL_OFFICER)
VOLUNTEER = colleague("yama", Role.COMMUNITY_SUPPORTER)
pytestmark = pytest.mark.rule("R-084")


@pytest.fixture
async def town(unit_of_work: SqlUnitOfWork) -> SqlUnitOfWork:
    """Four cases; one of them is closed, and one is 佐藤's to lead without a seat."""
    await found_midori(unit_of_work)
    for number in (1, 2, 3):
        await add_neighbour(unit_of_work, number)
    async with unit_of_work.write() as work:
        agency = Agency(id=VISITS, municipality_id=MIDORI, code="visits", name="訪問の会")
        await work.towns.put_agency(agency)
        for one in (SATO, SUZUKI):
            await work.staff.put(replace(one, agency_id=VISITS))
        await work.staff.put(OFFICER)
        await work.staff.put(VOLUNTEER)
        cases = {case.alias: case for case in await work.cases.all()}
        over = replace(cases["P-1"], state=CaseState.CLOSED, version=2)
        led = replace(cases["P-2"], lead_staff_id=SATO.id, version=2)
        assert await work.cases.change(over, version=1)
        assert await work.cases.change(led, version=1)
        for seat in await work.staff.all_seats(led.id):
            if seat.staff_id == SATO.id:
                await work.staff.remove_seat(seat)
        await work.commit()
    return unit_of_work


async def test_open_cases_count_once_for_whoever_works_on_or_leads_them(
    town: SqlUnitOfWork,
) -> None:
    load = await show_caseload(town, by=OFFICER.id, most=2)
    assert load is not None
    assert load.by_staff[SUZUKI.id] == 3, "the closed case weighs on nobody"
    assert load.by_staff[SATO.id] == 3, "the one that he leads counts without a seat"
    assert load.by_agency == {VISITS: 3}
    assert SUZUKI.id in load.over


async def test_a_worker_sees_their_own_figures_and_a_volunteer_none(town: SqlUnitOfWork) -> None:
    load = await show_caseload(town, by=SUZUKI.id, most=2)
    assert load is not None
    assert (set(load.by_staff), load.by_agency) == ({SUZUKI.id}, {VISITS: 3})
    assert await show_caseload(town, by=VOLUNTEER.id, most=2) is None


async def test_nobody_out_of_service_is_counted(town: SqlUnitOfWork) -> None:
    async with town.write() as work:
        await work.staff.put_seat(
            Seat(case_id=A12.id, staff_id=VOLUNTEER.id, role=Role.OUTREACH_WORKER)
        )
        await work.staff.release(VOLUNTEER.id)
        await work.commit()
    load = await show_caseload(town, by=OFFICER.id)
    assert load is not None
    assert VOLUNTEER.id not in load.by_staff
    assert load.over == frozenset()


async def test_a_colleague_who_carries_much_is_weighed_and_no_other(town: SqlUnitOfWork) -> None:
    assert await weigh_load(town, staff_id=SUZUKI.id, most=2) == 3
    assert await weigh_load(town, staff_id=SUZUKI.id, most=3) is None
    assert await weigh_load(town, staff_id=TANAKA.id, most=400) is None
