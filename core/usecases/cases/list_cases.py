"""List all cases of the municipality, for the operator."""

from core.cases import Case
from core.ports import UnitOfWork


async def list_cases(uow: UnitOfWork) -> tuple[Case, ...]:
    """Every case, by alias."""
    async with uow.read() as work:
        return await work.cases.all()
