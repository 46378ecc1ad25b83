"""Record that LINE has a menu now, and have everybody's menu looked at."""

from datetime import datetime

from core.audit import SYSTEM, AuditEvent
from core.menus import MadeMenu
from core.ports import UnitOfWork


async def keep_menu(uow: UnitOfWork, made: MadeMenu, *, at: datetime) -> None:
    """From now on accounts get this menu; those that have the one before get it too."""
    async with uow.write() as work:
        await work.channel.put_menu(made)
        await work.errands.every_menu(at=at)
        await work.audit.append(
            AuditEvent(
                action="menu.made",
                at=at,
                actor=SYSTEM,
                role=SYSTEM,
                subject=made.menu.value,
                evidence=(f"digest={made.digest}",),
            )
        )
        await work.commit()
