"""Notices to many."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index

from core.notices import Notice, NoticeState
from storage.documents import SealedRecord
from storage.tables.columns import Row, column, count, key, of, one_of, words
from storage.types import UtcDateTime


class NoticeRow(Row, table=True):
    """A notice to many, with what was declared for it; its letters stand with the others. Whoever
    wrote it does not approve it."""

    __tablename__ = "notices"
    __table_args__ = (
        of("author_id", "staff"),
        of("approved_by", "staff"),
        one_of("state", NoticeState),
        CheckConstraint("opens_at < closes_at", name="window"),
        CheckConstraint("approved_by <> author_id", name="second_person"),
        CheckConstraint("state <> 'APPROVED' OR approved_by IS NOT NULL", name="approved"),
        Index("uq_notices_command", "municipality_id", "command_key", unique=True),
        Index("ix_notices_created", "municipality_id", "created_at", "id"),
    )
    municipality_id: str = key()
    id: str = key()
    author_id: str = words()
    approved_by: str | None = words(null=True)
    state: str = words()
    opens_at: datetime = column(UtcDateTime)
    closes_at: datetime = column(UtcDateTime)
    created_at: datetime = column(UtcDateTime)
    version: int = count()
    command_key: str | None = words(null=True)
    content: Any = column(SealedRecord("notices.content", Notice))
