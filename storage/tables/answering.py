"""What colleagues answer, and who stands in while one is away."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index

from core.absences import Absence
from core.answers import Answer, ShownAs
from storage.documents import SealedRecord
from storage.tables.columns import Row, column, count, day, key, of, one_of, words
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


class AbsenceRow(Row, table=True):
    """Days on which a colleague is away, and who stands in."""

    __tablename__ = "absences"
    __table_args__ = (
        of("staff_id", "staff"),
        of("deputy_id", "staff"),
        CheckConstraint("deputy_id <> staff_id", name="another"),
        CheckConstraint("first_day <= last_day", name="lasts"),
        Index("ix_absences_last_day", "municipality_id", "last_day", "id"),
    )
    municipality_id: str = key()
    id: str = key()
    staff_id: str = words()
    deputy_id: str = words()
    first_day: date = day()
    last_day: date = day()
    version: int = count()
    content: Any = column(SealedRecord("absences.content", Absence))
