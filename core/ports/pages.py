"""Ports of the person's own page: its links and its PIN."""

from datetime import datetime
from typing import Protocol

from core.ids import PersonId
from core.person_pages import PageLink, PagePin


class PersonPages(Protocol):
    """Who may open whose page."""

    async def add(self, link: PageLink) -> None: ...
    async def by_token(self, token_hash: str) -> PageLink | None: ...
    async def of_person(self, person_id: PersonId, *, at: datetime) -> tuple[PageLink, ...]:
        """Those that open the page at this moment, newest first."""
        ...

    async def change(self, link: PageLink, *, version: int) -> bool: ...
    async def pin_of(self, person_id: PersonId) -> PagePin | None: ...
    async def set_pin(self, pin: PagePin) -> None:
        """In the place of an earlier one, if there is one."""
        ...

    async def change_pin(self, pin: PagePin, *, version: int) -> bool: ...
    async def take_pin_off(self, person_id: PersonId) -> bool:
        """Whether there was one."""
        ...
