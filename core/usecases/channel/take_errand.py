"""Take an errand for oneself, and see what is to be done as the record stands now."""

from datetime import datetime

from core.errands import ERRAND_LEASE, Errand, TakenErrand
from core.menus import menu_for, menu_turns
from core.ports import UnitOfWork


async def take_errand(
    uow: UnitOfWork, errand: Errand, *, lease: str, at: datetime
) -> TakenErrand | None:
    """The errand with what is to be done; None when another loop was faster."""
    async with uow.write() as work:
        if not await work.errands.claim(errand, lease=lease, until=at + ERRAND_LEASE, at=at):
            return None
        link = await work.links.get(errand.link_id)
        menu = menu_for(link, at=at)
        ids = {one.menu: one.rich_menu_id for one in await work.channel.menus()}
        town, rest, _ = await work.towns.gate()
        await work.commit()
        return TakenErrand(
            errand=errand,
            lease=lease,
            menu=menu,
            rich_menu_id=None if menu is None else ids.get(menu),
            turns_at=menu_turns(link, at=at),
            let_go=not link.line_user_id,
            may_send=not town.pushes_stopped and (rest is None or rest.until <= at),
        )
