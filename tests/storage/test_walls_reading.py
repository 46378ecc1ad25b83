"""What holds of marks and opened glass in the database itself, past the code."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from core.agencies import Role
from core.reading import OpenGlass
from core.shielding import Care, CareMark
from storage.engine import Store
from tests.databases import unit_of_work_on
from tests.midori import found_midori
from tests.people import A12, MIDORI, MONDAY, SATO, A


@pytest.fixture
async def written(store: Store) -> AsyncIterator[Store]:
    """みどり市 with a mark on A and one opened glass."""
    uow = unit_of_work_on(store, municipality_id=MIDORI)
    await found_midori(uow)
    async with uow.write() as work:
        mark = CareMark(
            person_id=A.id, care=Care.DV_VICTIM, cleared=frozenset({SATO.id}), closes_case=True
        )
        await work.care_marks.put(mark)
        await work.glass.add(
            OpenGlass(
                id="glass",
                case_id=A12.id,
                staff_id=SATO.id,
                role=Role.OUTREACH_WORKER,
                opened_at=MONDAY,
                until=MONDAY + timedelta(hours=1),
                reason="煙の知らせ",
            )
        )
        await work.commit()
    yield store


@pytest.mark.rule("R-015")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE care_marks SET person_id = 'nobody'",
        "UPDATE open_glass SET case_id = 'nowhere'",
        "UPDATE open_glass SET staff_id = 'nobody'",
        "UPDATE open_glass SET municipality_id = 'aoba'",
        "UPDATE care_marks SET cleared = NULL",
    ],
)
async def test_neither_is_about_somebody_who_is_not_there(written: Store, statement: str) -> None:
    with pytest.raises(IntegrityError):
        async with written.writing() as connection:
            await connection.execute(text(statement))
            await connection.commit()


@pytest.mark.rule("R-015")
async def test_which_care_it_is_and_why_the_glass_was_broken_stay_sealed(written: Store) -> None:
    async with written.reading() as connection:
        for table in ("care_marks", "open_glass"):
            rows = (await connection.execute(text(f"SELECT * FROM {table}"))).all()
            told = repr([tuple(row) for row in rows])
            assert rows and "dv_victim" not in told and "煙" not in told
            assert "煙の知らせ".encode() not in b"".join(
                bytes(cell) for row in rows for cell in row if isinstance(cell, bytes | memoryview)
            )
