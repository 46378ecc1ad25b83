"""Write down what LINE answered."""

from collections.abc import Sequence
from datetime import datetime

from core.ports import UnitOfWork
from core.recording import Answer, record


async def record_deliveries(uow: UnitOfWork, answers: Sequence[Answer], *, at: datetime) -> None:
    """Record the outcomes of claimed deliveries in one transaction.

    An outcome whose lease was lost meanwhile is left to whoever holds it now: the same retry
    key tells them the same.
    """
    if not answers:
        return
    async with uow.write() as work:
        await record(work, answers, at=at)
        await work.commit()
