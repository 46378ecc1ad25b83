"""What people do in the tests, in their words."""

from core.ids import CaseId
from core.letters import Letter
from core.ports import UnitOfWork
from tests.bots.slack.office import Office
from tests.people import A12, WORDS


async def write(office: Office, words: str = WORDS, *, who: str = "鈴木") -> None:
    """Somebody writes a letter for A-12 and hands it in."""
    await office.slack.command(who, "/otayori", "A-12")
    await office.front.settle()
    await office.act(office.slack.submit(who, {"おたよりの言葉": words}))


async def letters(uow: UnitOfWork, case_id: CaseId = A12.id) -> list[Letter]:
    """The letters of a case, newest first."""
    async with uow.read() as work:
        return list(await work.letters.of_case(case_id))


async def the_letter(uow: UnitOfWork) -> Letter:
    """The only letter of A-12."""
    (letter,) = await letters(uow)
    return letter
