"""What LINE told us, in our own words. The raw original is kept beside it."""

from dataclasses import dataclass, field
from datetime import datetime

from core.ids import LineEventId, MunicipalityId
from core.media import SentMedia
from core.replies import Press, ReplyKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """The person wrote, or sent a sticker, a picture, a place ...

    Attributes:
        text: the words; for a sticker its keywords, for a place its name and address; "" when
            there is nothing to show before the content is fetched.
        media: what is to be fetched, where there is something.
    """

    kind: ReplyKind
    text: str
    message_id: str | None
    media: SentMedia | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Pressed:
    """A button under a letter was pressed."""

    press: Press


@dataclass(frozen=True, kw_only=True, slots=True)
class Unsent:
    """The person took a message back; it must be gone everywhere."""

    message_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Followed:
    """The account was added, or unblocked (LINE says: not fully accurate)."""

    unblocked: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Unfollowed:
    """The account was blocked."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NotUnderstood:
    """An event of a kind or shape that we do not read; it goes to the visible tray."""

    kind: str


Meaning = Said | Pressed | Unsent | Followed | Unfollowed | NotUnderstood


@dataclass(frozen=True, kw_only=True, slots=True)
class LineEvent:
    """One event, read.

    Attributes:
        event_key: LINE's webhookEventId; unique. Without one, a key made from the content.
        line_user_id: the sender; None where LINE does not say.
        occurred_at: LINE's own time of the event; None where it cannot be read.
        reply_token: with which it can be replied to for a minute; None where LINE gave none.
    """

    event_key: str
    occurred_at: datetime | None
    line_user_id: str | None
    meaning: Meaning
    reply_token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptEvent:
    """One event as it was stored: its raw JSON (sealed), not yet necessarily understood.

    Attributes:
        kind: what it was taken for; "" while it waits.
        message_id: LINE's id of the message in it, by which it is erased when taken back.
    """

    id: LineEventId
    municipality_id: MunicipalityId
    event_key: str
    received_at: datetime
    raw: bytes
    attempts: int = 0
    kind: str = ""
    message_id: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptWebhook:
    """One POST as it came in, signature good, body not yet split into events."""

    id: str
    received_at: datetime
    body: bytes
