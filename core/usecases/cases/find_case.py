"""Find a case by its alias."""

import unicodedata

from core.cases import Case
from core.errors import NotFound
from core.ports import UnitOfWork


async def find_case(uow: UnitOfWork, *, alias: str) -> Case:
    """The case with this alias, such as `A-12`; capitals and width do not matter.

    Raises:
        NotFound: there is none. Fact `alias`.
    """
    async with uow.read() as work:
        narrow = unicodedata.normalize("NFKC", alias).strip().upper()
        case = await work.cases.by_alias(narrow)
        if case is None:
            raise NotFound(alias=alias.strip())
        return case
