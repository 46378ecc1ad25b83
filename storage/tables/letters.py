"""Letters, the outbox that carries them, and the cards that show them."""

from datetime import datetime
from typing import Final

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from core.letters import UNSENT, LetterState
from core.outbox import DeliveryState
from storage.tables.columns import (
    Row,
    column,
    count,
    flag,
    key,
    of,
    one_of,
    partial,
    quoted,
    town,
    words,
)
from storage.types import SealedBytes, SealedText, UtcDateTime

# These predicates are repeated word for word in queries, so that partial indexes serve them.
UNSENT_STATES: Final = f"state IN ({quoted(sorted(UNSENT))})"
PACED: Final = "sent_at IS NOT NULL AND kind NOT IN ('ACKNOWLEDGEMENT', 'REPLY')"
ON_ITS_WAY: Final = "state = 'CLAIMED'"
# LINE may have it, nobody knows, and no loop is asking just now.
DOUBTED: Final = "doubt_since IS NOT NULL AND state IN ('READY', 'IN_DOUBT')"
ACTIVE: Final = "state IN ('READY', 'CLAIMED')"
ASKS_AGAIN: Final = "asks_again AND state = 'SCHEDULED'"
# A push is live or has ended; most are never in the second, so that it costs them nothing.
LIVE: Final = "state IN ('READY', 'CLAIMED', 'ACCEPTED')"
ENDED: Final = "state IN ('REFUSED', 'WITHDRAWN', 'IN_DOUBT')"
SENT_BACK: Final = "state = 'DRAFT'"
STANDS_APPROVED: Final = "state = 'SCHEDULED' AND NOT asks_again AND kind <> 'ACKNOWLEDGEMENT'"
UNDRAWN: Final = "revision > drawn"
_BOUND: Final = "('APPROVED', 'SCHEDULED', 'SENT', 'FAILED', 'UNREACHABLE')"


class LetterRow(Row, table=True):
    """A letter. What was approved has an approver who is not its author, and a hash."""

    __tablename__ = "letters"
    __table_args__ = (
        of("case_id", "cases"),
        of("person_id", "people"),
        of("author_id", "staff"),
        of("approved_by", "staff"),
        of("confirmed_by", "staff"),
        one_of("state", LetterState),
        CheckConstraint(
            f"state NOT IN {_BOUND} OR (approved_by IS NOT NULL AND approved_at IS NOT NULL"
            " AND bound_hash IS NOT NULL)",
            name="approved",
        ),
        # Its own author only where the town allows it, and with a reason.
        CheckConstraint(
            "approved_by <> author_id OR self_approved_reason IS NOT NULL", name="second_person"
        ),
        CheckConstraint(
            "self_approved_reason IS NULL OR approved_by = author_id", name="self_approved"
        ),
        CheckConstraint(
            "excused IS NULL OR (excuse IS NOT NULL AND self_approved_reason IS NULL)",
            name="excused",
        ),
        CheckConstraint("opens_at < closes_at", name="window"),
        CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by IS NULL)"
            " AND (confirmed_at IS NULL OR (asks_again AND approved_at <= confirmed_at))",
            name="confirmed",
        ),
        CheckConstraint("(state = 'SENT') = (sent_at IS NOT NULL)", name="sent"),
        Index("uq_letters_command", "municipality_id", "command_key", unique=True),
        Index("ix_letters_case", "municipality_id", "case_id", "created_at", "id"),
        partial("ix_letters_sent_back", "municipality_id", "author_id", where=SENT_BACK),
        partial("ix_letters_paced", "municipality_id", "person_id", "sent_at", where=PACED),
        partial("ix_letters_unsent", "municipality_id", "person_id", where=UNSENT_STATES),
        partial("ix_letters_closing", "municipality_id", "closes_at", where=UNSENT_STATES),
        partial("ix_letters_approved", "municipality_id", "approved_at", where=STANDS_APPROVED),
        partial("ix_letters_asks_again", "municipality_id", "opens_at", "id", where=ASKS_AGAIN),
    )
    municipality_id: str = key()
    id: str = key()
    case_id: str = words()
    person_id: str = words()
    kind: str = words()
    body: str = column(SealedText("letters.body"))
    author_id: str = words()
    opens_at: datetime = column(UtcDateTime)
    closes_at: datetime = column(UtcDateTime)
    state: str = words()
    created_at: datetime = column(UtcDateTime)
    alt_text: str = column(SealedText("letters.alt_text"))
    version: int = count()
    reason: str | None = words(null=True)
    note: str = column(SealedText("letters.note"))
    approved_by: str | None = words(null=True)
    approved_at: datetime | None = column(UtcDateTime, null=True)
    approved_facts: int | None = count(null=True)
    bound_hash: str | None = words(null=True)
    decided_by: str | None = words(null=True)
    decided_at: datetime | None = column(UtcDateTime, null=True)
    sent_at: datetime | None = column(UtcDateTime, null=True)
    line_request_id: str | None = words(null=True)
    acknowledges: str | None = words(null=True)
    command_key: str | None = words(null=True)
    asks_again: bool = flag()
    asked_at: datetime | None = column(UtcDateTime, null=True)
    confirmed_at: datetime | None = column(UtcDateTime, null=True)
    confirmed_by: str | None = words(null=True)
    template: str | None = words(null=True)
    season: str | None = words(null=True)
    self_approved_reason: str | None = column(SealedText("letters.self_approved_reason"), null=True)
    former_body: str | None = column(SealedText("letters.former_body"), null=True)
    former_alt_text: str | None = column(SealedText("letters.former_alt_text"), null=True)
    rewritten_at: datetime | None = column(UtcDateTime, null=True)
    excuse: str | None = column(SealedText("letters.excuse"), null=True)
    excused: str | None = words(null=True)


class OutboxRow(Row, table=True):
    """A push to LINE. While it is claimed, `next_at` is when the lease runs out."""

    __tablename__ = "outbox"
    __table_args__ = (
        of("letter_id", "letters"),
        of("case_id", "cases"),
        of("person_id", "people"),
        one_of("state", DeliveryState),
        CheckConstraint("(state = 'CLAIMED') = (lease IS NOT NULL)", name="leased"),
        CheckConstraint(
            "(reply_token IS NULL) = (reply_until IS NULL)", name="replies_for_a_while"
        ),
        partial(
            "uq_outbox_letter",
            "municipality_id",
            "letter_id",
            where=LIVE,
            unique=True,
        ),
        partial("ix_outbox_ended", "municipality_id", "letter_id", where=ENDED),
        partial(
            "ix_outbox_on_its_way", "municipality_id", "next_at", "person_id", where=ON_ITS_WAY
        ),
        partial("ix_outbox_doubted", "municipality_id", "person_id", "doubt_since", where=DOUBTED),
        partial("ix_outbox_active", "municipality_id", "next_at", "id", where=ACTIVE),
    )
    municipality_id: str = key()
    id: str = key()
    letter_id: str = words()
    case_id: str = words()
    person_id: str = words()
    request: bytes = column(SealedBytes("outbox.request"))
    next_at: datetime = column(UtcDateTime)
    state: str = words()
    attempts: int = count()
    doubt_since: datetime | None = column(UtcDateTime, null=True)
    reply_token: str | None = column(SealedText("outbox.reply_token"), null=True)
    reply_until: datetime | None = column(UtcDateTime, null=True)
    lease: str | None = words(null=True)


class CardRow(Row, table=True):
    """A card for one colleague. `leased_until` keeps two loops from posting it twice."""

    __tablename__ = "cards"
    __table_args__ = (
        town(),
        of("staff_id", "staff"),
        of("case_id", "cases"),
        UniqueConstraint("municipality_id", "subject_id", "kind", "staff_id"),
        partial("ix_cards_undrawn", "municipality_id", "next_at", "id", where=UNDRAWN),
    )
    municipality_id: str = key()
    id: str = key()
    kind: str = words()
    subject_id: str = words()
    staff_id: str = words()
    revision: int = count()
    drawn: int = count()
    next_at: datetime = column(UtcDateTime)
    attempts: int = count()
    leased_until: datetime | None = column(UtcDateTime, null=True)
    case_id: str | None = words(null=True)
    channel: str | None = words(null=True)
    ts: str | None = words(null=True)
