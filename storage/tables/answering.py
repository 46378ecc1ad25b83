"""What colleagues answer."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index

from core.answers import Answer, ShownAs
from storage.documents import SealedRecord
from storage.tables.columns import Row, column, key, of, one_of, words
from storage.types import UtcDateTime


class AnswerRow(Row, table=True):
    """What a colleague answered a person, in a conversation."""

    __tablename__ = "answers"
    __table_args__ = (
        of("case_id", "cases"),
        of("person_id", "people"),
        of("by", "staff"),
        of("letter_id", "letters"),
        one_of("shown_as", ShownAs),
        Index("ix_answers_person", "municipality_id", "person_id", "at", "id"),
        Index("ix_answers_case", "municipality_id", "case_id", "at", "id"),
    )
    municipality_id: str = key()
    id: str = key()
    case_id: str = words()
    person_id: str = words()
    by: str = words()
    at: datetime = column(UtcDateTime)
    shown_as: str = words()
    letter_id: str | None = words(null=True)
    content: Any = column(SealedRecord("answers.content", Answer))
