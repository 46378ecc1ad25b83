"""Which of our menus LINE does not have as they should be, and whether it was asked who we are."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.menus import MadeMenu, Menu
from core.ports import UnitOfWork


@dataclass(frozen=True, kw_only=True, slots=True)
class MenusStanding:
    """What LINE has of ours.

    Attributes:
        to_make: menus that are not there, or were made from something else.
        made: those that are.
        named: the account's own id is known.
    """

    to_make: tuple[Menu, ...]
    made: tuple[MadeMenu, ...]
    named: bool


async def menus_to_make(uow: UnitOfWork, *, digests: Mapping[Menu, str]) -> MenusStanding:
    """Compare what should be with what was recorded.

    Args:
        digests: of every menu that there should be, of what it is made from.
    """
    async with uow.read() as work:
        made = await work.channel.menus()
        there = {one.menu: one.digest for one in made}
        return MenusStanding(
            to_make=tuple(menu for menu in digests if there.get(menu) != digests[menu]),
            made=tuple(one for one in made if one.digest == digests.get(one.menu)),
            named=bool(await work.channel.basic_id()),
        )
