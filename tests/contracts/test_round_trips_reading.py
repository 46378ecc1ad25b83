"""Marks of care and opened glass come back as they were; whom a mark shuts out is known at once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.agencies import Role
from core.ids import CaseId, HouseholdId, PersonId, StaffId
from core.people import Household
from core.ports import UnitOfWork
from core.reading import OpenGlass
from core.shielding import Care, CareMark
from tests.databases import new_id
from tests.people import A12, MIDORI, MONDAY, SATO, SUZUKI, TANAKA, A

few = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
moments = st.datetimes(
    min_value=datetime(1980, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)
)
people = st.sampled_from([SATO.id, SUZUKI.id, TANAKA.id])
marks: Any = st.builds(
    CareMark,
    person_id=st.just(A.id),
    care=st.sampled_from(Care),
    cleared=st.frozensets(people, min_size=1),
    closes_case=st.booleans(),
)


@few
@given(
    glass=st.builds(
        OpenGlass,
        id=st.builds(new_id),
        case_id=st.just(A12.id),
        staff_id=people,
        role=st.sampled_from(Role),
        opened_at=moments,
        until=moments,
        reason=words,
        reviewed_by=st.none() | people,
        reviewed_at=st.none() | moments,
        finding=words,
    )
)
async def test_opened_glass_comes_back(midori: UnitOfWork, glass: OpenGlass) -> None:
    async with midori.write() as work:
        await work.glass.add(glass)
        assert await work.glass.get(glass.id) == glass
        assert glass in await work.glass.of_case(A12.id)
        assert (glass in await work.glass.unreviewed()) is (glass.reviewed_at is None)
        changed = replace(glass, finding="済", version=glass.version + 1)
        assert await work.glass.change(changed, version=glass.version)
        assert not await work.glass.change(changed, version=glass.version)


@pytest.mark.rule("R-015")
@few
@given(placed=st.lists(marks, max_size=4, unique_by=lambda mark: mark.care))
async def test_marks_come_back_and_shut_out_whoever_is_not_named(
    midori: UnitOfWork, placed: list[CareMark]
) -> None:
    async with midori.write() as work:
        for mark in placed:
            await work.care_marks.put(mark)
        assert set(await work.care_marks.of_people([A.id])) == set(placed)
        assert await work.care_marks.of_people([PersonId("nobody")]) == ()
        closing = [mark for mark in placed if mark.closes_case]
        given_out = await work.staff.all_seats(A12.id)
        for who in (SATO.id, SUZUKI.id, TANAKA.id):
            shut = any(who not in mark.cleared for mark in closing)
            closed = await work.care_marks.closed_to(who)
            assert closed == (frozenset({A12.id}) if shut else frozenset[CaseId]())
            mine = [seat for seat in given_out if seat.staff_id == who]
            counted = [s for s in await work.staff.seats(A12.id) if s.staff_id == who]
            assert counted == ([] if shut else mine)
            assert list(await work.staff.seats_of(who)) == counted
        assert bool(await work.care_marks.closed_to(None)) is bool(closing)
        for mark in placed:
            await work.care_marks.remove(mark)
        assert await work.care_marks.of_people([A.id]) == ()


@pytest.mark.rule("R-015")
async def test_a_mark_on_one_of_the_household_closes_the_case_of_another(
    midori: UnitOfWork,
) -> None:
    async with midori.write() as work:
        home = HouseholdId("home")
        await work.people.put_household(
            Household(id=home, municipality_id=MIDORI, code="home", label="家")
        )
        mother = replace(A, id=PersonId("person-mother"), code="M", household_id=home)
        await work.people.put(mother)
        await work.people.put(replace(A, household_id=home))
        mark = CareMark(
            person_id=mother.id,
            care=Care.ABUSE,
            cleared=frozenset({SATO.id}),
            closes_case=True,
        )
        await work.care_marks.put(mark)
        assert await work.care_marks.closed_to(SUZUKI.id) == {A12.id}
        assert await work.care_marks.closed_to(SATO.id) == frozenset()
        assert {seat.staff_id for seat in await work.staff.seats(A12.id)} == {SATO.id}


@pytest.mark.rule("DOMAIN-3.7")
async def test_glass_closes_by_itself(midori: UnitOfWork) -> None:
    glass = OpenGlass(
        id="glass",
        case_id=A12.id,
        staff_id=StaffId(SATO.id),
        role=Role.OUTREACH_WORKER,
        opened_at=MONDAY,
        until=MONDAY + timedelta(hours=1),
        reason="煙",
    )
    async with midori.write() as work:
        await work.glass.add(glass)
        for after, there in ((0, True), (3599, True), (3600, False)):
            at = MONDAY + timedelta(seconds=after)
            found = await work.glass.open_for(SATO.id, case_id=A12.id, at=at)
            assert (found == glass) is there
        assert await work.glass.open_for(SUZUKI.id, case_id=A12.id, at=MONDAY) is None
