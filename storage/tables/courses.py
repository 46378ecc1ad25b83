"""Where a case stands in each programme; and emergencies, marks of care, opened glass."""

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import CheckConstraint, Index

from core.courses.multi_agency import MultiAgencyState
from core.courses.outreach_guards import OutreachCourse
from core.courses.participation import ParticipationState
from core.courses.steps import Course
from core.emergency import Emergency
from core.reading import OpenGlass
from core.shielding import CareMark
from storage.documents import SealedRecord
from storage.tables.columns import Row, column, count, day, flag, key, of, one_of, partial, words
from storage.types import UtcDateTime

# Which marks close a case; said word for word, so that the index serves.
CLOSING: Final = "closes_case"


class OutreachCourseRow(Row, table=True):
    """What an outreach case has beside its state, which stands on the case; `id` is the case's."""

    __tablename__ = "outreach_courses"
    __table_args__ = (of("id", "cases"),)
    municipality_id: str = key()
    id: str = key()
    content: Any = column(SealedRecord("outreach_courses.content", OutreachCourse))


class ParticipationCourseRow(Row, table=True):
    """A case of participation support; `id` is the case's."""

    __tablename__ = "participation_courses"
    __table_args__ = (
        of("id", "cases"),
        of("person_id", "people"),
        one_of("state", ParticipationState),
    )
    municipality_id: str = key()
    id: str = key()
    person_id: str = words()
    state: str = words()
    version: int = count()
    content: Any = column(SealedRecord("participation_courses.content", Course[ParticipationState]))


class MultiAgencyCourseRow(Row, table=True):
    """A case of multi-agency support; `id` is the case's."""

    __tablename__ = "multi_agency_courses"
    __table_args__ = (
        of("id", "cases"),
        of("person_id", "people"),
        one_of("state", MultiAgencyState),
    )
    municipality_id: str = key()
    id: str = key()
    person_id: str = words()
    state: str = words()
    version: int = count()
    content: Any = column(SealedRecord("multi_agency_courses.content", Course[MultiAgencyState]))


class EmergencyRow(Row, table=True):
    """An emergency laid over a case; one runs at a time."""

    __tablename__ = "emergencies"
    __table_args__ = (
        of("case_id", "cases"),
        Index("uq_emergencies_raised", "municipality_id", "case_id", "raised_at", unique=True),
        partial(
            "uq_emergencies_running",
            "municipality_id",
            "case_id",
            where="ended_at IS NULL",
            unique=True,
        ),
        CheckConstraint("ended_at IS NULL OR ended_at >= raised_at", name="ends_after"),
    )
    municipality_id: str = key()
    id: str = key()
    case_id: str = words()
    raised_at: datetime = column(UtcDateTime)
    ended_at: datetime | None = column(UtcDateTime, null=True)
    review_due_on: date | None = day(null=True)
    content: Any = column(SealedRecord("emergencies.content", Emergency))


class CareMarkRow(Row, table=True):
    """A mark of special care on a person; which care it is stays sealed. `cleared` is `,a,b,`."""

    __tablename__ = "care_marks"
    __table_args__ = (
        of("person_id", "people"),
        Index("ix_care_marks_person", "municipality_id", "person_id"),
        partial("ix_care_marks_closing", "municipality_id", "person_id", where=CLOSING),
    )
    municipality_id: str = key()
    id: str = key()
    person_id: str = words()
    closes_case: bool = flag()
    cleared: str = words()
    content: Any = column(SealedRecord("care_marks.content", CareMark))


class OpenGlassRow(Row, table=True):
    """A read past the usual door, until its time is over and somebody has looked back on it."""

    __tablename__ = "open_glass"
    __table_args__ = (
        of("case_id", "cases"),
        of("staff_id", "staff"),
        Index("ix_open_glass_staff", "municipality_id", "case_id", "staff_id", "until"),
        partial("ix_open_glass_review", "municipality_id", "until", where="reviewed_at IS NULL"),
    )
    municipality_id: str = key()
    id: str = key()
    case_id: str = words()
    staff_id: str = words()
    until: datetime = column(UtcDateTime)
    reviewed_at: datetime | None = column(UtcDateTime, null=True)
    version: int = count()
    content: Any = column(SealedRecord("open_glass.content", OpenGlass))
