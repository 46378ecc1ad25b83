"""Notices to many."""

from sqlalchemy import select, text

from core.ids import NoticeId
from core.letters import Letter
from core.notices import Notice
from storage import tables
from storage.repositories.letter_rows import letter_of
from storage.shelves import Shelf
from storage.tables.letters import OF_A_NOTICE
from storage.transaction import Transaction, table_of

_LETTERS = table_of(tables.LetterRow)


class SqlNotices:
    """core.ports.Notices."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction
        self._shelf: Shelf[Notice] = Shelf(
            transaction,
            tables.NoticeRow,
            columns=lambda notice: {
                "id": notice.id,
                "author_id": notice.author_id,
                "approved_by": notice.approved_by,
                "state": notice.state.value,
                "opens_at": notice.opens_at,
                "closes_at": notice.closes_at,
                "created_at": notice.created_at,
                "version": notice.version,
                "command_key": notice.command_key,
            },
            what="notice",
        )

    async def get(self, notice_id: NoticeId) -> Notice:
        """Raises: NotFound."""
        return await self._shelf.get(notice_id)

    async def by_command(self, command_key: str) -> Notice | None:
        """The notice that this command of a front made."""
        return await self._shelf.first(self._shelf.c.command_key == command_key)

    async def all(self) -> tuple[Notice, ...]:
        """Newest first."""
        c = self._shelf.c
        return await self._shelf.all(by=(c.created_at.desc(), c.id.desc()))

    async def letters(self, notice_id: NoticeId) -> tuple[Letter, ...]:
        """Every letter of it: of those of notices, the ones whose key begins with its name."""
        c, first = _LETTERS.c, f"notice:{notice_id}:"
        rows = await self._tx.rows(
            select(_LETTERS)
            .where(
                self._tx.mine(_LETTERS),
                text(OF_A_NOTICE),
                c.command_key.startswith(first, autoescape=True),
            )
            .order_by(c.id)
        )
        return tuple(letter_of(row) for row in rows)

    async def add(self, notice: Notice) -> bool:
        """Whether it is new; False when its command key was there already."""
        return await self._shelf.add_once(notice)

    async def change(self, notice: Notice, *, version: int) -> bool:
        """Whether it still had that version."""
        return await self._shelf.change(notice, version=version)
