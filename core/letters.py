"""A letter's stages, and what an approval binds (DOMAIN §3.6).

An approval binds the exact words, the person, the channel, the window and the consent by one
hash. Whoever wants to send recomputes the hash from the rows as they are now; any difference
kills the approval.
"""

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from core.errors import CaseworkError
from core.ids import (
    CaseId,
    LetterId,
    MunicipalityId,
    NoticeId,
    PersonId,
    SeriesId,
    StaffId,
)


class LetterKind(enum.StrEnum):
    """Before consent only these reach a person (R-023)."""

    FIRST = "FIRST"
    CHECK_IN = "CHECK_IN"
    LEAFLET = "LEAFLET"
    SEASON = "SEASON"
    REPLY = "REPLY"
    # One of many in a disaster, by the municipality alone (R-087, core.notices).
    NOTICE = "NOTICE"
    # An end is told one letter ahead, then made (G-21).
    PRE_LAST = "PRE_LAST"
    LAST = "LAST"
    # Pre-approved by name and version, not letter by letter (INTERFACES §6).
    ACKNOWLEDGEMENT = "ACKNOWLEDGEMENT"


ENDS: Final = frozenset({LetterKind.PRE_LAST, LetterKind.LAST})


class LetterState(enum.StrEnum):
    """The stages S1 to S7."""

    DRAFT = "DRAFT"
    LINTED = "LINTED"
    PENDING_APPROVAL = "PENDING_APPROVAL"
    APPROVED = "APPROVED"
    SCHEDULED = "SCHEDULED"
    HELD = "HELD"
    SENT = "SENT"
    FAILED = "FAILED"
    UNREACHABLE = "UNREACHABLE"
    CANCELLED = "CANCELLED"


class Reason(enum.StrEnum):
    """Why a letter was held, cancelled, or did not get through. The fronts have the sentences."""

    NEW_FACT = "NEW_FACT"
    PERSON_NEEDED = "PERSON_NEEDED"
    CONSENT_CHANGED = "CONSENT_CHANGED"
    CASE_CHANGED = "CASE_CHANGED"
    APPROVER_LEFT = "APPROVER_LEFT"
    BINDING_BROKEN = "BINDING_BROKEN"
    APPROVAL_EXPIRED = "APPROVAL_EXPIRED"
    WINDOW_CLOSED = "WINDOW_CLOSED"
    STOPPED_BY_PERSON = "STOPPED_BY_PERSON"
    RESTING = "RESTING"
    BLOCKED = "BLOCKED"
    NOT_LINKED = "NOT_LINKED"
    CASE_RESTS = "CASE_RESTS"
    DECEASED = "DECEASED"
    PUSHES_STOPPED = "PUSHES_STOPPED"
    TOO_SOON = "TOO_SOON"
    LEAFLET_OVER = "LEAFLET_OVER"
    LEAFLET_CHANGED = "LEAFLET_CHANGED"
    WITHDRAWN_BY_STAFF = "WITHDRAWN_BY_STAFF"
    REFUSED_BY_LINE = "REFUSED_BY_LINE"
    NO_CERTAINTY = "NO_CERTAINTY"
    NOT_CONFIRMED = "NOT_CONFIRMED"
    LINK_UNCONFIRMED = "LINK_UNCONFIRMED"
    SHARED_PHONE = "SHARED_PHONE"
    LEFT_OUT = "LEFT_OUT"
    LINE_MODE = "LINE_MODE"
    QUOTA_FULL = "QUOTA_FULL"
    WISHED_LESS = "WISHED_LESS"
    WISHED_TIMES = "WISHED_TIMES"
    WISHED_WORDS = "WISHED_WORDS"
    # The town took back that such words may stand with a reason (core.excuses).
    EXCUSE_GONE = "EXCUSE_GONE"
    # The last letter goes only after one that told of it (G-21).
    END_UNTOLD = "END_UNTOLD"


ANSWER_KEY: Final = "answer:"
"""How the command key of a letter begins that carries a colleague's answer; its id follows."""

_S = LetterState
UNSENT: Final = frozenset(
    {_S.DRAFT, _S.LINTED, _S.PENDING_APPROVAL, _S.APPROVED, _S.SCHEDULED, _S.HELD}
)
MOVES: Final[dict[LetterState, frozenset[LetterState]]] = {
    _S.DRAFT: frozenset({_S.LINTED, _S.CANCELLED}),
    _S.LINTED: frozenset({_S.PENDING_APPROVAL, _S.DRAFT, _S.CANCELLED}),
    _S.PENDING_APPROVAL: frozenset({_S.APPROVED, _S.DRAFT, _S.CANCELLED}),
    _S.APPROVED: frozenset({_S.SCHEDULED, _S.HELD, _S.CANCELLED}),
    _S.SCHEDULED: frozenset({_S.SENT, _S.HELD, _S.CANCELLED, _S.FAILED, _S.UNREACHABLE}),
    _S.HELD: frozenset({_S.PENDING_APPROVAL, _S.DRAFT, _S.CANCELLED}),
    _S.SENT: frozenset(),
    _S.FAILED: frozenset(),
    _S.UNREACHABLE: frozenset(),
    _S.CANCELLED: frozenset(),
}


class KindNotWritten(CaseworkError):
    """Acknowledgements are approved as texts, by name; nobody writes one by hand (R-023)."""

    rule = "R-023"


class NotByTheMunicipality(CaseworkError):
    """Bulk notices in a disaster or epidemic come from the municipality alone.

    Facts: `allowed`.
    """

    rule = "R-087"


class NothingToAnswer(CaseworkError):
    """An answer needs something that the person said within the last 30 days (G-03)."""

    rule = "G-03"


class NotFromHere(CaseworkError):
    """This step is not open at the letter's present stage. Facts: `state`, `to`."""

    rule = "S1"


class WindowUnfit(CaseworkError):
    """The window is empty, past, or holds no hour in which a letter may arrive (G-05)."""

    rule = "G-05"


class ReadAgainFirst(CaseworkError):
    """Something new came in after the letter was shown; it has to be read in that light (S5)."""

    rule = "S5"


class WindowClosed(CaseworkError):
    """The time for this letter is over; it is not sent late."""

    rule = "S4"


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """A letter to one person.

    Attributes:
        body: the exact words; sealed where stored.
        alt_text: what a lock screen shows in place of the words; "" when the words themselves
            show there (a plain text message).
        author_id: the member of staff whose words these are.
        opens_at, closes_at: the window, half-open, aware UTC: not before, and dropped after.
        bound_hash: what the approval binds (`binding_hash`), hex; None while not approved.
        approved_facts: how many facts the case had when it was approved.
        decided_by, decided_at: who last approved, confirmed, returned or stopped it, and when.
        asks_again: approved long ahead, as in a series: on its day it goes only when somebody
            has said that it still fits (`core.send_day`).
        asked_at: when colleagues were last asked to look at it once more.
        confirmed_at, confirmed_by: when somebody said so, and who; both or neither.
        self_approved_reason: why its author approved it, where the town allows that
            (`core.approvals`); staff words, sealed where stored. None where a second person did.
        former_body, former_alt_text: the words as they were before the author changed them last;
            None where nothing was changed.
        rewritten_at: when that was.
        acknowledges: name and version of the pre-approved text, for acknowledgements only.
        template: name and version of the text that it was written from; None for own words.
        season: id of the season's phrase in it.
        excuse: why the author lets words stand that the wording check blocks; staff words, sealed
            where stored. None where nothing blocks.
        excused: the codes that it is about: those the author handed in, then those the approver
            read and accepted.
        passes_pace: of a notice whose occasion lets the distance to other letters give way (G-03,
            R-087); it counts for the letters after it.
    """

    id: LetterId
    municipality_id: MunicipalityId
    case_id: CaseId
    person_id: PersonId
    kind: LetterKind
    body: str
    author_id: StaffId
    opens_at: datetime
    closes_at: datetime
    state: LetterState
    created_at: datetime
    alt_text: str = ""
    version: int = 1
    reason: Reason | None = None
    note: str = ""
    approved_by: StaffId | None = None
    approved_at: datetime | None = None
    approved_facts: int | None = None
    bound_hash: str | None = None
    decided_by: StaffId | None = None
    decided_at: datetime | None = None
    sent_at: datetime | None = None
    line_request_id: str | None = None
    acknowledges: str | None = None
    command_key: str | None = None
    asks_again: bool = False
    asked_at: datetime | None = None
    confirmed_at: datetime | None = None
    confirmed_by: StaffId | None = None
    template: str | None = None
    season: str | None = None
    self_approved_reason: str | None = None
    former_body: str | None = None
    former_alt_text: str | None = None
    rewritten_at: datetime | None = None
    excuse: str | None = None
    excused: frozenset[str] = frozenset()
    passes_pace: bool = False

    @property
    def written_at(self) -> datetime:
        """When the words were written as they stand."""
        return self.rewritten_at or self.created_at

    @property
    def self_approved(self) -> bool:
        """Whether its own author approved it."""
        return self.self_approved_reason is not None

    @property
    def series_id(self) -> SeriesId | None:
        """The series that it belongs to; its key says so, and makes each step one letter."""
        kind, _, rest = (self.command_key or "").partition(":")
        return SeriesId(rest.partition(":")[0]) if kind == "series" else None

    @property
    def answers(self) -> bool:
        """Whether it carries what a colleague answered in a conversation (`core.answers`)."""
        return (self.command_key or "").startswith(ANSWER_KEY)

    @property
    def notice_id(self) -> NoticeId | None:
        """The notice to many that it is one of; its key says so, one for each person."""
        return notice_in(self.command_key)

    @property
    def cards(self) -> tuple[str, ...]:
        """What cards that show this letter are about: itself, the series or the notice that it
        belongs to, and of an answer its case, whose card says whether it is late (G-15)."""
        case_id = self.case_id if self.kind is LetterKind.REPLY else None
        about = (self.id, self.series_id, self.notice_id, case_id)
        return tuple(one for one in about if one is not None)

    @property
    def lock_screen(self) -> str:
        """What the phone's lock screen will show of it."""
        return self.alt_text or self.body


class Origin(NamedTuple):
    """What a letter's words were written from; nothing for own words.

    Attributes:
        template: name and version. season: id of the season's phrase in it.
    """

    template: str | None = None
    season: str | None = None


OWN_WORDS: Final = Origin()
WRITTEN_KINDS: Final = tuple(
    kind for kind in LetterKind if kind not in (LetterKind.ACKNOWLEDGEMENT, LetterKind.NOTICE)
)
"""What a colleague writes to one person."""


def notice_key(notice_id: NoticeId, person_id: PersonId) -> str:
    """The key of one person's letter of a notice: there is one, whatever is pressed twice."""
    return f"notice:{notice_id}:{person_id}"


def notice_in(command_key: str | None) -> NoticeId | None:
    """The notice that a letter's key names, if it names one."""
    kind, _, rest = (command_key or "").partition(":")
    return NoticeId(rest.partition(":")[0]) if kind == "notice" else None


def require_move(letter: Letter, to: LetterState) -> None:
    """Refuse a step that the table of stages does not have.

    Raises:
        NotFromHere: there is no such step from the letter's present stage.
    """
    if to not in MOVES[letter.state]:
        raise NotFromHere(state=letter.state.value, to=to.value)


def require_written_kind(kind: LetterKind) -> None:
    """Refuse a kind of letter that no colleague writes.

    An acknowledgement passes by pace and sending hours, since it answers what the person has
    just done; a letter of one's own may not take that way.

    Raises:
        KindNotWritten: it is an acknowledgement.
        NotByTheMunicipality: it is of a notice to many.
    """
    if kind is LetterKind.ACKNOWLEDGEMENT:
        raise KindNotWritten()
    if kind is LetterKind.NOTICE:
        raise NotByTheMunicipality(allowed="ask_municipal_officer,letters_one_by_one")


def approval_ran_out(approved_at: datetime | None, *, at: datetime, lasts: timedelta) -> bool:
    """Whether the approval is older than it may be (S2)."""
    return approved_at is not None and at - approved_at >= lasts
