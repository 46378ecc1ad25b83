"""Ports of leaflets: the library, its pictures, and who was sent which."""

from collections.abc import Iterable
from typing import Protocol

from core.ids import LeafletId, LetterId, PersonId
from core.leaflet_choice import Given
from core.leaflet_links import LeafletLink
from core.leaflet_pages import Page, Picture
from core.leaflets import Leaflet


class Leaflets(Protocol):
    """The library of leaflets."""

    async def get(self, leaflet_id: LeafletId) -> Leaflet:
        """Raises: NotFound."""
        ...

    async def all(self) -> tuple[Leaflet, ...]:
        """Every edition, newest first."""
        ...

    async def approved(self) -> tuple[Leaflet, ...]:
        """Those that may be sent, of each leaflet one edition."""
        ...

    async def current(self, root_id: LeafletId) -> Leaflet | None:
        """The approved edition of a leaflet, if it has one."""
        ...

    async def editions(self, root_id: LeafletId) -> tuple[Leaflet, ...]:
        """Newest first."""
        ...

    async def add(self, leaflet: Leaflet) -> None: ...
    async def change(self, leaflet: Leaflet, *, version: int) -> bool: ...
    async def keep(self, picture: Picture) -> None:
        """A picture under its digest; the same one is kept once."""
        ...

    async def picture(self, digest: str) -> Picture:
        """Raises: NotFound."""
        ...

    async def carry(self, link: LeafletLink) -> None:
        """A letter carries a leaflet.

        Raises: Overtaken: somebody wrote another one with it to this person at this moment.
        """
        ...

    async def change_link(self, link: LeafletLink, *, version: int) -> bool: ...
    async def link_of(self, letter_id: LetterId) -> LeafletLink | None: ...
    async def links_of(self, letter_ids: Iterable[LetterId]) -> tuple[LeafletLink, ...]: ...
    async def by_token(self, token_hash: str) -> LeafletLink | None: ...
    async def given_to(
        self, person_id: PersonId, *, but: LetterId | None = None
    ) -> tuple[Given, ...]:
        """What this person was sent or is about to be: of every letter but stopped and failed
        ones, apart from the letter `but`."""
        ...

    async def carried(self, person_id: PersonId, root_id: LeafletId) -> int:
        """How many letters to this person ever carried this leaflet, stopped ones among them."""
        ...


class PageMaker(Protocol):
    """Makes pictures of an uploaded file (bots/leaflets)."""

    async def pages(self, upload: bytes) -> tuple[Page, ...]:
        """One picture with its preview for each page of a PDF; one for a PNG or JPEG.

        Raises: FileUnreadable, FileTooLarge, TooManyPages.
        """
        ...
