"""The library of leaflets, their pictures, and who was sent which."""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Row, func, select, text

from core.errors import NotFound
from core.ids import CaseId, LeafletId, LetterId, MunicipalityId, PersonId, PlaceId
from core.leaflet_choice import Given
from core.leaflet_links import LeafletLink
from core.leaflet_pages import Picture
from core.leaflets import Leaflet
from storage import tables
from storage.shelves import Shelf
from storage.tables.leaflets import APPROVED
from storage.transaction import Transaction, table_of

_PAGES: Final = table_of(tables.LeafletPageRow)
_LINKS: Final = table_of(tables.LeafletLinkRow)
_LETTERS: Final = table_of(tables.LetterRow)
# These never reached anybody and never will.
_NEVER_LEFT: Final = ("CANCELLED", "FAILED")


class SqlLeaflets:
    """core.ports.Leaflets."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction
        self._shelf: Shelf[Leaflet] = Shelf(
            transaction, tables.LeafletRow, columns=_columns, what="leaflet"
        )

    async def get(self, leaflet_id: LeafletId) -> Leaflet:
        """Raises: NotFound."""
        return await self._shelf.get(leaflet_id)

    async def all(self) -> tuple[Leaflet, ...]:
        """Every edition, newest first."""
        return await self._shelf.all(by=(self._shelf.c.id.desc(),))

    async def approved(self) -> tuple[Leaflet, ...]:
        """Those that may be sent."""
        return await self._shelf.all(text(APPROVED))  # type: ignore[arg-type]

    async def current(self, root_id: LeafletId) -> Leaflet | None:
        """The approved edition of a leaflet."""
        approved = text(APPROVED)
        return await self._shelf.first(self._shelf.c.root_id == root_id, approved)  # type: ignore[arg-type]

    async def editions(self, root_id: LeafletId) -> tuple[Leaflet, ...]:
        """Newest first."""
        c = self._shelf.c
        return await self._shelf.all(c.root_id == root_id, by=(c.edition.desc(),))

    async def add(self, leaflet: Leaflet) -> None:
        """A new edition."""
        await self._shelf.add(leaflet)

    async def change(self, leaflet: Leaflet, *, version: int) -> bool:
        """Whether it still had that version."""
        return await self._shelf.change(leaflet, version=version)

    async def keep(self, picture: Picture) -> None:
        """A picture under its digest, once."""
        await self._tx.add_once(
            _PAGES,
            {
                "municipality_id": self._tx.municipality_id,
                "digest": picture.digest,
                "media_type": picture.media_type,
                "width": picture.width,
                "height": picture.height,
                "picture": picture.data,
            },
        )

    async def picture(self, digest: str) -> Picture:
        """Raises: NotFound."""
        row = await self._tx.one(
            select(_PAGES).where(self._tx.mine(_PAGES), _PAGES.c.digest == digest)
        )
        if row is None:
            raise NotFound(what="leaflet page", id=digest)
        return Picture(
            data=row.picture, media_type=row.media_type, width=row.width, height=row.height
        )

    async def carry(self, link: LeafletLink) -> None:
        """A letter carries a leaflet.

        Raises:
            Overtaken: another one to this person was written at this moment.
        """
        await self._tx.add(_LINKS, _link_values(link))

    async def change_link(self, link: LeafletLink, *, version: int) -> bool:
        """Replace the link if it still has `version`; whether it had."""
        changed = await self._tx.run(
            _LINKS.update()
            .where(
                self._tx.mine(_LINKS),
                _LINKS.c.letter_id == link.letter_id,
                _LINKS.c.version == version,
            )
            .values(_link_values(link))
        )
        return changed == 1

    async def link_of(self, letter_id: LetterId) -> LeafletLink | None:
        """What a letter carries."""
        found = await self.links_of([letter_id])
        return found[0] if found else None

    async def links_of(self, letter_ids: Iterable[LetterId]) -> tuple[LeafletLink, ...]:
        """What these letters carry, in the order of their ids."""
        rows = await self._tx.rows(
            select(_LINKS)
            .where(self._tx.mine(_LINKS), _LINKS.c.letter_id.in_(tuple(letter_ids)))
            .order_by(_LINKS.c.letter_id)
        )
        return tuple(map(_link_of, rows))

    async def by_token(self, token_hash: str) -> LeafletLink | None:
        """The link with this token."""
        row = await self._tx.one(
            select(_LINKS).where(self._tx.mine(_LINKS), _LINKS.c.token_hash == token_hash)
        )
        return None if row is None else _link_of(row)

    async def given_to(
        self, person_id: PersonId, *, but: LetterId | None = None
    ) -> tuple[Given, ...]:
        """What this person was sent or is about to be, apart from the letter `but`."""
        same = (
            _LETTERS.c.municipality_id == _LINKS.c.municipality_id,
            _LETTERS.c.id == _LINKS.c.letter_id,
        )
        asked = (
            select(_LINKS.c.root_id, _LINKS.c.edition)
            .join(_LETTERS, same[0] & same[1])
            .where(
                self._tx.mine(_LINKS),
                _LINKS.c.person_id == person_id,
                _LETTERS.c.state.not_in(_NEVER_LEFT),
            )
            .order_by(_LINKS.c.letter_id)
        )
        rows = await self._tx.rows(asked if but is None else asked.where(_LETTERS.c.id != but))
        return tuple(Given(LeafletId(row.root_id), row.edition) for row in rows)

    async def carried(self, person_id: PersonId, root_id: LeafletId) -> int:
        """How many letters to this person ever carried this leaflet."""
        row = await self._tx.one(
            select(func.count()).where(
                self._tx.mine(_LINKS), _LINKS.c.person_id == person_id, _LINKS.c.root_id == root_id
            )
        )
        return 0 if row is None else int(row[0])


def _columns(leaflet: Leaflet) -> dict[str, object]:
    return {
        "id": leaflet.id,
        "root_id": leaflet.root_id,
        "edition": leaflet.edition,
        "state": leaflet.state.value,
        "valid_from": leaflet.valid_from,
        "valid_until": leaflet.valid_until,
        "is_public_info": leaflet.is_public_info,
        "author_id": leaflet.author_id,
        "approved_by": leaflet.approved_by,
        "place_id": leaflet.place_id,
        "version": leaflet.version,
    }


def _link_values(link: LeafletLink) -> dict[str, Any]:
    return {name: getattr(link, name) for name in _LINKS.c.keys()}  # noqa: SIM118


def _link_of(row: Row[Any]) -> LeafletLink:
    return LeafletLink(
        letter_id=LetterId(row.letter_id),
        municipality_id=MunicipalityId(row.municipality_id),
        case_id=CaseId(row.case_id),
        person_id=PersonId(row.person_id),
        leaflet_id=LeafletId(row.leaflet_id),
        root_id=LeafletId(row.root_id),
        edition=row.edition,
        nth=row.nth,
        why=row.why,
        place_id=None if row.place_id is None else PlaceId(row.place_id),
        token_hash=row.token_hash,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        version=row.version,
    )
