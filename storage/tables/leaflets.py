"""Leaflets: the library, its pictures by their content, and the letters that carry them."""

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint

from core.leaflets import Leaflet, LeafletState
from storage.documents import SealedRecord
from storage.tables.columns import (
    Row,
    column,
    count,
    day,
    flag,
    key,
    of,
    one_of,
    partial,
    town,
    words,
)
from storage.types import SealedText, UtcDateTime

# Repeated word for word in queries, so that the partial index serves them.
APPROVED: Final = "state = 'APPROVED'"


class LeafletRow(Row, table=True):
    """An edition of a leaflet. Of each leaflet one edition at most is approved, by a second
    person, and only public information."""

    __tablename__ = "leaflets"
    __table_args__ = (
        town(),
        of("root_id", "leaflets"),
        of("author_id", "staff"),
        of("approved_by", "staff"),
        of("place_id", "places"),
        one_of("state", LeafletState),
        CheckConstraint(
            "state NOT IN ('APPROVED', 'REPLACED') OR (approved_by IS NOT NULL AND is_public_info)",
            name="approved",
        ),
        CheckConstraint("approved_by <> author_id", name="second_person"),
        CheckConstraint("valid_from <= valid_until", name="valid"),
        UniqueConstraint("municipality_id", "root_id", "edition"),
        partial("uq_leaflets_approved", "municipality_id", "root_id", where=APPROVED, unique=True),
    )
    municipality_id: str = key()
    id: str = key()
    root_id: str = words()
    edition: int = count()
    state: str = words()
    valid_from: date = day()
    valid_until: date = day()
    is_public_info: bool = flag()
    author_id: str = words()
    approved_by: str | None = words(null=True)
    place_id: str | None = words(null=True)
    version: int = count()
    content: Any = column(SealedRecord("leaflets.content", Leaflet))


class LeafletPageRow(Row, table=True):
    """A picture of a page, under the hash of its bytes. Public information, so not sealed."""

    __tablename__ = "leaflet_pages"
    __table_args__ = (
        town(),
        CheckConstraint("media_type IN ('image/jpeg', 'image/png')", name="media_type"),
    )
    municipality_id: str = key()
    digest: str = key()
    media_type: str = words()
    width: int = count()
    height: int = count()
    picture: bytes = column(LargeBinary)


class LeafletLinkRow(Row, table=True):
    """A letter that carries a leaflet. Of the link in it, only the token's hash is kept; that it
    was opened is not."""

    __tablename__ = "leaflet_links"
    __table_args__ = (
        of("letter_id", "letters"),
        of("case_id", "cases"),
        of("person_id", "people"),
        of("leaflet_id", "leaflets"),
        of("root_id", "leaflets"),
        of("place_id", "places"),
        CheckConstraint("(token_hash IS NULL) = (expires_at IS NULL)", name="ends"),
        UniqueConstraint("municipality_id", "token_hash"),
        UniqueConstraint("municipality_id", "person_id", "root_id", "nth"),
        Index("ix_leaflet_links_leaflet", "municipality_id", "leaflet_id"),
    )
    municipality_id: str = key()
    letter_id: str = key()
    case_id: str = words()
    person_id: str = words()
    leaflet_id: str = words()
    root_id: str = words()
    edition: int = count()
    nth: int = count()
    why: str = column(SealedText("leaflet_links.why"))
    place_id: str | None = words(null=True)
    token_hash: str | None = words(null=True)
    expires_at: datetime | None = column(UtcDateTime, null=True)
    revoked_at: datetime | None = column(UtcDateTime, null=True)
    version: int = count()
