"""Meeting bodies and who belongs to them; sittings, and the items on their agendas."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index

from core.basis import Basis
from core.meetings.bodies import MeetingBody, Participant
from core.meetings.items import AgendaPurpose, ItemState
from core.meetings.pledges import Pledge
from core.meetings.sittings import Meeting, MeetingState
from storage.documents import SealedRecord
from storage.tables.columns import Row, column, count, key, of, one_of, words
from storage.types import UtcDateTime


class MeetingBodyRow(Row, table=True):
    """A body with its members and the versions of its list."""

    __tablename__ = "meeting_bodies"
    __table_args__ = (one_of("basis", Basis),)
    municipality_id: str = key()
    id: str = key()
    basis: str = words()
    name: str = words()
    version: int = count()
    content: Any = column(SealedRecord("meeting_bodies.content", MeetingBody))


class ParticipantRow(Row, table=True):
    """Somebody who may sit in a meeting."""

    __tablename__ = "participants"
    __table_args__ = (
        of("staff_id", "staff"),
        of("agency_id", "agencies"),
        of("person_id", "people"),
        Index("ix_participants_staff", "municipality_id", "staff_id"),
    )
    municipality_id: str = key()
    id: str = key()
    staff_id: str | None = words(null=True)
    agency_id: str | None = words(null=True)
    person_id: str | None = words(null=True)
    content: Any = column(SealedRecord("participants.content", Participant))


class PledgeRow(Row, table=True):
    """A signed pledge of secrecy."""

    __tablename__ = "pledges"
    __table_args__ = (
        of("participant_id", "participants"),
        Index("ix_pledges_participant", "municipality_id", "participant_id"),
    )
    municipality_id: str = key()
    id: str = key()
    participant_id: str = words()
    signed_at: datetime = column(UtcDateTime)
    content: Any = column(SealedRecord("pledges.content", Pledge))


class MeetingRow(Row, table=True):
    """A sitting: items, papers, minutes, all sealed."""

    __tablename__ = "meetings"
    __table_args__ = (
        one_of("state", MeetingState),
        of("requested_by", "staff"),
        Index("ix_meetings_begins", "municipality_id", "begins_at", "id"),
    )
    municipality_id: str = key()
    id: str = key()
    state: str = words()
    requested_by: str = words()
    begins_at: datetime | None = column(UtcDateTime, null=True)
    version: int = count()
    content: Any = column(SealedRecord("meetings.content", Meeting))


class AgendaItemRow(Row, table=True):
    """Which case stands on which agenda, under which law; the item itself is in the meeting."""

    __tablename__ = "agenda_items"
    __table_args__ = (
        of("meeting_id", "meetings"),
        of("case_id", "cases"),
        one_of("purpose", AgendaPurpose),
        one_of("state", ItemState),
        CheckConstraint(
            "basis IS NULL OR basis IN ('SHIEN', 'JUSO', 'CASE', 'OTHER')", name="basis"
        ),
        # progress may be talked over as a case; the four timings may not.
        CheckConstraint(
            "basis IS NULL OR basis <> 'CASE'"
            " OR purpose NOT IN ('PLAN', 'REPLAN', 'CLOSE', 'INTERRUPT')",
            name="four_timings",
        ),
        Index("ix_agenda_items_case", "municipality_id", "case_id", "meeting_id"),
        Index("ix_agenda_items_meeting", "municipality_id", "meeting_id"),
    )
    municipality_id: str = key()
    id: str = key()
    meeting_id: str = words()
    case_id: str | None = words(null=True)
    purpose: str = words()
    basis: str | None = words(null=True)
    state: str = words()
