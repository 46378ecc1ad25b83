"""The fictional people at the other end, and what the platform knows of each."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .ids import USER_ID, user_id_of
from .thread import Thread

WROTE_FIRST = timedelta(days=7)
"""How long a person who is no friend can be written to after writing first (LINE.md §3.3)."""


@dataclass(kw_only=True)
class Person:
    """One LINE user as this channel sees them."""

    name: str
    user_id: str
    language: str
    friend: bool = False
    blocked: bool = False
    deleted: bool = False
    ever_blocked: bool = False
    consented: bool = True
    status_message: str | None = None
    picture_url: str | None = None
    last_wrote: datetime | None = None
    opened_url: str | None = None
    links_opened: int = 0
    clipboard: str | None = None
    rich_menu_id: str | None = None
    typing_until: datetime | None = None
    thread: Thread = field(default_factory=Thread)

    def receives(self, now: datetime) -> bool:
        """Whether a message sent now reaches this person."""
        if self.deleted or self.blocked:
            return False
        if self.friend:
            return True
        return self.last_wrote is not None and now - self.last_wrote <= WROTE_FIRST

    def profile_is_open(self) -> bool:
        """Whether the profile can be read: a friend, not blocking, consented (REF §Get profile)."""
        return self.friend and not self.blocked and not self.deleted and self.consented


class NameTaken(ValueError):
    """Two people of one town cannot share a name or a user id."""


class People:
    """Everyone the channel could ever have met; an id not in here belongs to nobody."""

    def __init__(self) -> None:
        self._by_name: dict[str, Person] = {}
        self._by_id: dict[str, Person] = {}

    def add(
        self, name: str, *, user_id: str | None = None, friend: bool = False, language: str = "ja"
    ) -> Person:
        """Add a person.

        Raises:
            NameTaken: name or user id is in use.
            ValueError: the user id is not `U` and 32 lower-case hexadecimal digits.
        """
        identity = user_id or user_id_of(name)
        if not USER_ID.fullmatch(identity):
            raise ValueError(f"{identity!r} is no LINE user id (U and 32 hexadecimal digits)")
        if name in self._by_name or identity in self._by_id:
            raise NameTaken(f"there is already a phone of {name!r} or with {identity}")
        person = Person(name=name, user_id=identity, language=language, friend=friend)
        self._by_name[name] = person
        self._by_id[identity] = person
        return person

    def named(self, name: str) -> Person | None:
        """The person of that name."""
        return self._by_name.get(name)

    def with_id(self, user_id: str) -> Person | None:
        """The person with that user id; None for an id that does not exist in this channel."""
        return self._by_id.get(user_id)

    def __iter__(self) -> Iterator[Person]:
        return iter(self._by_name.values())
