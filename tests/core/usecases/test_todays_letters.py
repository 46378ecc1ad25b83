"""今日の予定 on Home: what is to leave today on one's own cases, asked for once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, event

from core.ids import CaseId, LetterId, PersonId
from core.letters import LetterState
from core.usecases.desk.show_desk import show_desk
from storage.unit_of_work import SqlUnitOfWork
from tests.contracts.letters_at_hand import scheduled
from tests.midori import add_neighbour, found_midori
from tests.people import MONDAY, SATO

DAY_ENDS = MONDAY + timedelta(hours=14)


@contextmanager
def asking_for_letters() -> Iterator[list[str]]:
    """The questions about letters alone that go to the database meanwhile."""
    asked: list[str] = []

    def note(conn: Any, cursor: Any, statement: str, *_: Any) -> None:
        if "FROM letters \n" in f"{statement} \n" and "opens_at <" in statement:
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def to_leave(uow: SqlUnitOfWork, number: int, **changes: Any) -> str:
    """A neighbour's letter, approved and waiting for its time."""
    case_id, _ = await add_neighbour(uow, number)
    letter = replace(
        scheduled(),
        id=LetterId(f"letter-{number}"),
        case_id=CaseId(case_id),
        person_id=PersonId(f"person-{number}"),
        opens_at=MONDAY + timedelta(hours=number % 3 + 1),
    )
    async with uow.write() as work:
        await work.letters.add(replace(letter, **changes))
        await work.commit()
    return letter.id


async def test_it_is_one_question_however_many_cases_there_are(
    unit_of_work: SqlUnitOfWork,
) -> None:
    await found_midori(unit_of_work)
    wanted = {await to_leave(unit_of_work, number) for number in range(12)}
    tomorrow = DAY_ENDS + timedelta(hours=9)
    await to_leave(unit_of_work, 20, opens_at=DAY_ENDS, closes_at=tomorrow)
    await to_leave(unit_of_work, 21, state=LetterState.HELD)
    with asking_for_letters() as asked:
        desk = await show_desk(unit_of_work, staff_id=SATO.id, day_ends=DAY_ENDS)
    assert len(asked) == 1
    assert {letter.id for letter, _ in desk.today} == wanted
    moments = [letter.opens_at for letter, _ in desk.today]
    assert moments == sorted(moments)
    assert all(letter.case_id == case.id for letter, case in desk.today)


async def test_a_desk_without_cases_asks_nothing(unit_of_work: SqlUnitOfWork) -> None:
    await found_midori(unit_of_work)
    async with unit_of_work.read() as work:
        assert await work.letters.scheduled_on((), before=DAY_ENDS) == ()
