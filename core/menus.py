"""Which rich menu an account has: it follows what the person chose (INTERFACES §6, G-13)."""

import enum
from dataclasses import dataclass
from datetime import datetime

from core.people import LineLink, LinkState


class Menu(enum.StrEnum):
    """The menus that there are; each is drawn once and linked to many."""

    ACTIVE = "active"
    RESTING = "resting"
    STOPPED = "stopped"


@dataclass(frozen=True, kw_only=True, slots=True)
class MadeMenu:
    """A menu as LINE has it.

    Attributes:
        digest: of everything that it was made from; another digest is another menu.
        rich_menu_id: LINE's own id of it.
    """

    menu: Menu
    digest: str
    rich_menu_id: str
    made_at: datetime


def menu_for(link: LineLink, *, at: datetime) -> Menu | None:
    """The menu of this account now; None for one that is nobody's, or was let go."""
    if not link.line_user_id or link.person_id is None or link.state is LinkState.UNLINKED:
        return None
    if link.state in {LinkState.UNLINKED_BY_PERSON, LinkState.BLOCKED}:
        return Menu.STOPPED
    return Menu.ACTIVE if link.reachable(at) else Menu.RESTING


def menu_turns(link: LineLink, *, at: datetime) -> datetime | None:
    """When the menu changes by itself: as a rest ends."""
    return link.paused_until if menu_for(link, at=at) is Menu.RESTING else None
