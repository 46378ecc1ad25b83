"""Errands to LINE beside letters: the rich menu of an account, and an answer at the reception desk.

The row is the schedule. An errand is due while its revision is ahead of what was done; whoever runs
it holds a lease, so that two loops never tell LINE two things about one account at a time. After a
crash the lease runs out, and the same thing is done once more, which changes nothing: a menu is set
to what it is, and a text goes under the errand's id as its retry key.
"""

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from core.ids import ErrandId, LinkId, MunicipalityId
from core.menus import Menu

ERRAND_LEASE: Final = timedelta(minutes=1)


class ErrandKind(enum.StrEnum):
    """MENU: the account's menu follows its state. TEXT: one approved text to a stranger."""

    MENU = "MENU"
    TEXT = "TEXT"


@dataclass(frozen=True, kw_only=True, slots=True)
class Errand:
    """Something to do at LINE for one account.

    Attributes:
        id: UUID text; of a TEXT it is also the `X-Line-Retry-Key`.
        line_user_id: LINE's id as it was when the errand was written down: a menu is also taken
            off an account that was let go, and then the errand is all that still knows it.
        request: of a TEXT the exact bytes that are sent; None for a MENU.
        revision: counts the changes; due while ahead of `done`.
        tried_since: since when LINE may have the text without our knowing (LINE.md §3.4).
    """

    id: ErrandId
    municipality_id: MunicipalityId
    link_id: LinkId
    kind: ErrandKind
    line_user_id: str
    next_at: datetime
    request: bytes | None = None
    revision: int = 1
    done: int = 0
    attempts: int = 0
    tried_since: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenErrand:
    """An errand that nobody else runs until the lease ends.

    Attributes:
        menu: the one that the account should have; None for none at all.
        rich_menu_id: LINE's id of it; None while it was not made.
        turns_at: when the menu changes by itself.
        let_go: the account is linked no longer, and its errand is the last to know it.
        may_send: texts leave the house now.
    """

    errand: Errand
    lease: str
    menu: Menu | None
    rich_menu_id: str | None
    turns_at: datetime | None
    let_go: bool
    may_send: bool
