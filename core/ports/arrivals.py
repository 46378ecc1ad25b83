"""Ports of what comes in and what was noted: inbox, replies, answers, contacts, trail, desk."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.answers import Answer
from core.audit import AuditEntry, AuditEvent
from core.cases import Case
from core.contacts import Contact
from core.ids import AnswerId, CaseId, LineEventId, PersonId, QueryId, ReplyId, StaffId
from core.inbound import KeptEvent, KeptWebhook
from core.letters import Letter
from core.ports.letters import SentLetter
from core.queries import Query
from core.replies import Reply


@dataclass(frozen=True, kw_only=True, slots=True)
class RawEvent:
    """One event cut out of a body: its key, its message's id if it has one, its raw JSON."""

    event_key: str
    message_id: str | None
    raw: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class CutWebhook:
    """A body that was cut: its id, when it came, and its events."""

    id: str
    received_at: datetime
    events: Sequence[RawEvent]


class Inbox(Protocol):
    """What LINE told us: bodies as they came, then event by event."""

    async def unsplit(self, *, limit: int) -> tuple[KeptWebhook, ...]: ...
    async def split(
        self, webhook_id: str, events: Sequence[RawEvent], *, received_at: datetime
    ) -> int:
        """Keep each event once by its key, and blank the body; how many were new."""
        ...

    async def split_all(self, cuts: Sequence[CutWebhook]) -> None:
        """As `split`, for many bodies."""
        ...

    async def to_tray_whole(self, webhook_id: str, *, why: str) -> None:
        """A body that has no events we can find: to the tray as it is."""
        ...

    async def waiting(self, *, at: datetime, limit: int) -> tuple[KeptEvent, ...]: ...
    async def understood(self, event_id: LineEventId, *, kind: str, at: datetime) -> bool:
        """Mark as done; False when another loop was faster."""
        ...

    async def to_tray(self, event_id: LineEventId, *, kind: str, at: datetime) -> bool: ...
    async def all_to_tray(self, kinds: Mapping[LineEventId, str], *, at: datetime) -> None:
        """As `to_tray`, for many events, each with its kind."""
        ...

    async def set_aside(self, event_id: LineEventId, *, kind: str) -> None:
        """An event that is done with, yet whose words belong to no case: to the tray, for
        whoever minds the reception desk."""
        ...

    async def failed(self, event_id: LineEventId, *, next_at: datetime) -> None: ...
    async def note_unsent(self, message_id: str, *, at: datetime) -> None:
        """Remember that this message was taken back, whether or not it came already."""
        ...

    async def erase_message(self, message_id: str, *, at: datetime) -> None:
        """Blank every raw event of that message. One that waits, or lies in the tray, is done
        with: there is nothing left to understand or to read."""
        ...

    async def of_message(self, message_id: str) -> KeptEvent | None:
        """The event of that message as it came; an erased one has no raw bytes."""
        ...

    async def was_unsent(self, message_id: str) -> bool: ...
    async def unsent_among(self, message_ids: Iterable[str]) -> frozenset[str]:
        """Those of these messages that were taken back."""
        ...

    async def tray(self, *, limit: int = 100) -> tuple[KeptEvent, ...]: ...


class Replies(Protocol):
    """What people answered."""

    async def add(self, reply: Reply) -> bool:
        """Whether it is new; False when its message id was there already."""
        ...

    async def get(self, reply_id: ReplyId) -> Reply: ...
    async def by_message(self, message_id: str) -> Reply | None: ...
    async def change(self, reply: Reply, *, version: int) -> bool: ...
    async def of_case(
        self, case_id: CaseId, *, limit: int | None = 500, before: str | None = None
    ) -> tuple[Reply, ...]:
        """Newest first, by the time at which the person sent them; `before` (an id): older ones."""
        ...

    async def unread_of_case(self, case_id: CaseId, *, limit: int) -> tuple[Reply, ...]:
        """Those that nobody has read yet; newest first."""
        ...

    async def past_their_hour(self, *, at: datetime, limit: int) -> tuple[Reply, ...]:
        """Those whose hour for an answer is over and was not looked at yet, the longest first
        (G-15); what was taken back is not among them."""
        ...

    async def waiting(self, case_ids: Iterable[CaseId]) -> dict[CaseId, int]:
        """How many replies nobody has read yet, by case; cases with none are absent."""
        ...


class Answers(Protocol):
    """What colleagues answered, in conversations."""

    async def get(self, answer_id: AnswerId) -> Answer:
        """Raises: NotFound."""
        ...

    async def add(self, answer: Answer) -> None: ...
    async def of_person(
        self, person_id: PersonId, *, limit: int | None = None
    ) -> tuple[Answer, ...]:
        """Newest first."""
        ...

    async def of_case(
        self, case_id: CaseId, *, limit: int | None = None, since: datetime | None = None
    ) -> tuple[Answer, ...]:
        """Newest first; `since`: from that moment on."""
        ...


class Contacts(Protocol):
    """The contact log."""

    async def add(self, contact: Contact) -> bool:
        """Whether it is new; False when its command key was there already."""
        ...

    async def log_sent(self, sent: Sequence[SentLetter], *, at: datetime) -> None:
        """An entry for each letter that left over LINE."""
        ...

    async def of_case(
        self, case_id: CaseId, *, limit: int | None = 500, before: str | None = None
    ) -> tuple[Contact, ...]:
        """Newest first; `before` (an id): older ones."""
        ...

    async def on_line_only(self, case_ids: Iterable[CaseId]) -> frozenset[CaseId]:
        """Those of these cases that have entries, all of them over LINE (R-029)."""
        ...

    async def since(self, case_id: CaseId, *, since: datetime) -> tuple[Contact, ...]:
        """Everything from that moment on; newest first."""
        ...


class Queries(Protocol):
    """What was brought to a desk."""

    async def get(self, query_id: QueryId) -> Query:
        """Raises: NotFound."""
        ...

    async def newest(self, *, limit: int = 100) -> tuple[Query, ...]: ...
    async def add(self, query: Query) -> None: ...
    async def change(self, query: Query, *, version: int) -> bool: ...


class AuditTrail(Protocol):
    """The hash-chained record."""

    async def append(self, *events: AuditEvent) -> None: ...
    async def entries(self, *, after: int = 0, limit: int = 1000) -> tuple[AuditEntry, ...]: ...
    async def head(self) -> tuple[int, str]:
        """Number and hash of the last link; (0, GENESIS) while there is none."""
        ...

    async def of_case(self, case_id: CaseId, *, limit: int = 1000) -> tuple[AuditEntry, ...]:
        """Oldest first."""
        ...

    async def newest_of_case(
        self,
        case_id: CaseId,
        *,
        limit: int | None = None,
        before: int | None = None,
        actions: Iterable[str] = (),
    ) -> tuple[AuditEntry, ...]:
        """The newest of them, oldest first; `before` (a number): older ones; `actions`: only
        those, and only what the case itself is the subject of."""
        ...

    async def of_case_since(
        self, case_id: CaseId, *, since: datetime, actions: Iterable[str]
    ) -> tuple[AuditEntry, ...]:
        """What happened on the case from that moment on, of these actions; oldest first."""
        ...

    async def of_subjects(self, subjects: Iterable[str]) -> tuple[AuditEntry, ...]:
        """What happened to these records, oldest first."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class DeskCase:
    """A case as a desk lists it; `last_contact_at` is aware, its local day is the reader's."""

    case: Case
    last_contact_at: datetime | None


class Desk(Protocol):
    """What lies on one colleague's desk."""

    async def to_approve(self, staff_id: StaffId, *, limit: int) -> tuple[Letter, ...]:
        """PENDING_APPROVAL or HELD, seated there as approver, not the author; soonest window
        first."""
        ...

    async def sent_back(self, staff_id: StaffId, *, limit: int) -> tuple[Letter, ...]:
        """Own letters in DRAFT, latest decision first."""
        ...

    async def cases_of(self, staff_id: StaffId, *, limit: int) -> tuple[DeskCase, ...]:
        """Cases led by or with a seat for this colleague, by alias."""
        ...


class Pulse(Protocol):
    """Heartbeats of the ticks, and when something is due next."""

    async def beat(self, tick: str, *, at: datetime) -> None: ...
    async def beats(self) -> dict[str, datetime]: ...
    async def next_due(self, *, after: datetime) -> datetime | None:
        """The earliest moment after `after` at which any row becomes due."""
        ...
