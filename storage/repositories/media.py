"""Pictures, voices, films and files that people sent."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import select, text

from core.errors import NotFound
from core.ids import MediaId, ReplyId
from core.media import Media
from storage import tables
from storage.shelves import Shelf
from storage.tables.media import TO_FETCH
from storage.transaction import Transaction, table_of

_BYTES: Final = table_of(tables.MediaBytesRow)


class SqlKeptMedia:
    """core.ports.KeptMedia."""

    def __init__(self, transaction: Transaction) -> None:
        self._tx = transaction
        self._shelf: Shelf[Media] = Shelf(
            transaction, tables.MediaRow, columns=_columns, what="media"
        )

    async def add(self, media: Media) -> None:
        """A new piece."""
        await self._shelf.add(media)

    async def get(self, media_id: MediaId) -> Media:
        """Raises: NotFound."""
        return await self._shelf.get(media_id)

    async def change(self, media: Media, *, version: int) -> bool:
        """Replace the piece if it still has `version`; whether it had."""
        return await self._shelf.change(media, version=version)

    async def of_replies(self, reply_ids: Iterable[ReplyId]) -> tuple[Media, ...]:
        """What belongs to these replies, in the order of its ids."""
        asked = tuple(reply_ids)
        return await self._shelf.all(self._shelf.c.reply_id.in_(asked)) if asked else ()

    async def due(self, *, at: datetime, limit: int) -> tuple[Media, ...]:
        """The longest first."""
        c = self._shelf.c
        waiting = text(TO_FETCH)
        return await self._shelf.all(waiting, c.next_at <= at, by=c.next_at, limit=limit)  # type: ignore[arg-type]

    async def put_bytes(self, media_id: MediaId, data: bytes) -> None:
        """Sealed; in place of earlier ones."""
        await self._tx.put(
            _BYTES,
            {"municipality_id": self._tx.municipality_id, "media_id": media_id, "data": data},
        )

    async def bytes_of(self, media_id: MediaId) -> bytes:
        """Raises: NotFound."""
        row = await self._tx.one(
            select(_BYTES.c.data).where(self._tx.mine(_BYTES), _BYTES.c.media_id == media_id)
        )
        if row is None:
            raise NotFound(what="media", id=media_id)
        return bytes(row.data)

    async def erase_bytes(self, media_id: MediaId) -> None:
        """Nothing of it is left; none there is fine."""
        await self._tx.run(
            _BYTES.delete().where(self._tx.mine(_BYTES), _BYTES.c.media_id == media_id)
        )


def _columns(media: Media) -> dict[str, object]:
    return {
        "id": media.id,
        "reply_id": media.reply_id,
        "state": media.state.value,
        "next_at": media.next_at,
        "version": media.version,
    }
