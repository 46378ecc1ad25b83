"""The question of the day: a letter that was approved long ahead, does it still fit? (G-27, S2)

The toolkit of caring letters warns against texts that were settled weeks ago and go out by
themselves into a changed life. Such a letter (`asks_again`) goes only when a colleague has said,
on its day, that it still fits. Silence means that it does not go. It is one of a series, or a
single letter for a day that lies further off than an approval lasts.

The rule, in full:

- It is asked when the town's reading hours begin for the last time before the window opens: in the
  morning of a letter's day, on Friday for one that opens on a Saturday or at night. At most a week
  ahead.
- An answer is good until a day after it was given, or after the window opens, whichever is later,
  and never past the window. An approval within a day of the window's opening is an answer, too.
- Author and approvers may answer. Once the approval is older than approvals last (S2), only an
  approver other than the author renews it by answering; nothing else of the approval changes.
- New facts hold the letter as they hold any other, before the answer and after it (S5).
"""

from datetime import date, datetime, timedelta, tzinfo
from typing import Final, Protocol

from core.access import Action, require
from core.agencies import Role, Seat, Staff
from core.errors import CaseworkError
from core.ids import StaffId
from core.letters import Letter, LetterKind, LetterState, Reason, WindowClosed, approval_ran_out
from core.municipal_profiles.duties import began_reading, reads_next
from core.municipal_profiles.profile import ReadingHours
from core.profiles import LetterRules

ANSWER_LASTS: Final = timedelta(days=1)
ASKED_AHEAD: Final = timedelta(days=7)
# A delivery that waits for the answer is looked at again at least this often; an answer wakes it.
LOOK_AGAIN: Final = timedelta(hours=1)
# Of an approval that ends before its letter goes, colleagues are told this long before (S2).
TOLD_AHEAD: Final = timedelta(days=1)
_A_MOMENT: Final = timedelta(microseconds=1)


class NotAskedNow(CaseworkError):
    """Whether a letter still fits is answered on its day, not before (G-27)."""

    rule = "G-27"


class ApproverAnswers(CaseworkError):
    """The approval has grown old: that the letter still fits is for an approver to say (S2)."""

    rule = "S2"


class Asked(Protocol):
    """Of a letter, what the question goes by."""

    @property
    def author_id(self) -> StaffId: ...
    @property
    def opens_at(self) -> datetime: ...
    @property
    def closes_at(self) -> datetime: ...
    @property
    def approved_at(self) -> datetime | None: ...
    @property
    def asks_again(self) -> bool: ...
    @property
    def confirmed_at(self) -> datetime | None: ...
    @property
    def confirmed_by(self) -> StaffId | None: ...


def asks_on_its_day(letter: Letter, *, at: datetime, rules: LetterRules) -> bool:
    """Whether the letter is asked about on its day: an approval of today would not last till then.

    Once so, always so: what was settled long ahead stays a text of long ago.
    """
    ahead = letter.opens_at - at >= rules.approval_lasts
    return letter.asks_again or (ahead and letter.kind is not LetterKind.REPLY)


def answered_at(letter: Asked) -> datetime | None:
    """When somebody last said that it fits its day; None while nobody has."""
    confirmed, approved = letter.confirmed_at, letter.approved_at
    if confirmed is not None and letter.opens_at - confirmed <= ASKED_AHEAD:
        return confirmed
    if approved is not None and answers(approved, opens_at=letter.opens_at):
        return approved
    return None


def answers(approved_at: datetime, *, opens_at: datetime) -> bool:
    """Whether an approval at this moment says by itself that the letter fits its day."""
    return opens_at - approved_at <= ANSWER_LASTS


def still_fits(letter: Asked, *, at: datetime, lasts: timedelta) -> bool:
    """Whether the letter may go as far as the question of the day is concerned.

    Args:
        lasts: how long an approval lasts (S2).
    """
    if not letter.asks_again:
        return True
    said = answered_at(letter)
    if said is None or at >= max(said, letter.opens_at) + ANSWER_LASTS:
        return False
    if approval_ran_out(letter.approved_at, at=at, lasts=lasts):
        return letter.confirmed_by is not None and letter.confirmed_by != letter.author_id
    return True


def reason_of_closing(letter: Asked, *, scheduled: bool, lasts: timedelta) -> Reason:
    """Why a letter whose window has closed did not go: nobody said that it fits, or another.

    Args:
        scheduled: it was approved; one that still waited for that was not asked about.
    """
    unanswered = not still_fits(letter, at=letter.closes_at - _A_MOMENT, lasts=lasts)
    return Reason.NOT_CONFIRMED if scheduled and unanswered else Reason.WINDOW_CLOSED


def asked_until(
    at: datetime, *, tz: tzinfo, hours: ReadingHours, closed_days: frozenset[date]
) -> datetime:
    """Letters whose windows open before this moment are asked about at `at`."""
    next_hours = reads_next(hours, at, tz=tz, closed_days=closed_days)
    return min(next_hours, at + ASKED_AHEAD)


def asked_from(
    opens_at: datetime, *, tz: tzinfo, hours: ReadingHours, closed_days: frozenset[date]
) -> datetime:
    """From when on a letter with this window is asked about (the converse of `asked_until`)."""
    began = began_reading(hours, opens_at, tz=tz, closed_days=closed_days)
    return max(began, opens_at - ASKED_AHEAD + _A_MOMENT)


def answering_role(staff: Staff, letter: Letter, seats: tuple[Seat, ...]) -> Role:
    """In which role a colleague answers: as the author, or as an approver on the case.

    Raises:
        NotActive, NotYours.
    """
    own = letter.author_id == staff.id
    action = Action.WRITE_LETTER if own else Action.APPROVE_LETTER
    return require(staff, action, case_id=letter.case_id, seats=seats).role


def require_answerable(
    letter: Letter, *, by: StaffId, at: datetime, until: datetime, lasts: timedelta
) -> None:
    """Refuse an answer before its day, after it, or by the author of a letter long approved.

    Args:
        until: see `asked_until`.

    Raises:
        NotAskedNow: G-27. WindowClosed: S4. ApproverAnswers: S2.
    """
    if at >= letter.closes_at:
        raise WindowClosed()
    if not is_open(letter, until=until):
        raise NotAskedNow()
    if letter.author_id == by and approval_ran_out(letter.approved_at, at=at, lasts=lasts):
        raise ApproverAnswers()


def is_open(letter: Letter, *, until: datetime) -> bool:
    """Whether the question about this letter is being asked."""
    return letter.asks_again and letter.state is LetterState.SCHEDULED and letter.opens_at < until
