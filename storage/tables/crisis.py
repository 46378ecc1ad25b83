"""Calls for people, and who is on shift."""

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import CheckConstraint, Index

from core.crisis.alerts import AlertState, CrisisAlert
from storage.documents import SealedRecord
from storage.tables.columns import Row, column, count, day, key, of, one_of, partial, words
from storage.types import UtcDateTime

# Said word for word in queries, so that the partial indexes serve them.
RINGING: Final = "state = 'RAISED'"
UNSETTLED: Final = "state IN ('RAISED', 'ACKNOWLEDGED')"
TO_REVIEW: Final = "state IN ('ANSWERED', 'FALSE_ALARM')"


class CrisisAlertRow(Row, table=True):
    """A call for people; one for a person at a time, until somebody has settled it."""

    __tablename__ = "crisis_alerts"
    __table_args__ = (
        of("case_id", "cases"),
        of("person_id", "people"),
        of("link_id", "line_links"),
        one_of("state", AlertState),
        CheckConstraint("(state = 'RAISED') = (next_at IS NOT NULL)", name="rings"),
        CheckConstraint("(person_id IS NULL) = (case_id IS NULL)", name="whose"),
        Index("ix_crisis_alerts_case", "municipality_id", "case_id", "raised_at", "id"),
        Index("ix_crisis_alerts_told", "municipality_id", "person_id", "told_at"),
        partial("ix_crisis_alerts_ringing", "municipality_id", "next_at", "id", where=RINGING),
        partial("ix_crisis_alerts_review", "municipality_id", "review_due_on", where=TO_REVIEW),
        partial(
            "uq_crisis_alerts_person",
            "municipality_id",
            "person_id",
            where=UNSETTLED,
            unique=True,
        ),
        partial(
            "uq_crisis_alerts_link", "municipality_id", "link_id", where=UNSETTLED, unique=True
        ),
    )
    municipality_id: str = key()
    id: str = key()
    case_id: str | None = words(null=True)
    person_id: str | None = words(null=True)
    link_id: str | None = words(null=True)
    state: str = words()
    raised_at: datetime = column(UtcDateTime)
    next_at: datetime | None = column(UtcDateTime, null=True)
    told_at: datetime | None = column(UtcDateTime, null=True)
    review_due_on: date | None = day(null=True)
    version: int = count()
    content: Any = column(SealedRecord("crisis_alerts.content", CrisisAlert))


class DutyShiftRow(Row, table=True):
    """Who is called when nobody reads; `place` 1 first, 2 the backup."""

    __tablename__ = "duty_shifts"
    __table_args__ = (
        of("staff_id", "staff"),
        CheckConstraint("starts_at < ends_at", name="lasts"),
        CheckConstraint("place BETWEEN 1 AND 9", name="place"),
        Index("ix_duty_shifts_ends", "municipality_id", "ends_at"),
    )
    municipality_id: str = key()
    id: str = key()
    staff_id: str = words()
    starts_at: datetime = column(UtcDateTime)
    ends_at: datetime = column(UtcDateTime)
    place: int = count()
