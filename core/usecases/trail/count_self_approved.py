"""How many letters left on an own approval? For the auditor, beside `check_sent`."""

from core.ports import UnitOfWork


async def count_self_approved(uow: UnitOfWork) -> int:
    """Letters that left (sent, or handed to LINE at least once) on an own approval.

    A town has to turn that on, and each has a reason (`core.approvals`); elsewhere the answer is 0.
    """
    async with uow.read() as work:
        return await work.letters.sent_self_approved()
