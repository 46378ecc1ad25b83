"""What leaves the house: pushes to LINE, each frozen, leased and keyed; and cards for Slack.

A push is written down with its exact bytes and its retry key before the first call. A crash
anywhere between claim and record leads to the same bytes under the same key, and LINE answers
409 if it has them already. That promise of LINE's ends 24 hours after the first try; past that
a person has to look.
"""

import enum
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from core.ids import CardId, CaseId, DeliveryId, LetterId, MunicipalityId, PersonId, StaffId

LEASE: Final = timedelta(seconds=30)
# LINE forgets a retry key 24 h after the first request; we stop an hour before that.
KEY_LASTS: Final = timedelta(hours=23)
CHANNEL_REST: Final = timedelta(minutes=15)
_BACKOFF_S: Final = (5, 15, 60, 300, 900, 1800, 3600)


class DeliveryState(enum.StrEnum):
    """READY and CLAIMED are active; the others are ends."""

    READY = "READY"
    CLAIMED = "CLAIMED"
    ACCEPTED = "ACCEPTED"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"
    IN_DOUBT = "IN_DOUBT"


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """One push, as it stands in the outbox.

    Attributes:
        id: UUID text; it is also the `X-Line-Retry-Key`, stored before the first call. Two pushes
            under one key would be one letter to LINE, so that the key cannot be anything else.
        request: exact bytes of the LINE request body, UTF-8 JSON; sealed where stored.
        next_at: not before; aware UTC.
        doubt_since: since when LINE may have it without our knowing; counts the 24 hours.
        reply_token: LINE's token of what the person has just said, sealed where stored: as long as
            it lasts, the words go as a reply, which no quota counts. A reply has no retry key, so
            that one whose fate is unknown is never tried again. None: it goes as a push.
        reply_until: how long the token lasts; None without one.
    """

    id: DeliveryId
    municipality_id: MunicipalityId
    letter_id: LetterId
    case_id: CaseId
    person_id: PersonId
    request: bytes
    next_at: datetime
    state: DeliveryState = DeliveryState.READY
    attempts: int = 0
    doubt_since: datetime | None = None
    reply_token: str | None = field(default=None, repr=False)
    reply_until: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Accepted:
    """LINE has it (200, or 409 with the accepted request's id). It may still not be delivered."""

    request_id: str
    already: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Refused:
    """LINE will never take this one (400, 413 ...)."""

    status: int
    detail: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ChannelClosed:
    """Nothing at all can be sent now: token refused, channel suspended, or quota used up."""

    cause: str  # "TOKEN" | "QUOTA"
    detail: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TryLater:
    """No answer, or a passing fault.

    Attributes:
        maybe_taken: LINE may have taken it (timeout, dropped connection, 5xx).
    """

    detail: str
    maybe_taken: bool


Outcome = Accepted | Refused | ChannelClosed | TryLater


def backoff(attempts: int) -> timedelta:
    """How long to wait after the given number of tries (1 and up)."""
    return timedelta(seconds=_BACKOFF_S[min(max(attempts, 1), len(_BACKOFF_S)) - 1])


def key_ran_out(since: datetime | None, *, at: datetime) -> bool:
    """Whether another try could be a second letter, since LINE has forgotten the retry key."""
    return since is not None and at - since >= KEY_LASTS


class CardKind(enum.StrEnum):
    """What a card in a colleague's Slack shows. A card is drawn from the record, each time anew."""

    APPROVAL = "APPROVAL"
    AUTHOR = "AUTHOR"
    SEND_DAY = "SEND_DAY"
    SERIES = "SERIES"
    REPLY = "REPLY"
    RECEPTION = "RECEPTION"
    CHANNEL = "CHANNEL"
    STOPPED = "STOPPED"
    GLASS = "GLASS"
    FIELD = "FIELD"
    MEETING = "MEETING"
    ANSWER_LATE = "ANSWER_LATE"
    EMERGENCY = "EMERGENCY"
    HOME = "HOME"


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """One card for one colleague: where it stands in Slack, and whether it has to be redrawn.

    Many changes before a drawing are one drawing: nothing floods after an outage.

    Attributes:
        subject_id: the letter, case or event that the card is about.
        revision: counts the changes; the card is due while it is ahead of `drawn`.
        channel, ts: where Slack has it; None until posted.
    """

    id: CardId
    municipality_id: MunicipalityId
    kind: CardKind
    subject_id: str
    staff_id: StaffId
    revision: int
    drawn: int
    next_at: datetime
    attempts: int = 0
    case_id: CaseId | None = None
    channel: str | None = None
    ts: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn:
    """Slack has the card at this place (channel and ts are None for a Home page)."""

    channel: str | None
    ts: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class NotDrawn:
    """Slack did not take it.

    Attributes:
        permanent: no use in trying again before something changes.
        retry_after: what Slack asked for, if it did.
    """

    detail: str
    permanent: bool
    retry_after: timedelta | None = None


CardOutcome = Drawn | NotDrawn
