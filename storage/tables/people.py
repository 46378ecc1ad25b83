"""People at home, their LINE accounts and one-time codes."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint

from core.people import LinkState
from storage.documents import SealedRecord
from storage.more import HouseholdMore, PersonMore
from storage.tables.columns import (
    Row,
    column,
    count,
    day,
    flag,
    hour,
    key,
    of,
    one_of,
    partial,
    town,
    words,
)
from storage.types import SealedText, SealedWords, UtcDateTime

# One account is in use for a person; accounts left behind may stay on record.
IN_USE = "state IN ('LINKED', 'PAUSED')"


class HouseholdRow(Row, table=True):
    """People who live as one."""

    __tablename__ = "households"
    __table_args__ = (
        town(),
        of("area_id", "areas"),
        UniqueConstraint("municipality_id", "code"),
    )
    municipality_id: str = key()
    id: str = key()
    code: str = words()
    label: str = column(SealedText("households.label"))
    area_id: str | None = words(null=True)
    more: Any = column(SealedRecord("households.more", HouseholdMore), null=True)


class PersonRow(Row, table=True):
    """A person at home."""

    __tablename__ = "people"
    __table_args__ = (
        town(),
        of("area_id", "areas"),
        of("household_id", "households"),
        UniqueConstraint("municipality_id", "code"),
        Index("ix_people_household", "municipality_id", "household_id"),
    )
    municipality_id: str = key()
    id: str = key()
    code: str = words()
    name: str = column(SealedText("people.name"))
    kana: str = column(SealedText("people.kana"))
    household_id: str | None = words(null=True)
    area_id: str | None = words(null=True)
    birth_date: str | None = column(SealedText("people.birth_date"), null=True)
    address: str = column(SealedText("people.address"))
    phones: tuple[str, ...] = column(SealedWords("people.phones"))
    language_style: str = words()
    interests: tuple[str, ...] = column(SealedWords("people.interests"))
    do_not_mention: tuple[str, ...] = column(SealedWords("people.do_not_mention"))
    shared_device: bool = flag()
    is_minor: bool = flag()
    wakes: time | None = hour(null=True)
    sleeps: time | None = hour(null=True)
    deceased_on: date | None = day(null=True)
    more: Any = column(SealedRecord("people.more", PersonMore), null=True)


class LineLinkRow(Row, table=True):
    """A LINE account; its id is sealed and found by blind index."""

    __tablename__ = "line_links"
    __table_args__ = (
        town(),
        of("person_id", "people"),
        UniqueConstraint("municipality_id", "line_user_index"),
        one_of("state", LinkState),
        CheckConstraint(f"person_id IS NOT NULL OR NOT ({IN_USE})", name="in_use_by_someone"),
        partial("uq_line_links_in_use", "municipality_id", "person_id", where=IN_USE, unique=True),
        Index("ix_line_links_person", "municipality_id", "person_id", "linked_at"),
        partial(
            "ix_line_links_paused",
            "municipality_id",
            "paused_until",
            where="state = 'PAUSED'",
        ),
    )
    municipality_id: str = key()
    id: str = key()
    line_user_id: str = column(SealedText("line_links.line_user_id"))
    line_user_index: bytes = column(LargeBinary)
    state: str = words()
    version: int = count()
    person_id: str | None = words(null=True)
    linked_at: datetime | None = column(UtcDateTime, null=True)
    state_since: datetime | None = column(UtcDateTime, null=True)
    paused_until: datetime | None = column(UtcDateTime, null=True)
    unconfirmed_since: datetime | None = column(UtcDateTime, null=True)
    last_inbound_at: datetime | None = column(UtcDateTime, null=True)


class LinkCodeRow(Row, table=True):
    """A one-time code, known by its blind index only."""

    __tablename__ = "link_codes"
    __table_args__ = (
        of("person_id", "people"),
        CheckConstraint("issued_at < expires_at", name="lasts"),
    )
    municipality_id: str = key()
    code_index: bytes = key(LargeBinary)
    person_id: str = words()
    issued_at: datetime = column(UtcDateTime)
    expires_at: datetime = column(UtcDateTime)
    used_at: datetime | None = column(UtcDateTime, null=True)


class WrongCodeRow(Row, table=True):
    """An account sent a code that was none of ours."""

    __tablename__ = "wrong_codes"
    __table_args__ = (
        of("link_id", "line_links"),
        Index("ix_wrong_codes_link", "municipality_id", "link_id", "at"),
    )
    municipality_id: str = key()
    id: str = key()
    link_id: str = words()
    at: datetime = column(UtcDateTime)
