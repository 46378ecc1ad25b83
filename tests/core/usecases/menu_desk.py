"""A stand-in for our menus at LINE (core.ports.MenuDesk)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.menus import Menu
from core.ports import ChannelUnanswered


@dataclass(kw_only=True)
class FakeDesk:
    """Remembers which account has which menu; `down` makes the next calls fail."""

    version: int = 1
    down: int = 0
    kept: dict[str, Menu] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)

    def digests(self) -> Mapping[Menu, str]:
        return {menu: f"{menu.value}-{self.version}" for menu in Menu}

    async def make(self, menu: Menu) -> str:
        self._call(f"make {menu.value}")
        made = f"richmenu-{menu.value}-{self.version}"
        self.kept[made] = menu
        return made

    async def sweep(self, keep: frozenset[str]) -> None:
        self._call("sweep")
        self.kept = {one: menu for one, menu in self.kept.items() if one in keep}

    async def show(self, line_user_id: str, rich_menu_id: str) -> bool:
        self._call("show")
        if rich_menu_id not in self.kept:
            return False
        self.shown[line_user_id] = rich_menu_id
        return True

    async def hide(self, line_user_id: str) -> None:
        self._call("hide")
        self.shown.pop(line_user_id, None)

    async def there(self, rich_menu_id: str) -> bool:
        return rich_menu_id in self.kept

    async def basic_id(self) -> str:
        return "@123abcde"

    def _call(self, what: str) -> None:
        if self.down:
            self.down -= 1
            raise ChannelUnanswered("down")
        self.calls.append(what)

    def menu_of(self, line_user_id: str) -> Menu | None:
        """What stands on the phone."""
        return self.kept.get(self.shown.get(line_user_id, ""))
