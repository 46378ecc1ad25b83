"""Municipalities, their organisations, and the staff."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint

from core.agencies import SiteType
from core.profiles import TextUse
from core.programmes import Programme
from storage.documents import SealedRecord
from storage.more import AgencyMore, StaffMore
from storage.tables.columns import Row, column, count, day, flag, key, of, one_of, town, words
from storage.types import SealedText, UtcDateTime, Words


class MunicipalityRow(Row, table=True):
    """A town; the owner of every other row."""

    __tablename__ = "municipalities"
    __table_args__ = (UniqueConstraint("code"),)
    id: str = key()
    code: str = words()
    name: str = words()
    account_name: str = words()
    letters: dict[str, Any] = column(JSON)
    pushes_stopped: bool = flag()


class AreaRow(Row, table=True):
    """A service area."""

    __tablename__ = "areas"
    __table_args__ = (town(), UniqueConstraint("municipality_id", "code"))
    municipality_id: str = key()
    id: str = key()
    code: str = words()
    name: str = words()


class AgencyRow(Row, table=True):
    """An organisation."""

    __tablename__ = "agencies"
    __table_args__ = (town(), UniqueConstraint("municipality_id", "code"))
    municipality_id: str = key()
    id: str = key()
    code: str = words()
    name: str = words()
    kind: str = words()
    is_municipality: bool = flag()
    more: Any = column(SealedRecord("agencies.more", AgencyMore), null=True)


class ProviderRow(Row, table=True):
    """Who runs an item of the programme."""

    __tablename__ = "providers"
    __table_args__ = (
        of("agency_id", "agencies"),
        of("outsourced_to", "agencies"),
        one_of("programme", Programme),
        one_of("site_type", SiteType),
        CheckConstraint("since IS NULL OR until IS NULL OR since <= until", name="lasts"),
    )
    municipality_id: str = key()
    agency_id: str = key()
    programme: str = key()
    since: date | None = day(null=True)
    until: date | None = day(null=True)
    outsourced_to: str | None = words(null=True)
    site_type: str | None = words(null=True)


class StaffRow(Row, table=True):
    """A member of staff."""

    __tablename__ = "staff"
    __table_args__ = (
        town(),
        of("agency_id", "agencies"),
        UniqueConstraint("municipality_id", "code"),
        Index("uq_staff_slack", "municipality_id", "slack_team_id", "slack_user_id", unique=True),
        CheckConstraint("(slack_team_id IS NULL) = (slack_user_id IS NULL)", name="slack_pair"),
    )
    municipality_id: str = key()
    id: str = key()
    code: str = words()
    name: str = column(SealedText("staff.name"))
    roles: tuple[str, ...] = column(Words)
    agency_id: str | None = words(null=True)
    slack_team_id: str | None = words(null=True)
    slack_user_id: str | None = words(null=True)
    locale: str = words()
    active: bool = flag()
    more: Any = column(SealedRecord("staff.more", StaffMore), null=True)


class SeatRow(Row, table=True):
    """Who holds which role on one case."""

    __tablename__ = "seats"
    __table_args__ = (
        of("case_id", "cases"),
        of("staff_id", "staff"),
        Index("ix_seats_staff", "municipality_id", "staff_id", "role"),
    )
    municipality_id: str = key()
    case_id: str = key()
    staff_id: str = key()
    role: str = key()


class StandingTextRow(Row, table=True):
    """A text approved once, by name and version (INTERFACES §6); former versions stay."""

    __tablename__ = "standing_texts"
    __table_args__ = (
        town(),
        of("author_id", "staff"),
        of("approved_by", "staff"),
        CheckConstraint("approved_by <> author_id", name="second_person"),
        one_of("use", TextUse),
        CheckConstraint(
            "(use = 'TEMPLATE') = (kind IS NOT NULL) AND (use = 'TEMPLATE') = (style IS NOT NULL)",
            name="template",
        ),
    )
    municipality_id: str = key()
    name: str = key()
    version: str = key()
    body: str = words()
    author_id: str = words()
    approved_by: str = words()
    approved_at: datetime = column(UtcDateTime)
    use: str = words()
    title: str = words()
    kind: str | None = words(null=True)
    style: str | None = words(null=True)


class LineQuotaRow(Row, table=True):
    """What LINE said of the month's quota, and how much was sent since."""

    __tablename__ = "line_quotas"
    __table_args__ = (town(),)
    municipality_id: str = key()
    month: str = words()
    most: int | None = count(null=True)
    used: int = count()
    sent: int = count()
    read_at: datetime = column(UtcDateTime)


class ChannelRestRow(Row, table=True):
    """Why the LINE channel rests, and until when; no row while it is awake."""

    __tablename__ = "channel_rests"
    __table_args__ = (town(),)
    municipality_id: str = key()
    cause: str = words()
    detail: str = words()
    until: datetime = column(UtcDateTime)
