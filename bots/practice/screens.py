"""What the stage needs of the two emulators: people with screens, and hands to use them.

The keyword arguments of some verbs differ in detail from one emulator to the next; those verbs are
given as callables, and the driver passes only what the screens name.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol


class Screen(Protocol):
    """A screen at one moment."""

    def as_json(self) -> Mapping[str, Any]:
        """What it shows, as texts and labels."""


class Phone(Protocol):
    """One person's phone, as the LINE emulator keeps it."""

    def screen(self) -> Screen: ...

    def open(self) -> None: ...

    async def say(self, text: str, /) -> Any: ...

    async def block(self) -> Any: ...

    async def unblock(self) -> Any: ...

    async def follow(self) -> Any: ...

    @property
    def tap(self) -> Callable[..., Awaitable[Any]]: ...

    @property
    def sticker(self) -> Callable[..., Awaitable[Any]]: ...

    @property
    def photo(self) -> Callable[..., Awaitable[Any]]: ...

    @property
    def unsend(self) -> Callable[..., Awaitable[Any]]: ...


class Phones(Protocol):
    """All phones of the town."""

    def names(self) -> Sequence[str]: ...

    def get(self, name: str, /) -> Phone: ...


class LineScreens(Protocol):
    """What the driver needs of the LINE emulator."""

    @property
    def phones(self) -> Phones: ...


class Member(Protocol):
    """A member of the practice workspace."""

    @property
    def id(self) -> str: ...


class Staff(Protocol):
    """The members of the practice workspace."""

    def names(self) -> Sequence[str]: ...

    def get(self, name: str, /) -> Member: ...


class Shortcut(Protocol):
    """A shortcut that the app declares."""

    @property
    def name(self) -> str: ...

    @property
    def callback_id(self) -> str: ...

    @property
    def kind(self) -> str: ...


class Installed(Protocol):
    """What the app declares to the workspace."""

    @property
    def commands(self) -> Sequence[str]: ...

    @property
    def shortcuts(self) -> Sequence[Shortcut]: ...


class SlackScreens(Protocol):
    """What the driver needs of the Slack emulator; every verb acts as the named user."""

    @property
    def people(self) -> Staff: ...

    @property
    def installation(self) -> Installed: ...

    @property
    def bot_user_id(self) -> str: ...

    def screen(self, user: str, /) -> Screen: ...

    async def close(self, user: str, /) -> Any: ...

    async def open(self, user: str, what: str, /) -> Any: ...

    @property
    def click(self) -> Callable[..., Awaitable[Any]]: ...

    @property
    def command(self) -> Callable[..., Awaitable[Any]]: ...

    @property
    def shortcut(self) -> Callable[..., Awaitable[Any]]: ...

    @property
    def submit(self) -> Callable[..., Awaitable[Any]]: ...

    @property
    def choose(self) -> Callable[..., Awaitable[Any]]: ...
