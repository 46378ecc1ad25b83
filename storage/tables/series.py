"""Series of letters."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Index

from core.series import Series, SeriesState
from storage.documents import SealedRecord
from storage.tables.columns import Row, column, count, key, of, one_of, partial, words
from storage.types import UtcDateTime

RUNS: Final = "state = 'RUNNING'"


class SeriesRow(Row, table=True):
    """A series of letters to one person; of those that run there is one for each."""

    __tablename__ = "series"
    __table_args__ = (
        of("case_id", "cases"),
        of("person_id", "people"),
        of("author_id", "staff"),
        one_of("state", SeriesState),
        Index("uq_series_command", "municipality_id", "command_key", unique=True),
        Index("ix_series_case", "municipality_id", "case_id", "created_at", "id"),
        partial("uq_series_runs", "municipality_id", "person_id", where=RUNS, unique=True),
        partial("ix_series_due", "municipality_id", "next_at", "id", where=RUNS),
    )
    municipality_id: str = key()
    id: str = key()
    case_id: str = words()
    person_id: str = words()
    author_id: str = words()
    state: str = words()
    created_at: datetime = column(UtcDateTime)
    next_at: datetime = column(UtcDateTime)
    version: int = count()
    command_key: str | None = words(null=True)
    content: Any = column(SealedRecord("series.content", Series))
