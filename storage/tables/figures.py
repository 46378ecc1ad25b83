"""The months that were closed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Date, Integer

from core.figures.revisions import MonthRevision
from storage.documents import SealedRecord
from storage.tables.columns import Row, column, key, town
from storage.types import UtcDateTime


class MonthRow(Row, table=True):
    """What was told of a month, edition by edition; an edition is never changed."""

    __tablename__ = "months"
    __table_args__ = (town(), CheckConstraint("revision > 0", name="counted"))
    municipality_id: str = key()
    month: date = key(Date)
    revision: int = key(Integer)
    closed_at: datetime = column(UtcDateTime)
    content: Any = column(SealedRecord("months.content", MonthRevision))
