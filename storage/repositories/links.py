"""LINE accounts and one-time codes."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, func, select

from core.errors import NotFound
from core.ids import LinkId, MunicipalityId, PersonId
from core.people import LineLink, LinkCode, LinkState
from storage import tables
from storage.transaction import Transaction, table_of

_LINKS: Final = table_of(tables.LineLinkRow)
_CODES: Final = table_of(tables.LinkCodeRow)
_WRONG: Final = table_of(tables.WrongCodeRow)
_LINE_USER: Final = "line_links.line_user_id"
_CODE: Final = "link_codes.code"


class SqlLinks:
    """core.ports.Links."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    async def by_line_user(self, line_user_id: str) -> LineLink | None:
        """Found by blind index; the id itself is sealed."""
        blinds = self._tx.keys.blinds(line_user_id, column=_LINE_USER)
        row = await self._tx.one(
            select(_LINKS).where(self._tx.mine(_LINKS), _LINKS.c.line_user_index.in_(blinds))
        )
        return None if row is None else link_of(row)

    async def of_person(self, person_id: PersonId) -> LineLink | None:
        """The account linked last."""
        row = await self._tx.one(
            select(_LINKS)
            .where(self._tx.mine(_LINKS), _LINKS.c.person_id == person_id)
            .order_by(_LINKS.c.linked_at.desc().nulls_last(), _LINKS.c.id.desc())
            .limit(1)
        )
        return None if row is None else link_of(row)

    async def get(self, link_id: LinkId) -> LineLink:
        """Raises: NotFound."""
        row = await self._tx.one(
            select(_LINKS).where(self._tx.mine(_LINKS), _LINKS.c.id == link_id)
        )
        if row is None:
            raise NotFound(what="link", id=link_id)
        return link_of(row)

    async def all_of_person(self, person_id: PersonId) -> tuple[LineLink, ...]:
        """Every account that is or was the person's, the one linked last first."""
        rows = await self._tx.rows(
            select(_LINKS)
            .where(self._tx.mine(_LINKS), _LINKS.c.person_id == person_id)
            .order_by(_LINKS.c.linked_at.desc().nulls_last(), _LINKS.c.id.desc())
        )
        return tuple(map(link_of, rows))

    async def add(self, link: LineLink) -> None:
        """A new account; the database refuses one that is there already."""
        await self._tx.run(_LINKS.insert().values(self._values(link)))

    async def change(self, link: LineLink, *, version: int) -> bool:
        """Replace the account if it still has `version`."""
        return await self._tx.change(_LINKS, self._values(link), version=version)

    async def put_code(self, code: LinkCode) -> None:
        """Keep the code's blind index, not the code; the person's earlier codes end."""
        await self._tx.run(
            _CODES.delete().where(
                self._tx.mine(_CODES),
                _CODES.c.person_id == code.person_id,
                _CODES.c.used_at.is_(None),
            )
        )
        await self._tx.run(
            _CODES.insert().values(
                municipality_id=self._tx.municipality_id,
                code_index=self._tx.keys.blind(code.code, column=_CODE),
                person_id=code.person_id,
                issued_at=code.issued_at,
                expires_at=code.expires_at,
            )
        )

    async def take_code(self, code: str, *, at: datetime) -> PersonId | None:
        """Use up a code; whose it was, or None when unknown, used or run out."""
        row = await self._tx.one(
            _CODES.update()
            .where(
                self._tx.mine(_CODES),
                _CODES.c.code_index.in_(self._tx.keys.blinds(code, column=_CODE)),
                _CODES.c.used_at.is_(None),
                _CODES.c.expires_at > at,
            )
            .values(used_at=at)
            .returning(_CODES.c.person_id)
        )
        return None if row is None else PersonId(row.person_id)

    async def code_of(self, code: str, *, at: datetime) -> PersonId | None:
        """Whose code it is, while it could be used; it stays usable."""
        row = await self._tx.one(
            select(_CODES.c.person_id).where(
                self._tx.mine(_CODES),
                _CODES.c.code_index.in_(self._tx.keys.blinds(code, column=_CODE)),
                _CODES.c.used_at.is_(None),
                _CODES.c.expires_at > at,
            )
        )
        return None if row is None else PersonId(row.person_id)

    async def end_codes(self, person_id: PersonId) -> int:
        """The person's unused codes end; how many there were."""
        return await self._tx.run(
            _CODES.delete().where(
                self._tx.mine(_CODES), _CODES.c.person_id == person_id, _CODES.c.used_at.is_(None)
            )
        )

    async def wrong_codes(self, link_id: LinkId, *, since: datetime) -> int:
        """How many codes this account got wrong since then."""
        row = await self._tx.one(
            select(func.count().label("wrong"))
            .select_from(_WRONG)
            .where(self._tx.mine(_WRONG), _WRONG.c.link_id == link_id, _WRONG.c.at >= since)
        )
        return 0 if row is None else int(row.wrong)

    async def note_wrong_code(self, link_id: LinkId, *, at: datetime) -> None:
        """Remember a wrong code."""
        await self._tx.run(
            _WRONG.insert().values(
                municipality_id=self._tx.municipality_id,
                id=self._tx.new_id(),
                link_id=link_id,
                at=at,
            )
        )

    def _values(self, link: LineLink) -> dict[str, Any]:
        # An account that was let go has no id any more; its row is found by nobody's.
        known_by = link.line_user_id or f"let go/{link.id}"
        blind = self._tx.keys.blind(known_by, column=_LINE_USER)
        return link_values(link, line_user_index=blind)


def link_values(link: LineLink, *, line_user_index: bytes) -> dict[str, Any]:
    """The row of an account."""
    return {
        "municipality_id": link.municipality_id,
        "id": link.id,
        "line_user_id": link.line_user_id,
        "line_user_index": line_user_index,
        "state": link.state.value,
        "version": link.version,
        "person_id": link.person_id,
        "linked_at": link.linked_at,
        "state_since": link.state_since,
        "paused_until": link.paused_until,
        "last_inbound_at": link.last_inbound_at,
        "unconfirmed_since": link.unconfirmed_since,
    }


def link_of(row: Row[Any]) -> LineLink:
    """The account of a row."""
    return LineLink(
        id=LinkId(row.id),
        municipality_id=MunicipalityId(row.municipality_id),
        line_user_id=row.line_user_id,
        state=LinkState(row.state),
        version=row.version,
        person_id=None if row.person_id is None else PersonId(row.person_id),
        linked_at=row.linked_at,
        state_since=row.state_since,
        paused_until=row.paused_until,
        last_inbound_at=row.last_inbound_at,
        unconfirmed_since=row.unconfirmed_since,
    )
