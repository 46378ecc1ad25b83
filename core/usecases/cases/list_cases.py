"""List all cases of the municipality, for the operator."""

from core.cases import Case
from core.ports import UnitOfWork


async def list_cases(uow: UnitOfWork) -> tuple[Case, ...]:
    """Every case, by alias, but those that a mark closes: no mark names the operator (R-015)."""
    async with uow.read() as work:
        closed = await work.care_marks.closed_to(None)
        return tuple(case for case in await work.cases.all() if case.id not in closed)
