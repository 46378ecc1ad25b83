"""Whether a form was sent before."""

from datetime import datetime

from core.ports import UnitOfWork


async def was_sent(uow: UnitOfWork, *, key: str, at: datetime) -> bool:
    """Whether what this form said is in the record already."""
    async with uow.read() as work:
        return await work.passes.used(noted_as(key), at=at)


def noted_as(key: str) -> str:
    """A form's key among the used links, with which it is never mixed up."""
    return f"form:{key}"
