"""Ports of letters, of what leaves and of what is drawn: letters, outbox, cards."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import NamedTuple, Protocol

from core.cases import Case
from core.ids import CaseId, DeliveryId, LetterId, NoticeId, PersonId, SeriesId, StaffId
from core.letters import Letter
from core.notices import Notice
from core.outbox import Card, CardKind, CardOutcome, Delivery, DeliveryState
from core.people import NO_WISHES, LetterWishes
from core.recheck import Situation
from core.series import Series


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """Letters to one person.

    Attributes:
        moments: when each was sent, or opens, ascending.
    """

    moments: tuple[datetime, ...]


class SentLetter(NamedTuple):
    """A letter that LINE accepted."""

    letter_id: LetterId
    case_id: CaseId


class Letters(Protocol):
    """Letters."""

    async def get(self, letter_id: LetterId) -> Letter:
        """Raises: NotFound."""
        ...

    async def of_ids(self, letter_ids: Iterable[LetterId]) -> dict[LetterId, Letter]:
        """Those of these that are there, with one question however many there are."""
        ...

    async def by_command(self, command_key: str) -> Letter | None: ...
    async def add(self, letter: Letter) -> bool:
        """Whether it is new; False when its command key was there already."""
        ...

    async def change(self, letter: Letter, *, version: int) -> bool: ...
    async def unsent_of_person(self, person_id: PersonId) -> tuple[Letter, ...]: ...
    async def scheduled_on(self, cases: Iterable[Case], *, before: datetime) -> tuple[Letter, ...]:
        """What is to leave on these cases and opens before that moment, soonest first."""
        ...

    async def of_case(
        self, case_id: CaseId, *, limit: int | None = 500, before: str | None = None
    ) -> tuple[Letter, ...]:
        """Newest first; `before` (an id): older ones."""
        ...

    async def overdue(self, *, at: datetime, limit: int) -> tuple[Letter, ...]:
        """Unsent letters (no drafts) whose window has closed and that are not on their way."""
        ...

    async def to_ask_again(
        self, *, opening_before: datetime, at: datetime, limit: int
    ) -> tuple[Letter, ...]:
        """SCHEDULED letters to be looked at again on their day, whose windows open before then
        and have not closed: not asked about yet, or answered more than a day ago while the
        window has been open as long; those that open first come first."""
        ...

    async def opens_unasked(self, *, after: datetime) -> datetime | None:
        """When the first window opens, after then, of a SCHEDULED letter that is still to be
        asked about."""
        ...

    async def approvals_ending(
        self, *, approved_before: datetime, lasts: timedelta, told: bool, limit: int
    ) -> tuple[Letter, ...]:
        """SCHEDULED letters that are not asked about on their day, approved at that moment or
        before, whose windows stay open longer than an approval lasts; oldest approval first.

        Args:
            lasts: how long an approval lasts.
            told: those whose approvers were told (`asked_at`), or those not yet.
        """
        ...

    async def oldest_approval(self, *, lasts: timedelta, told: bool) -> datetime | None:
        """When the oldest approval of those was given."""
        ...

    async def pace(
        self, person_id: PersonId, *, at: datetime, but: LetterId, take_every: int = 1
    ) -> Pace:
        """What this person has been sent, and is going to be sent, apart from acknowledgements
        and replies: counted are SENT letters of the 30 days before `at` (`take_every` times as
        many, as the person wishes), those given up as uncertain in that time (they may stand on
        the phone), and SCHEDULED ones."""
        ...

    async def sent_since(self, person_id: PersonId, *, since: datetime) -> tuple[datetime, ...]:
        """When this person was sent letters after that moment, or may have been, ascending;
        acknowledgements and replies apart."""
        ...

    async def said_to(
        self, person_id: PersonId, *, since: datetime, but: LetterId | None
    ) -> tuple[str, ...]:
        """The words of letters that were sent to this person since then, may have been, or wait
        to be sent, but of one; replies and acknowledgements apart."""
        ...

    async def written_to(self, person_id: PersonId, *, since: datetime) -> tuple[Letter, ...]:
        """Letters whose words this person has read since then or is going to read (G-04):
        SENT ones, those given up as uncertain, and unsent ones. Not acknowledgements and sent
        replies, which answer and may say the same again."""
        ...

    async def sent_without_approval(self) -> tuple[LetterId, ...]:
        """Letters that left (SENT, or handed to LINE at least once) without an approver who is
        not the author, or without an approval event of that approver in the trail. An own
        author counts where a reason is kept and the event says so (`core.approvals`)."""
        ...

    async def sent_self_approved(self) -> int:
        """How many letters left that their own author had approved."""
        ...


class SeriesBook(Protocol):
    """Series of letters."""

    async def get(self, series_id: SeriesId) -> Series:
        """Raises: NotFound."""
        ...

    async def running_of_person(self, person_id: PersonId) -> Series | None: ...
    async def of_case(self, case_id: CaseId) -> tuple[Series, ...]:
        """Newest first."""
        ...

    async def due(self, *, at: datetime, limit: int) -> tuple[Series, ...]:
        """Running ones that are to be looked at, the longest due first."""
        ...

    async def look_again(self, person_id: PersonId, *, at: datetime) -> None:
        """This person's running series is due a moment later."""
        ...

    async def add(self, series: Series) -> bool:
        """Whether it is new; False when its command key was there already."""
        ...

    async def change(self, series: Series, *, version: int) -> bool: ...


class Notices(Protocol):
    """Notices to many."""

    async def get(self, notice_id: NoticeId) -> Notice:
        """Raises: NotFound."""
        ...

    async def by_command(self, command_key: str) -> Notice | None: ...
    async def all(self) -> tuple[Notice, ...]:
        """Newest first."""
        ...

    async def letters(self, notice_id: NoticeId) -> tuple[Letter, ...]:
        """Every letter of it, one for each person, by id."""
        ...

    async def add(self, notice: Notice) -> bool:
        """Whether it is new; False when its command key was there already."""
        ...

    async def change(self, notice: Notice, *, version: int) -> bool: ...


class Due(NamedTuple):
    """A delivery that is due, with everything its second look needs.

    Attributes:
        wakes, sleeps: the person's own hours, local time, if there are any.
        reply_token, reply_until: where it may go as a reply, and until when.
        notice_id: the notice to many that the letter is one of, if it is.
        wishes: what else the person wishes of letters.
    """

    delivery_id: DeliveryId
    case_id: CaseId
    attempts: int
    situation: Situation
    wakes: time | None
    sleeps: time | None
    reply_token: str | None = None
    reply_until: datetime | None = None
    notice_id: NoticeId | None = None
    wishes: LetterWishes = NO_WISHES


class Claim(NamedTuple):
    """A delivery that this loop has won.

    Attributes:
        request: exact bytes of the LINE request body.
        attempts: this one counted.
        lease: opaque; only the holder of the same lease may record the outcome.
        doubt_before: what `doubt_since` was before this claim.
        leaflet: whether the letter carries one.
        reply_token: with which it goes as a reply; None: as a push.
        notice_id: the notice to many that the letter is one of, if it is.
    """

    delivery_id: DeliveryId
    letter_id: LetterId
    case_id: CaseId
    request: bytes
    attempts: int
    lease: str
    doubt_before: datetime | None
    leaflet: bool = False
    reply_token: str | None = None
    notice_id: NoticeId | None = None

    @property
    def retry_key(self) -> str:
        """`X-Line-Retry-Key`."""
        return self.delivery_id


class Settled(NamedTuple):
    """Where a claimed delivery goes: its end, or READY again at `next_at`.

    Attributes:
        lease: under which it was claimed.
        request_id: LINE's, of an ACCEPTED one.
    """

    delivery_id: DeliveryId
    letter_id: LetterId
    lease: str
    state: DeliveryState
    next_at: datetime
    doubt_since: datetime | None
    request_id: str = ""


class Recorded(NamedTuple):
    """Which deliveries were recorded, and which letters became SENT by it."""

    deliveries: set[DeliveryId]
    sent: set[LetterId]


class Outbox(Protocol):
    """Pushes to LINE."""

    async def add(self, delivery: Delivery) -> None: ...
    async def of_letter(self, letter_id: LetterId) -> Delivery | None: ...
    async def withdraw(self, letter_id: LetterId) -> bool:
        """Take a READY delivery back; False when there is none, or it is on its way."""
        ...

    async def bring_forward(self, letter_id: LetterId, *, to: datetime) -> bool:
        """A READY delivery is looked at from `to` on, or earlier where it was due already; False
        when there is none, or it is on its way. Who asks for it holds it until the transaction
        ends."""
        ...

    async def due(self, *, at: datetime, limit: int) -> Sequence[Due]:
        """READY and due, or CLAIMED with the lease run out; oldest first.

        While one delivery to a person is claimed, or may have been taken without our knowing,
        no other to that person is due; loops on one database take turns at this call until
        their transaction ends.
        """
        ...

    async def lease(
        self, deliveries: Sequence[DeliveryId], *, lease: str, at: datetime, until: datetime
    ) -> set[DeliveryId]:
        """Claim them: state, lease, attempts + 1, doubt_since where not yet set. Which were
        won."""
        ...

    async def put_off(self, waits: Sequence[tuple[DeliveryId, datetime]]) -> None:
        """READY again, not before the given time."""
        ...

    async def end(self, ends: Sequence[tuple[DeliveryId, DeliveryState]]) -> None:
        """End deliveries that no lease holds (withdrawn or in doubt at the second look)."""
        ...

    async def as_pushes(self, deliveries: Sequence[DeliveryId]) -> None:
        """These go as pushes from now on, whatever reply token they had."""
        ...

    async def on_their_way(self, *, at: datetime) -> int:
        """How many pushes a loop holds at that moment, whose outcome is not recorded; replies are
        none."""
        ...

    async def reserved(self, *, before: datetime) -> int:
        """How many pushes are to leave before that moment; replies are none."""
        ...

    async def settle(self, results: Sequence[Settled], *, at: datetime) -> Recorded:
        """Record outcomes of claimed deliveries, only those still under their lease; SCHEDULED
        letters of the ACCEPTED ones become SENT."""
        ...


class Cards(Protocol):
    """Cards in colleagues' Slack."""

    async def touch(
        self,
        kind: CardKind,
        subject_id: str,
        staff_ids: Iterable[StaffId],
        *,
        at: datetime,
        case_id: CaseId | None = None,
    ) -> None:
        """Make sure that these colleagues have this card, and that it is drawn anew."""
        ...

    async def redraw(self, subject_ids: Sequence[str], *, at: datetime) -> None:
        """Draw every existing card about these subjects anew."""
        ...

    async def due(self, *, at: datetime, limit: int, until: datetime) -> tuple[Card, ...]:
        """Cards ahead of their drawing; each is leased (its next_at moves to `until`)."""
        ...

    async def settle(self, card: Card, outcome: CardOutcome, *, next_at: datetime) -> None:
        """Record a drawing of `card.revision`, or put the next try to `next_at`."""
        ...

    async def get(self, kind: CardKind, subject_id: str, staff_id: StaffId) -> Card: ...
