"""Cases, the consent ledger, the contact log, and what people answered."""

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint

from core.cases import CaseState
from core.consent import ConsentLine, ConsentState, ConsentType
from core.contacts import ContactDetail
from core.replies import ReplyState
from storage.documents import SealedRecord
from storage.tables.columns import Row, column, count, day, key, of, one_of, partial, words
from storage.types import SealedText, UtcDateTime

# Entries that a colleague's form made; the system's own have no key.
COMMANDED: Final = "command_key IS NOT NULL"


class CaseRow(Row, table=True):
    """A case."""

    __tablename__ = "cases"
    __table_args__ = (
        of("person_id", "people"),
        of("household_id", "households"),
        of("area_id", "areas"),
        of("lead_staff_id", "staff"),
        UniqueConstraint("municipality_id", "alias"),
        UniqueConstraint("municipality_id", "case_no"),
        one_of("state", CaseState),
        Index("ix_cases_person", "municipality_id", "person_id"),
        Index("ix_cases_lead", "municipality_id", "lead_staff_id"),
    )
    municipality_id: str = key()
    id: str = key()
    case_no: str = words()
    alias: str = words()
    person_id: str = words()
    state: str = words()
    opened_on: date = day()
    household_id: str | None = words(null=True)
    area_id: str | None = words(null=True)
    lead_staff_id: str | None = words(null=True)
    urgency: str = words()
    plan_less_because: str | None = column(SealedText("cases.plan_less_because"), null=True)
    facts: int = count()
    version: int = count()


class ConsentRow(Row, table=True):
    """A line of the consent ledger.

    `evidence` and `scope` are those of a line from before there was `content`; they are empty
    in every other.
    """

    __tablename__ = "consents"
    __table_args__ = (
        of("person_id", "people"),
        one_of("state", ConsentState),
        one_of("type", ConsentType),
        # Asked and not (yet) given, or given once: no third way leads to any state (C1 to C8).
        CheckConstraint(
            "(given_at IS NULL) = (state IN ('EXPLAINING', 'DECLINED_FOR_NOW'))", name="given"
        ),
        CheckConstraint("(withdrawn_at IS NULL) = (state <> 'WITHDRAWN')", name="withdrawn"),
        CheckConstraint("(programme IS NULL) = (type <> 'SERVICE_USE')", name="service"),
        CheckConstraint("content IS NOT NULL OR evidence IS NOT NULL", name="told"),
        Index("ix_consents_person", "municipality_id", "person_id", "type", "given_at", "id"),
        partial(
            "uq_consents_channel",
            "municipality_id",
            "person_id",
            where="type = 'CHANNEL_LINE' AND state = 'GIVEN'",
            unique=True,
        ),
        partial(
            "uq_consents_service",
            "municipality_id",
            "person_id",
            "programme",
            where="type = 'SERVICE_USE' AND state = 'GIVEN'",
            unique=True,
        ),
        partial(
            "ix_consents_run_out",
            "municipality_id",
            "expires_on",
            "id",
            where="state = 'GIVEN' AND expires_on IS NOT NULL",
        ),
    )
    municipality_id: str = key()
    id: str = key()
    person_id: str = words()
    type: str = words()
    state: str = words()
    given_at: datetime | None = column(UtcDateTime, null=True)
    evidence: str | None = column(SealedText("consents.evidence"), null=True)
    scope: str | None = column(SealedText("consents.scope"), null=True)
    text_version: str = words()
    withdrawn_at: datetime | None = column(UtcDateTime, null=True)
    expires_on: date | None = day(null=True)
    programme: str | None = words(null=True)
    version: int = count()
    content: Any = column(SealedRecord("consents.content", ConsentLine), null=True)


class OpenQuestionRow(Row, table=True):
    """What a person is asked for just now, one row for each single thing (C1).

    `need` is a blind index. The key is the wall: two questions that overlap never lie open
    together, even when two colleagues explain them at the very same instant. Lines that were
    being explained before there was this table have no rows here.
    """

    __tablename__ = "open_questions"
    __table_args__ = (
        of("person_id", "people"),
        of("consent_id", "consents"),
        Index("ix_open_questions_consent", "municipality_id", "consent_id"),
    )
    municipality_id: str = key()
    person_id: str = key()
    need: bytes = key(LargeBinary)
    consent_id: str = words()


# Whose hour for an answer has not been looked at yet (G-15).
AWAITED: Final = "answer_by IS NOT NULL AND hour_passed_at IS NULL AND state <> 'WITHDRAWN'"


class ReplyRow(Row, table=True):
    """What a person answered."""

    __tablename__ = "replies"
    __table_args__ = (
        of("person_id", "people"),
        of("case_id", "cases"),
        one_of("state", ReplyState),
        Index("uq_replies_message", "municipality_id", "message_id", unique=True),
        Index("ix_replies_case", "municipality_id", "case_id", "occurred_at", "id"),
        partial("ix_replies_unread", "municipality_id", "case_id", where="state = 'KEPT'"),
        partial("ix_replies_awaited", "municipality_id", "answer_by", "id", where=AWAITED),
    )
    municipality_id: str = key()
    id: str = key()
    person_id: str = words()
    case_id: str = words()
    kind: str = words()
    text: str = column(SealedText("replies.text"))
    message_id: str | None = words(null=True)
    occurred_at: datetime = column(UtcDateTime)
    received_at: datetime = column(UtcDateTime)
    state: str = words()
    reads_from: datetime | None = column(UtcDateTime, null=True)
    answer_by: datetime | None = column(UtcDateTime, null=True)
    hour_passed_at: datetime | None = column(UtcDateTime, null=True)
    version: int = count()


class ContactRow(Row, table=True):
    """An entry of the contact log."""

    __tablename__ = "contacts"
    __table_args__ = (
        of("case_id", "cases"),
        of("by", "staff"),
        of("letter_id", "letters"),
        of("reply_id", "replies"),
        partial(
            "uq_contacts_command", "municipality_id", "command_key", where=COMMANDED, unique=True
        ),
        Index("ix_contacts_case", "municipality_id", "case_id", "at", "id"),
    )
    municipality_id: str = key()
    id: str = key()
    case_id: str = words()
    at: datetime = column(UtcDateTime)
    channel: str = words()
    met: str = words()
    by: str | None = words(null=True)
    note: str = column(SealedText("contacts.note"))
    next_on: date | None = day(null=True)
    letter_id: str | None = words(null=True)
    reply_id: str | None = words(null=True)
    command_key: str | None = words(null=True)
    detail: Any = column(SealedRecord("contacts.detail", ContactDetail), null=True)
