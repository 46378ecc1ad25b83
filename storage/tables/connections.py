"""What connects: referrals, つなぐシート, inquiries, disclosures; places, matches and gaps."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index

from core.connect_sheets import ConnectSheet
from core.disclosure import Disclosure
from core.inquiries import Inquiry
from core.queries import Query, QueryState
from core.referrals.record import Referral, ReferralKind, ReferralState
from core.resources import (
    GapState,
    Match,
    MatchState,
    ParticipationPlace,
    PlaceKind,
    ResourceGap,
)
from storage.documents import SealedRecord
from storage.tables.columns import Row, column, count, day, key, of, one_of, partial, words
from storage.types import UtcDateTime


class ReferralRow(Row, table=True):
    """つなぎ."""

    __tablename__ = "referrals"
    __table_args__ = (
        of("case_id", "cases"),
        of("from_agency_id", "agencies"),
        of("to_agency_id", "agencies"),
        one_of("kind", ReferralKind),
        one_of("state", ReferralState),
        # nothing is sent that was not explained to the person.
        CheckConstraint("sent_on IS NULL OR explained_at IS NOT NULL", name="explained"),
        Index("ix_referrals_case", "municipality_id", "case_id", "id"),
        Index("ix_referrals_state", "municipality_id", "state", "feedback_due_on"),
    )
    municipality_id: str = key()
    id: str = key()
    case_id: str = words()
    kind: str = words()
    state: str = words()
    from_agency_id: str = words()
    to_agency_id: str = words()
    explained_at: datetime | None = column(UtcDateTime, null=True)
    sent_on: date | None = day(null=True)
    acknowledge_by: date | None = day(null=True)
    feedback_due_on: date | None = day(null=True)
    version: int = count()
    content: Any = column(SealedRecord("referrals.content", Referral))


class ConnectSheetRow(Row, table=True):
    """つなぐシート."""

    __tablename__ = "connect_sheets"
    __table_args__ = (
        of("case_id", "cases"),
        of("from_agency_id", "agencies"),
        of("to_agency_id", "agencies"),
        Index("ix_connect_sheets_case", "municipality_id", "case_id", "id"),
        partial(
            "ix_connect_sheets_waiting",
            "municipality_id",
            "reply_due_on",
            where="sent_on IS NOT NULL AND returned_on IS NULL",
        ),
    )
    municipality_id: str = key()
    id: str = key()
    case_id: str | None = words(null=True)
    from_agency_id: str = words()
    to_agency_id: str = words()
    reply_due_on: date | None = day(null=True)
    sent_on: date | None = day(null=True)
    returned_on: date | None = day(null=True)
    version: int = count()
    content: Any = column(SealedRecord("connect_sheets.content", ConnectSheet))


class InquiryRow(Row, table=True):
    """A request for information about a member of a household."""

    __tablename__ = "inquiries"
    __table_args__ = (
        of("case_id", "cases"),
        of("member_id", "people"),
        of("to_agency_id", "agencies"),
        Index("ix_inquiries_case", "municipality_id", "case_id", "at", "id"),
    )
    municipality_id: str = key()
    id: str = key()
    case_id: str = words()
    member_id: str = words()
    to_agency_id: str = words()
    at: datetime = column(UtcDateTime)
    content: Any = column(SealedRecord("inquiries.content", Inquiry))


class DisclosureRow(Row, table=True):
    """What was given to somebody else, on which ground."""

    __tablename__ = "disclosures"
    __table_args__ = (
        of("case_id", "cases"),
        of("person_id", "people"),
        Index("ix_disclosures_case", "municipality_id", "case_id", "id"),
    )
    municipality_id: str = key()
    id: str = key()
    case_id: str = words()
    person_id: str = words()
    to: str = words()
    ends_on: date | None = day(null=True)
    content: Any = column(SealedRecord("disclosures.content", Disclosure))


class PlaceRow(Row, table=True):
    """A place where people take part, with its host."""

    __tablename__ = "places"
    __table_args__ = (of("host_agency_id", "agencies"), one_of("kind", PlaceKind))
    municipality_id: str = key()
    id: str = key()
    kind: str = words()
    host_agency_id: str = words()
    version: int = count()
    content: Any = column(SealedRecord("places.content", ParticipationPlace))


class MatchRow(Row, table=True):
    """A person and a place, in steps."""

    __tablename__ = "matches"
    __table_args__ = (
        of("case_id", "cases"),
        of("person_id", "people"),
        of("place_id", "places"),
        one_of("state", MatchState),
        CheckConstraint("state <> 'STABLE' OR stable_since IS NOT NULL", name="stable_since"),
        Index("ix_matches_case", "municipality_id", "case_id", "id"),
        Index("ix_matches_place", "municipality_id", "place_id", "id"),
    )
    municipality_id: str = key()
    id: str = key()
    case_id: str = words()
    person_id: str = words()
    place_id: str = words()
    state: str = words()
    stable_since: date | None = day(null=True)
    version: int = count()
    content: Any = column(SealedRecord("matches.content", Match))


class QueryRow(Row, table=True):
    """What somebody brought to a desk."""

    __tablename__ = "queries"
    __table_args__ = (
        of("taken_by", "staff"),
        of("case_id", "cases"),
        one_of("state", QueryState),
        CheckConstraint("(state = 'TAKEN_UP') = (case_id IS NOT NULL)", name="taken_up"),
        Index("ix_queries_taken_at", "municipality_id", "taken_at", "id"),
    )
    municipality_id: str = key()
    id: str = key()
    taken_at_desk: str = words()
    owner_desk: str = words()
    taken_by: str = words()
    taken_at: datetime = column(UtcDateTime)
    state: str = words()
    case_id: str | None = words(null=True)
    version: int = count()
    content: Any = column(SealedRecord("queries.content", Query))


class GapRow(Row, table=True):
    """A lacking resource; names nobody."""

    __tablename__ = "gaps"
    __table_args__ = (
        of("closed_by", "places"),
        one_of("state", GapState),
        CheckConstraint("state <> 'CLOSED' OR closed_by IS NOT NULL", name="closed_by"),
    )
    municipality_id: str = key()
    id: str = key()
    state: str = words()
    found_on: date = day()
    closed_by: str | None = words(null=True)
    version: int = count()
    content: Any = column(SealedRecord("gaps.content", ResourceGap))
