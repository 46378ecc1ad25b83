"""Whoever works under a contract is let in up to its last day, and back with the next one."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.access import NotActive
from core.agencies import Role
from core.cases import CaseState
from core.ids import CaseId, StaffId
from core.profiles import LetterRules
from core.programmes import Programme
from core.reminders import ReminderKind
from core.towns import (
    Town,
    TownAgency,
    TownCase,
    TownPerson,
    TownProvider,
    TownSeat,
    TownStaff,
)
from core.usecases.cases.show_case import show_case
from core.usecases.desk.show_desk import show_desk
from core.usecases.staff.end_contracts import end_contracts
from core.usecases.town.load_town import load_town
from core.usecases.trail.verify_trail import verify_trail
from scheduler.contracts import Ending
from storage.unit_of_work import SqlUnitOfWork
from tests.fakes import SetClock
from tests.people import MONDAY, TOKYO
from tests.proofs import PROOF

LAST = MONDAY.astimezone(TOKYO).date()
DAY = timedelta(days=1)
OFFICE = TownAgency(code="office", name="市役所", is_municipality=True, contract_until=LAST)
NPO = TownAgency(code="npo", name="みなも", is_contractor=True, contract_until=LAST)
SCHOOL = TownAgency(code="school", name="学び舎")
TOWN = Town(
    code="midori",
    name="みどり市",
    account_name="みどりのたより",
    letter_rules=LetterRules(longest=100),
    agencies=(OFFICE, NPO, SCHOOL),
    providers=(TownProvider(agency="school", programme=Programme.PARTICIPATION, until=LAST),),
    staff=(
        TownStaff(code="佐藤", name="佐藤", roles=frozenset({Role.OUTREACH_WORKER}), agency="npo"),
        TownStaff(
            code="高橋", name="高橋", roles=frozenset({Role.PARTICIPATION_WORKER}), agency="school"
        ),
        TownStaff(code="田中", name="田中", roles=frozenset({Role.COORDINATOR}), agency="office"),
    ),
    people=(TownPerson(code="A", name="青木 架空"),),
    cases=(
        TownCase(
            case_no="2026-0012",
            alias="A-12",
            person="A",
            state=CaseState.RELATIONSHIP_BUILDING,
            opened_on=date(2026, 10, 6),
            lead="佐藤",
            seats=(
                TownSeat(staff="佐藤", role=Role.OUTREACH_WORKER),
                TownSeat(staff="田中", role=Role.COORDINATOR),
            ),
        ),
    ),
)


async def load(uow: SqlUnitOfWork, town: Town = TOWN, *, days: int = 0) -> None:
    await load_town(uow, town, at=MONDAY + days * DAY, tz=TOKYO, proof=PROOF)


async def in_service(uow: SqlUnitOfWork) -> set[str]:
    async with uow.read() as work:
        return {staff.code for staff in await work.staff.active()}


async def known(uow: SqlUnitOfWork, code: str) -> tuple[StaffId, CaseId]:
    async with uow.read() as work:
        staff, case = await work.staff.by_code(code), await work.cases.by_alias("A-12")
    assert staff is not None
    assert case is not None
    return staff.id, case.id


async def on_desk(uow: SqlUnitOfWork, code: str) -> list[ReminderKind]:
    staff_id, _ = await known(uow, code)
    desk = await show_desk(uow, staff_id=staff_id, day_ends=(MONDAY + DAY).astimezone(TOKYO))
    return [one.kind for one in desk.reminders if one.kind is ReminderKind.COLLEAGUE_GONE]


@pytest.mark.rule("R-080")
async def test_after_the_last_day_of_the_contract_its_people_are_not_let_in(
    unit_of_work: SqlUnitOfWork,
) -> None:
    await load(unit_of_work)
    assert await in_service(unit_of_work) == {"佐藤", "高橋", "田中"}
    clock = SetClock(at=MONDAY)
    ending = Ending(unit_of_work, clock=clock, tz=TOKYO)
    assert await ending.run() == 0
    assert await on_desk(unit_of_work, "田中") == []
    clock.at += DAY
    assert await ending.run() == 2
    assert await ending.run() == 0
    assert await in_service(unit_of_work) == {"田中"}
    assert await on_desk(unit_of_work, "田中") == [ReminderKind.COLLEAGUE_GONE]
    sato, case_id = await known(unit_of_work, "佐藤")
    with pytest.raises(NotActive):
        await show_case(unit_of_work, case_id=case_id, by=sato, at=clock.at, tz=TOKYO)
    assert (await verify_trail(unit_of_work)).broken is None


@pytest.mark.rule("R-080")
async def test_two_machines_that_look_at_once_let_each_go_once(
    unit_of_work: SqlUnitOfWork,
) -> None:
    await load(unit_of_work)
    tomorrow = MONDAY + DAY
    both = [end_contracts(unit_of_work, at=tomorrow, today=LAST + DAY) for _ in range(2)]
    assert sorted(await asyncio.gather(*both)) == [0, 2]


@pytest.mark.rule("R-080")
async def test_the_file_with_the_next_contract_brings_them_back_and_no_other_does(
    unit_of_work: SqlUnitOfWork,
) -> None:
    await load(unit_of_work)
    await end_contracts(unit_of_work, at=MONDAY + DAY, today=LAST + DAY)
    await load(unit_of_work, days=1)
    assert await in_service(unit_of_work) == {"田中"}
    longer = LAST + timedelta(days=365)
    renewed = replace(
        TOWN,
        agencies=(OFFICE, replace(NPO, contract_until=longer), SCHOOL),
        providers=(replace(TOWN.providers[0], until=longer),),
    )
    await load(unit_of_work, renewed, days=1)
    assert await in_service(unit_of_work) == {"佐藤", "高橋", "田中"}
    assert await on_desk(unit_of_work, "田中") == []


@pytest.mark.rule("R-080")
async def test_while_one_item_of_the_programme_goes_on_its_people_stay(
    unit_of_work: SqlUnitOfWork,
) -> None:
    next_one = TownProvider(agency="school", programme=Programme.OUTREACH, since=LAST + 30 * DAY)
    await load(unit_of_work, replace(TOWN, providers=(*TOWN.providers, next_one)))
    assert await end_contracts(unit_of_work, at=MONDAY + DAY, today=LAST + DAY) == 1
    assert await in_service(unit_of_work) == {"高橋", "田中"}
