"""What came in from LINE, the chained record, and the heartbeats."""

from datetime import datetime
from typing import Final

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint

from storage.tables.columns import (
    Row,
    column,
    count,
    key,
    long_count,
    of,
    partial,
    town,
    words,
)
from storage.types import SealedBytes, UtcDateTime, Words

UNSPLIT: Final = "split_at IS NULL"
WAITING: Final = "state = 'WAITING'"
IN_TRAY: Final = "state = 'TRAY'"
OF_LINK: Final = "link_id IS NOT NULL"
APPROVED: Final = "action = 'letter.approved'"


class WebhookRow(Row, table=True):
    """One POST from LINE; the body is blanked once its events are kept."""

    __tablename__ = "webhooks"
    __table_args__ = (
        town(),
        partial("ix_webhooks_unsplit", "municipality_id", "received_at", "id", where=UNSPLIT),
    )
    municipality_id: str = key()
    id: str = key()
    received_at: datetime = column(UtcDateTime)
    body: bytes | None = column(SealedBytes("webhooks.body"), null=True)
    split_at: datetime | None = column(UtcDateTime, null=True)


class LineEventRow(Row, table=True):
    """One event from LINE, kept once by its key."""

    __tablename__ = "line_events"
    __table_args__ = (
        town(),
        of("link_id", "line_links"),
        UniqueConstraint("municipality_id", "event_key"),
        CheckConstraint("state IN ('WAITING', 'UNDERSTOOD', 'TRAY')", name="state"),
        Index("ix_line_events_message", "municipality_id", "message_id"),
        partial("ix_line_events_waiting", "municipality_id", "next_at", "id", where=WAITING),
        partial("ix_line_events_tray", "municipality_id", "received_at", "id", where=IN_TRAY),
        partial("ix_line_events_link", "municipality_id", "link_id", "received_at", where=OF_LINK),
    )
    municipality_id: str = key()
    id: str = key()
    event_key: str = words()
    message_id: str | None = words(null=True)
    received_at: datetime = column(UtcDateTime)
    raw: bytes | None = column(SealedBytes("line_events.raw"), null=True)
    state: str = words()
    kind: str | None = words(null=True)
    attempts: int = count()
    next_at: datetime = column(UtcDateTime)
    decided_at: datetime | None = column(UtcDateTime, null=True)
    link_id: str | None = words(null=True)


class UnsentMessageRow(Row, table=True):
    """A message that its sender took back; it must not come back by a late delivery."""

    __tablename__ = "unsent_messages"
    __table_args__ = (town(),)
    municipality_id: str = key()
    message_id: str = key()
    at: datetime = column(UtcDateTime)


class AuditEntryRow(Row, table=True):
    """One event in its place in the chain.

    It refers to nothing by foreign key: the record outlives what it speaks of.
    """

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("ix_audit_entries_case", "municipality_id", "case_id", "number"),
        Index("ix_audit_entries_subject", "municipality_id", "subject", "number"),
        partial("ix_audit_entries_approved", "municipality_id", "subject", where=APPROVED),
    )
    municipality_id: str = key()
    number: int = key(BigInteger)
    action: str = words()
    at: datetime = column(UtcDateTime)
    actor: str = words()
    role: str = words()
    subject: str = words()
    case_id: str | None = words(null=True)
    was: str = words()
    now: str = words()
    reason: str = words()
    evidence: tuple[str, ...] = column(Words)
    previous: str = words()
    hash: str = words()


class AuditHeadRow(Row, table=True):
    """The end of the chain; whoever adds to the chain locks this row first."""

    __tablename__ = "audit_heads"
    __table_args__ = (town(),)
    municipality_id: str = key()
    number: int = long_count()
    hash: str = words()


class UsedPassRow(Row, table=True):
    """A one-time link to a staff page that was used; kept until it would end anyway."""

    __tablename__ = "used_passes"
    __table_args__ = (town(), Index("ix_used_passes_until", "municipality_id", "until"))
    municipality_id: str = key()
    nonce: str = key()
    until: datetime = column(UtcDateTime)


class HeartbeatRow(Row, table=True):
    """When a tick last ran."""

    __tablename__ = "heartbeats"
    __table_args__ = (town(),)
    municipality_id: str = key()
    tick: str = key()
    at: datetime = column(UtcDateTime)
