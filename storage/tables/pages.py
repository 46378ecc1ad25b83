"""The person's own page: links by their tokens' hashes, and a PIN slowly hashed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from storage.tables.columns import Row, column, count, key, of, words
from storage.types import SealedText, UtcDateTime


class PageLinkRow(Row, table=True):
    """A link to one person's page. Of its token only the hash is kept; that it was opened is
    not."""

    __tablename__ = "page_links"
    __table_args__ = (
        of("person_id", "people"),
        CheckConstraint("made_at < expires_at", name="lasts"),
        UniqueConstraint("municipality_id", "token_hash"),
        Index("ix_page_links_person", "municipality_id", "person_id", "expires_at"),
    )
    municipality_id: str = key()
    id: str = key()
    person_id: str = words()
    token_hash: str = words()
    made_at: datetime = column(UtcDateTime)
    expires_at: datetime = column(UtcDateTime)
    revoked_at: datetime | None = column(UtcDateTime, null=True)
    version: int = count()


class PagePinRow(Row, table=True):
    """The PIN of one person's page: salt and slow hash, sealed; and how often it was wrong."""

    __tablename__ = "page_pins"
    __table_args__ = (
        of("person_id", "people"),
        of("set_by", "staff"),
        CheckConstraint("wrong >= 0", name="tries"),
    )
    municipality_id: str = key()
    person_id: str = key()
    secret: str = column(SealedText("page_pins.secret"))
    set_at: datetime = column(UtcDateTime)
    set_by: str | None = words(null=True)
    wrong: int = count()
    wrong_at: datetime | None = column(UtcDateTime, null=True)
    version: int = count()
