"""Walk the hash chain of the record."""

from dataclasses import dataclass

from core.audit import GENESIS, BrokenLink, first_broken_link
from core.ports import UnitOfWork


@dataclass(frozen=True, kw_only=True, slots=True)
class Verified:
    """How many links were walked, and the first broken one, if any."""

    walked: int
    broken: BrokenLink | None


async def verify_trail(uow: UnitOfWork, *, page: int = 2000) -> Verified:
    """Check every link from the first event to the head of the chain.

    The house may go on working meanwhile: where the head has moved on since the last page, the
    walk goes on, too.
    """
    number, previous = 1, GENESIS
    async with uow.read() as work:
        while True:
            entries = await work.audit.entries(after=number - 1, limit=page)
            if entries:
                broken = first_broken_link(entries, number=number, previous=previous)
                if broken is not None:
                    return Verified(walked=broken.number - 1, broken=broken)
                number, previous = entries[-1].number + 1, entries[-1].hash
                continue
            if await work.audit.head() == (number - 1, previous):
                return Verified(walked=number - 1, broken=None)
            if not await work.audit.entries(after=number - 1, limit=1):
                cut = BrokenLink(number=number, found="cut off at the end")
                return Verified(walked=number - 1, broken=cut)
