"""Show how LINE's month stands: used, planned, and how much there is."""

from datetime import datetime

from core.ports import UnitOfWork
from core.quota import QuotaSeen
from core.quota_steps import quota_now


async def show_quota(uow: UnitOfWork, *, at: datetime) -> QuotaSeen | None:
    """As it is known; None while LINE has not said. For the operator; colleagues see it on their
    desks."""
    async with uow.read() as work:
        return await quota_now(work, at=at)
