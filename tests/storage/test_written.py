"""Written statements in rounds."""

import pytest
from sqlalchemy.exc import DBAPIError

from storage.engine import Store
from storage.written import Question, Written, ask

COUNT = Written("SELECT count(*) FROM municipalities WHERE id = :town AND id LIKE '%'")
WITHOUT_NAME = Written("INSERT INTO municipalities (id) VALUES (:town)")


async def test_a_round_brings_the_rows_of_each_statement(store: Store) -> None:
    async with store.reading() as connection:
        answers = await ask(
            connection,
            [
                Question(Written("SELECT :one, :two"), {"one": "a", "two": "b:c"}),
                Question(COUNT, {"town": "nowhere"}),
            ],
        )
    assert [list(rows) for rows in answers] == [[("a", "b:c")], [(0,)]]


async def test_what_the_database_refuses_is_told_without_what_was_asked(store: Store) -> None:
    async with store.writing() as connection:
        with pytest.raises(DBAPIError) as refusal:
            await ask(connection, [Question(WITHOUT_NAME, {"town": "a secret"})])
        assert refusal.value.params is None
    async with store.reading() as connection:
        assert await ask(connection, [Question(COUNT, {"town": "a secret"})]) == [[(0,)]]


async def test_a_round_is_part_of_its_transaction(store: Store) -> None:
    setting = Written("CREATE TABLE fleeting (id text)")
    async with store.writing() as connection:
        await ask(connection, [Question(setting, {})])
    async with store.reading() as connection:
        with pytest.raises(DBAPIError):
            await ask(connection, [Question(Written("SELECT id FROM fleeting"), {})])
