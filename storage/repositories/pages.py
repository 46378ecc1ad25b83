"""The person's own page: its links, found by their tokens' hashes, and its PIN."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, select

from core.ids import MunicipalityId, PageLinkId, PersonId, StaffId
from core.person_pages import PageLink, PagePin
from storage import tables
from storage.transaction import Transaction, table_of

_LINKS: Final = table_of(tables.PageLinkRow)
_PINS: Final = table_of(tables.PagePinRow)


class SqlPersonPages:
    """core.ports.PersonPages."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    async def add(self, link: PageLink) -> None:
        """A new link."""
        await self._tx.run(_LINKS.insert().values(_values(_LINKS, link)))

    async def by_token(self, token_hash: str) -> PageLink | None:
        """Whichever link has this token, also one that has ended."""
        row = await self._tx.one(
            select(_LINKS).where(self._tx.mine(_LINKS), _LINKS.c.token_hash == token_hash)
        )
        return None if row is None else _link_of(row)

    async def of_person(self, person_id: PersonId, *, at: datetime) -> tuple[PageLink, ...]:
        """Those that open the page at this moment, newest first."""
        rows = await self._tx.rows(
            select(_LINKS)
            .where(
                self._tx.mine(_LINKS),
                _LINKS.c.person_id == person_id,
                _LINKS.c.revoked_at.is_(None),
                _LINKS.c.expires_at > at,
            )
            .order_by(_LINKS.c.made_at.desc(), _LINKS.c.id.desc())
        )
        return tuple(map(_link_of, rows))

    async def change(self, link: PageLink, *, version: int) -> bool:
        """Replace the link if it still has `version`."""
        return await self._tx.change(_LINKS, _values(_LINKS, link), version=version)

    async def pin_of(self, person_id: PersonId) -> PagePin | None:
        """The PIN in force, if there is one."""
        row = await self._tx.one(
            select(_PINS).where(self._tx.mine(_PINS), _PINS.c.person_id == person_id)
        )
        return None if row is None else _pin_of(row)

    async def set_pin(self, pin: PagePin) -> None:
        """In the place of an earlier one, if there is one."""
        await self.take_pin_off(pin.person_id)
        await self._tx.run(_PINS.insert().values(_values(_PINS, pin)))

    async def change_pin(self, pin: PagePin, *, version: int) -> bool:
        """Replace the PIN's row if it still has `version`."""
        row = await self._tx.one(
            _PINS.update()
            .where(
                self._tx.mine(_PINS),
                _PINS.c.person_id == pin.person_id,
                _PINS.c.version == version,
            )
            .values(_values(_PINS, pin))
            .returning(_PINS.c.person_id)
        )
        return row is not None

    async def take_pin_off(self, person_id: PersonId) -> bool:
        """Whether there was one."""
        row = await self._tx.one(
            _PINS.delete()
            .where(self._tx.mine(_PINS), _PINS.c.person_id == person_id)
            .returning(_PINS.c.person_id)
        )
        return row is not None


def _values(table: Any, record: PageLink | PagePin) -> dict[str, Any]:
    return {name: getattr(record, name) for name in table.c.keys()}  # noqa: SIM118


def _link_of(row: Row[Any]) -> PageLink:
    return PageLink(
        id=PageLinkId(row.id),
        municipality_id=MunicipalityId(row.municipality_id),
        person_id=PersonId(row.person_id),
        token_hash=row.token_hash,
        made_at=row.made_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        version=row.version,
    )


def _pin_of(row: Row[Any]) -> PagePin:
    return PagePin(
        person_id=PersonId(row.person_id),
        municipality_id=MunicipalityId(row.municipality_id),
        secret=row.secret,
        set_at=row.set_at,
        set_by=None if row.set_by is None else StaffId(row.set_by),
        wrong=row.wrong,
        wrong_at=row.wrong_at,
        version=row.version,
    )
