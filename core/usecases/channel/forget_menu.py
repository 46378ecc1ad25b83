"""A menu is no longer at LINE; it will be made anew."""

from core.menus import Menu
from core.ports import UnitOfWork


async def forget_menu(uow: UnitOfWork, menu: Menu) -> None:
    """Somebody took it away at LINE, outside of the product."""
    async with uow.write() as work:
        await work.channel.drop_menu(menu)
        await work.commit()
