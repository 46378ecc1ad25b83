"""The LINE account as a channel: errands, visitors, menus and the account's own id."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, case, func, literal, select, text

from core.errands import Errand, ErrandKind
from core.errors import NotFound
from core.ids import ErrandId, LinkId, MunicipalityId, StaffId, VisitorId
from core.inbound import KeptEvent
from core.menus import MadeMenu, Menu
from core.people import LineLink
from core.reception import Visitor, VisitorState
from storage import tables
from storage.repositories.inbox import event_of
from storage.repositories.links import link_of
from storage.tables.channel import HERE, MENUS, TO_DO
from storage.tables.trail import OF_LINK
from storage.transaction import Transaction, table_of

_ERRANDS: Final = table_of(tables.LineErrandRow)
_VISITORS: Final = table_of(tables.VisitorRow)
_MENUS: Final = table_of(tables.LineMenuRow)
_ACCOUNTS: Final = table_of(tables.LineAccountRow)
_LINKS: Final = table_of(tables.LineLinkRow)
_EVENTS: Final = table_of(tables.LineEventRow)


class SqlErrands:
    """core.ports.Errands."""

    def __init__(self, transaction: Transaction, *, new_key: Callable[[], str]) -> None:
        self._tx = transaction
        self._new_key = new_key

    async def menu(self, link: LineLink, *, at: datetime) -> None:
        """The account's menu has to be looked at from `at` on; one errand for each account."""
        errand = Errand(
            id=ErrandId(self._new_key()),
            municipality_id=link.municipality_id,
            link_id=link.id,
            kind=ErrandKind.MENU,
            line_user_id=link.line_user_id,
            next_at=at,
        )
        insert = self._tx.insert(_ERRANDS).values(_errand_values(errand))
        await self._tx.run(
            insert.on_conflict_do_update(
                index_elements=["municipality_id", "link_id"],
                index_where=text(MENUS),
                set_={
                    "revision": _ERRANDS.c.revision + 1,
                    "line_user_id": insert.excluded.line_user_id,
                    "attempts": 0,
                    # Whoever holds it keeps it until it is settled or the lease has run out.
                    "next_at": func.coalesce(
                        _held_until(), insert.excluded.next_at, type_=_ERRANDS.c.next_at.type
                    ),
                },
            )
        )

    async def every_menu(self, *, at: datetime) -> int:
        """The menus of all accounts that are somebody's have to be looked at; how many."""
        rows = await self._tx.rows(
            select(_LINKS).where(self._tx.mine(_LINKS), _LINKS.c.person_id.is_not(None))
        )
        links = [link for link in map(link_of, rows) if link.line_user_id]
        for link in links:
            await self.menu(link, at=at)
        return len(links)

    async def add(self, errand: Errand) -> None:
        """A new errand."""
        await self._tx.run(_ERRANDS.insert().values(_errand_values(errand)))

    async def due(self, *, at: datetime, limit: int) -> tuple[Errand, ...]:
        """Those whose time has come, or whose lease has run out; the oldest first."""
        rows = await self._tx.rows(
            select(_ERRANDS)
            .where(self._tx.mine(_ERRANDS), text(TO_DO), _ERRANDS.c.next_at <= at)
            .order_by(_ERRANDS.c.next_at, _ERRANDS.c.id)
            .limit(limit)
        )
        return tuple(map(_errand_of, rows))

    async def claim(self, errand: Errand, *, lease: str, until: datetime, at: datetime) -> bool:
        """Take it for oneself until then; False when another loop was faster."""
        c = _ERRANDS.c
        values = {"lease": lease, "next_at": until, "attempts": c.attempts + 1}
        if errand.kind is ErrandKind.TEXT and errand.tried_since is None:
            values["tried_since"] = literal(at, c.tried_since.type)
        changed = await self._tx.run(
            _ERRANDS.update()
            .where(
                self._tx.mine(_ERRANDS),
                c.id == errand.id,
                text(TO_DO),
                c.revision == errand.revision,
                c.next_at <= at,
            )
            .values(values)
        )
        return changed == 1

    async def settle(
        self, errand: Errand, *, lease: str, done: bool, next_at: datetime | None, at: datetime
    ) -> bool:
        """Give it back: done as far as it was when it was claimed, or to be tried at `next_at`.

        What changed while it was under way is looked at again now.
        """
        c = _ERRANDS.c
        changed = c.revision > errand.revision
        later = c.next_at if next_at is None else literal(next_at, c.next_at.type)
        values: dict[str, Any] = {
            "lease": None,
            "next_at": case((changed, literal(at, c.next_at.type)), else_=later),
        }
        if done:
            again = c.revision if next_at is None else c.revision + 1
            values |= {"done": errand.revision, "attempts": 0}
            values["revision"] = case((changed, c.revision), else_=again)
        held = await self._tx.run(
            _ERRANDS.update()
            .where(self._tx.mine(_ERRANDS), c.id == errand.id, c.lease == lease)
            .values(values)
        )
        return held == 1

    async def drop(self, errand_id: ErrandId, *, lease: str) -> bool:
        """Nothing of it remains."""
        c = _ERRANDS.c
        gone = _ERRANDS.delete().where(self._tx.mine(_ERRANDS), c.id == errand_id, c.lease == lease)
        return await self._tx.run(gone) == 1


def _held_until() -> Any:
    return case((_ERRANDS.c.lease.is_not(None), _ERRANDS.c.next_at), else_=None)


class SqlVisitors:
    """core.ports.Visitors."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    async def get(self, visitor_id: VisitorId) -> Visitor:
        """Raises: NotFound."""
        row = await self._tx.one(
            select(_VISITORS).where(self._tx.mine(_VISITORS), _VISITORS.c.id == visitor_id)
        )
        if row is None:
            raise NotFound(what="visitor", id=visitor_id)
        return _visitor_of(row)

    async def here(self, link_id: LinkId) -> Visitor | None:
        """The visitor of this account who was not seen to yet."""
        row = await self._tx.one(
            select(_VISITORS).where(
                self._tx.mine(_VISITORS), _VISITORS.c.link_id == link_id, text(HERE)
            )
        )
        return None if row is None else _visitor_of(row)

    async def waiting(self, *, limit: int) -> tuple[Visitor, ...]:
        """Those on the desk, whoever came first first."""
        rows = await self._tx.rows(
            select(_VISITORS)
            .where(self._tx.mine(_VISITORS), text(HERE))
            .order_by(_VISITORS.c.came_at, _VISITORS.c.id)
            .limit(limit)
        )
        return tuple(map(_visitor_of, rows))

    async def add(self, visitor: Visitor) -> None:
        """A new visitor; one account stands at the desk once."""
        await self._tx.add(_VISITORS, _visitor_values(visitor))

    async def change(self, visitor: Visitor, *, version: int) -> bool:
        """Replace the visitor if they still have `version`."""
        return await self._tx.change(_VISITORS, _visitor_values(visitor), version=version)

    async def said(self, link_id: LinkId, *, limit: int) -> tuple[KeptEvent, ...]:
        """What came from this account while it was nobody's, newest first."""
        rows = await self._tx.rows(
            select(_EVENTS)
            .where(self._tx.mine(_EVENTS), text(OF_LINK), _EVENTS.c.link_id == link_id)
            .order_by(_EVENTS.c.received_at.desc(), _EVENTS.c.id.desc())
            .limit(limit)
        )
        return tuple(map(event_of, rows))


class SqlChannel:
    """core.ports.Channel."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction

    async def menus(self) -> tuple[MadeMenu, ...]:
        """Those that LINE has."""
        rows = await self._tx.rows(select(_MENUS).where(self._tx.mine(_MENUS)))
        return tuple(
            MadeMenu(
                menu=Menu(row.name),
                digest=row.digest,
                rich_menu_id=row.rich_menu_id,
                made_at=row.made_at,
            )
            for row in rows
        )

    async def put_menu(self, made: MadeMenu) -> None:
        """This is the menu of that name from now on."""
        values = {
            "municipality_id": self._tx.municipality_id,
            "name": made.menu.value,
            "digest": made.digest,
            "rich_menu_id": made.rich_menu_id,
            "made_at": made.made_at,
        }
        await self._tx.put(_MENUS, values)

    async def drop_menu(self, menu: Menu) -> None:
        """LINE has it no longer."""
        await self._tx.run(
            _MENUS.delete().where(self._tx.mine(_MENUS), _MENUS.c.name == menu.value)
        )

    async def basic_id(self) -> str:
        """The account's basic id, such as @123abcde; "" while nobody has asked LINE."""
        row = await self._tx.one(select(_ACCOUNTS).where(self._tx.mine(_ACCOUNTS)))
        return "" if row is None else str(row.basic_id)

    async def note_basic_id(self, basic_id: str, *, at: datetime) -> None:
        """LINE says that the account is called so."""
        town = self._tx.municipality_id
        values = {"municipality_id": town, "basic_id": basic_id, "asked_at": at}
        await self._tx.put(_ACCOUNTS, values)


def _errand_values(errand: Errand) -> dict[str, Any]:
    return {
        "municipality_id": errand.municipality_id,
        "id": errand.id,
        "link_id": errand.link_id,
        "kind": errand.kind.value,
        "line_user_id": errand.line_user_id,
        "request": errand.request,
        "revision": errand.revision,
        "done": errand.done,
        "next_at": errand.next_at,
        "attempts": errand.attempts,
        "tried_since": errand.tried_since,
        "lease": None,
    }


def _errand_of(row: Row[Any]) -> Errand:
    return Errand(
        id=ErrandId(row.id),
        municipality_id=MunicipalityId(row.municipality_id),
        link_id=LinkId(row.link_id),
        kind=ErrandKind(row.kind),
        line_user_id=row.line_user_id,
        next_at=row.next_at,
        request=row.request,
        revision=row.revision,
        done=row.done,
        attempts=row.attempts,
        tried_since=row.tried_since,
    )


def _visitor_values(visitor: Visitor) -> dict[str, Any]:
    return {
        "municipality_id": visitor.municipality_id,
        "id": visitor.id,
        "link_id": visitor.link_id,
        "state": visitor.state.value,
        "version": visitor.version,
        "came_at": visitor.came_at,
        "last_at": visitor.last_at,
        "reads_from": visitor.reads_from,
        "answer_by": visitor.answer_by,
        "answered_with": visitor.answered_with or None,
        "handled_by": visitor.handled_by,
        "handled_at": visitor.handled_at,
    }


def _visitor_of(row: Row[Any]) -> Visitor:
    return Visitor(
        id=VisitorId(row.id),
        municipality_id=MunicipalityId(row.municipality_id),
        link_id=LinkId(row.link_id),
        came_at=row.came_at,
        last_at=row.last_at,
        reads_from=row.reads_from,
        answer_by=row.answer_by,
        state=VisitorState(row.state),
        version=row.version,
        answered_with=row.answered_with or "",
        handled_by=None if row.handled_by is None else StaffId(row.handled_by),
        handled_at=row.handled_at,
    )
