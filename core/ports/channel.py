"""Ports of the LINE account as a channel: errands, visitors at the reception desk, menus."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from core.errands import Errand
from core.ids import ErrandId, LinkId, VisitorId
from core.inbound import KeptEvent
from core.menus import MadeMenu, Menu
from core.people import LineLink
from core.reception import Visitor


class Errands(Protocol):
    """What is to be done at LINE beside letters."""

    async def menu(self, link: LineLink, *, at: datetime) -> None:
        """The account's menu has to be looked at from `at` on; one errand for each account."""
        ...

    async def every_menu(self, *, at: datetime) -> int:
        """The menus of all accounts that are somebody's have to be looked at; how many."""
        ...

    async def add(self, errand: Errand) -> None: ...
    async def due(self, *, at: datetime, limit: int) -> tuple[Errand, ...]:
        """Those whose time has come, or whose lease has run out; the oldest first."""
        ...

    async def claim(self, errand: Errand, *, lease: str, until: datetime, at: datetime) -> bool:
        """Take it for oneself until then; False when another loop was faster."""
        ...

    async def settle(
        self, errand: Errand, *, lease: str, done: bool, next_at: datetime | None, at: datetime
    ) -> bool:
        """Give it back: done as far as it was when it was claimed, or to be tried at `next_at`.

        Done and with a `next_at`, it is looked at again then; what changed while it was under
        way is looked at again now. False when the lease was lost.
        """
        ...

    async def drop(self, errand_id: ErrandId, *, lease: str) -> bool:
        """Nothing of it remains: the account was let go, or LINE will never take it."""
        ...


class Visitors(Protocol):
    """Who stands at the reception desk."""

    async def get(self, visitor_id: VisitorId) -> Visitor:
        """Raises: NotFound."""
        ...

    async def here(self, link_id: LinkId) -> Visitor | None:
        """The visitor of this account who was not seen to yet."""
        ...

    async def waiting(self, *, limit: int) -> tuple[Visitor, ...]:
        """Those on the desk, whoever came first first."""
        ...

    async def add(self, visitor: Visitor) -> None: ...
    async def change(self, visitor: Visitor, *, version: int) -> bool: ...
    async def said(self, link_id: LinkId, *, limit: int) -> tuple[KeptEvent, ...]:
        """What came from this account while it was nobody's, newest first; raw is b"" of what
        was taken back."""
        ...


class Channel(Protocol):
    """What LINE has of ours."""

    async def menus(self) -> tuple[MadeMenu, ...]: ...
    async def put_menu(self, made: MadeMenu) -> None: ...
    async def drop_menu(self, menu: Menu) -> None: ...
    async def basic_id(self) -> str:
        """The account's basic id, such as @123abcde; "" while nobody has asked LINE."""
        ...

    async def note_basic_id(self, basic_id: str, *, at: datetime) -> None: ...


class ChannelUnanswered(Exception):
    """LINE gave no usable answer; whether it did what it was asked is not known."""


class MenuDesk(Protocol):
    """Our menus at LINE. Every call may fail with `ChannelUnanswered` and be made again."""

    def digests(self) -> Mapping[Menu, str]:
        """Of every menu that there should be, of what it is made from."""
        ...

    async def make(self, menu: Menu) -> str:
        """LINE's id of this menu, with its picture; one that is there already is taken."""
        ...

    async def sweep(self, keep: frozenset[str]) -> None:
        """Take away those of our menus that are not among these ids."""
        ...

    async def show(self, line_user_id: str, rich_menu_id: str) -> bool:
        """This account has this menu now; False where there is no such menu, or account."""
        ...

    async def hide(self, line_user_id: str) -> None:
        """This account has no menu of ours."""
        ...

    async def there(self, rich_menu_id: str) -> bool: ...
    async def basic_id(self) -> str:
        """How the account is called at LINE, such as @123abcde."""
        ...
