"""What holds of meetings in the database itself, even for somebody who goes past the code."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from storage.engine import Store
from tests.council import call_council
from tests.databases import unit_of_work_on
from tests.midori import found_midori
from tests.people import MIDORI


@pytest.fixture
async def written(store: Store) -> AsyncIterator[Store]:
    """みどり市 with its bodies and their people, and one meeting on A-12."""
    uow = unit_of_work_on(store, municipality_id=MIDORI)
    await found_midori(uow)
    council = await call_council(uow)
    await council.request()
    yield store


async def execute(store: Store, statement: str) -> int:
    async with store.writing() as connection:
        done = await connection.execute(text(statement))
        await connection.commit()
        return done.rowcount


@pytest.mark.rule("R-048", "R-039", "M1")
@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("agenda_items", "basis = 'CASE'"),
        ("agenda_items", "basis = 'WHATEVER'"),
        ("agenda_items", "purpose = 'GOSSIP'"),
        ("agenda_items", "state = 'FORGOTTEN'"),
        ("agenda_items", "meeting_id = 'nowhere'"),
        ("agenda_items", "case_id = 'nowhere'"),
        ("meetings", "state = 'SECRET'"),
        ("meetings", "requested_by = 'nobody'"),
        ("meeting_bodies", "basis = 'CLUB'"),
        ("participants", "staff_id = 'nobody'"),
        ("participants", "agency_id = 'nowhere'"),
        ("participants", "person_id = 'nobody'"),
        ("pledges", "participant_id = 'nobody'"),
    ],
)
async def test_a_row_that_no_law_knows_is_not_kept(written: Store, table: str, change: str) -> None:
    with pytest.raises(IntegrityError):
        await execute(written, f"UPDATE {table} SET {change}")


@pytest.mark.rule("R-082")
async def test_what_is_said_in_a_meeting_is_sealed_where_it_lies(written: Store) -> None:
    async with written.reading() as connection:
        for table in ("meetings", "meeting_bodies", "participants", "pledges"):
            rows = (await connection.execute(text(f"SELECT content FROM {table}"))).all()
            assert rows
            for (content,) in rows:
                assert b"subjects" not in bytes(content)
                assert b"stands_for" not in bytes(content)
