"""Stand before a page that may ask for a PIN."""

from dataclasses import dataclass
from datetime import datetime

from core.page_steps import at_the_door
from core.ports import UnitOfWork


@dataclass(frozen=True, kw_only=True, slots=True)
class PageDoor:
    """What may be seen from outside.

    Attributes:
        account: how the town's LINE account is called; harmless.
        rests_until: until when no PIN is looked at, after several wrong ones.
    """

    account: str
    asks_pin: bool
    rests_until: datetime | None


async def knock_page(uow: UnitOfWork, *, token: str, at: datetime) -> PageDoor:
    """What stands on the door of this page. Nothing is written down.

    Raises:
        NotFound: the link opens nothing.
    """
    async with uow.read() as work:
        visit = await at_the_door(work, token, at=at)
        rests = None if visit.pin is None else visit.pin.rests_until()
        return PageDoor(
            account=(await work.towns.get()).account_name,
            asks_pin=visit.pin is not None,
            rests_until=rests if rests is not None and rests > at else None,
        )
