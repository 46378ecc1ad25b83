"""Pictures, voices, films and files that people sent, and their bytes."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import CheckConstraint, Index

from core.media import Media, MediaState
from storage.documents import SealedRecord
from storage.tables.columns import Row, column, count, key, of, one_of, partial, words
from storage.types import SealedBytes, UtcDateTime

# Repeated word for word in queries, so that the partial index serves them.
TO_FETCH: Final = "state = 'WAITING'"


class MediaRow(Row, table=True):
    """One piece that belongs to a reply; what it is called and where LINE has it stay sealed."""

    __tablename__ = "media"
    __table_args__ = (
        of("reply_id", "replies"),
        one_of("state", MediaState),
        CheckConstraint("(next_at IS NOT NULL) = (state = 'WAITING')", name="fetched_when"),
        Index("ix_media_reply", "municipality_id", "reply_id", "id"),
        partial("ix_media_due", "municipality_id", "next_at", "id", where=TO_FETCH),
    )
    municipality_id: str = key()
    id: str = key()
    reply_id: str = words()
    state: str = words()
    next_at: datetime | None = column(UtcDateTime, null=True)
    version: int = count()
    content: Any = column(SealedRecord("media.content", Media))


class MediaBytesRow(Row, table=True):
    """The bytes of a piece that is kept; taken away when its sender takes it back."""

    __tablename__ = "media_bytes"
    __table_args__ = (of("media_id", "media"),)
    municipality_id: str = key()
    media_id: str = key()
    data: bytes = column(SealedBytes("media_bytes.data"))
