"""Was anything ever sent unapproved? The answer for the auditor."""

from core.ids import LetterId
from core.ports import UnitOfWork


async def check_sent(uow: UnitOfWork) -> tuple[LetterId, ...]:
    """Letters that left without an approval by somebody other than their author.

    Looks at the letters as stored and at the trail: each letter that was sent needs an approval
    event before it, by the approver that the letter names. Acknowledgements name the standing
    text that was approved once.
    """
    async with uow.read() as work:
        return await work.letters.sent_without_approval()
