"""終結: closing is a hand-over, not an end; and the way back stays short (R-065 to R-070)."""

import enum
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from core.days import SUNDAY, YEAR_END
from core.errors import CaseworkError
from core.ids import AgencyId
from core.programmes import Programme

SATURDAY: Final = 5


class ClosingReason(enum.StrEnum):
    """Why support may end: one reason for each programme, three that fit any (R-068)."""

    TIES_STABLE = "TIES_STABLE"
    LINKED_AND_STABLE = "LINKED_AND_STABLE"
    ISSUES_ORDERED = "ISSUES_ORDERED"
    STATE_IMPROVED = "STATE_IMPROVED"
    LINKED_TO_SPECIALIST = "LINKED_TO_SPECIALIST"
    WATCHING_IN_PLACE = "WATCHING_IN_PLACE"


class Farewell(enum.StrEnum):
    """How letters came to their end; never by silence (G-21)."""

    ANNOUNCED_THEN_LAST = "ANNOUNCED_THEN_LAST"
    TOLD_IN_PERSON = "TOLD_IN_PERSON"
    NO_LETTERS = "NO_LETTERS"


class ClosingPart(enum.StrEnum):
    """What a closing has to settle."""

    LEAD_AGENCY = "LEAD_AGENCY"
    FOLLOW_UP_METHOD = "FOLLOW_UP_METHOD"
    INFORMATION_SHARING = "INFORMATION_SHARING"


class ReopenReason(enum.StrEnum):
    """Why support begins again (S0 第3-5(3)⑤)."""

    STATE_CHANGED = "STATE_CHANGED"
    SURROUNDINGS_CHANGED = "SURROUNDINGS_CHANGED"
    UNTANGLE_AGAIN = "UNTANGLE_AGAIN"
    CONTACT_AGAIN = "CONTACT_AGAIN"


_OWN: Final = {
    Programme.PARTICIPATION: ClosingReason.TIES_STABLE,
    Programme.OUTREACH: ClosingReason.LINKED_AND_STABLE,
    Programme.MULTI_AGENCY: ClosingReason.ISSUES_ORDERED,
}
_ANY: Final = frozenset(
    {
        ClosingReason.STATE_IMPROVED,
        ClosingReason.LINKED_TO_SPECIALIST,
        ClosingReason.WATCHING_IN_PLACE,
    }
)


class NotStableYet(CaseworkError):
    """Support ends when ties are there and stable, for a reason that fits the programme.

    Facts: `allowed`, the reasons that fit.
    """

    rule = "R-066"


class HandOverOpen(CaseworkError):
    """Nothing is closed before it is settled who leads on and how (R-069).

    Facts: `missing`, parts (`ClosingPart`), comma-separated; `allowed`.
    """

    rule = "R-069"


class FarewellOpen(CaseworkError):
    """Letters do not end by silence: one says that the next is the last, then the last (G-21).

    Facts: `allowed`.
    """

    rule = "G-21"


class NextContactUnset(CaseworkError):
    """After closing somebody keeps in touch, so a day for it is set (O12, R-065)."""

    rule = "R-065"


class ReopeningUnexplained(CaseworkError):
    """Support begins again for a reason; no approval is needed (R-070). Facts: `allowed`."""

    rule = "R-070"


@dataclass(frozen=True, kw_only=True, slots=True)
class PostClosing:
    """What goes on after closing.

    Attributes:
        lead_agency_id: 主担当 from now on.
        follow_up_method: how somebody keeps in touch.
        information_sharing: how agencies keep one another informed, so that reopening is quick.
        reopening_signs: what would make us come back [I].
        ends_on: the first local day after follow-up; None leaves it open.
    """

    reason: ClosingReason
    lead_agency_id: AgencyId | None = None
    follow_up_method: str = ""
    information_sharing: str = ""
    reopening_signs: str = ""
    next_contact_on: date | None = None
    ends_on: date | None = None
    farewell: Farewell | None = None


def reasons_for(programme: Programme) -> frozenset[ClosingReason]:
    """The reasons for which support of this programme may end (R-065 to R-068)."""
    own = _OWN.get(programme)
    return _ANY if own is None else _ANY | {own}


def require_reason(post: PostClosing | None, *, programme: Programme) -> PostClosing:
    """Refuse a closing without a reason that fits the programme.

    Raises:
        NotStableYet: facts `allowed`.
    """
    reasons = reasons_for(programme)
    if post is None or post.reason not in reasons:
        raise NotStableYet(allowed=", ".join(sorted(reasons)))
    return post


def require_handed_on(post: PostClosing) -> None:
    """Refuse a closing that leaves the person with nobody (R-069).

    Raises:
        HandOverOpen: facts `missing`, `allowed`.
    """
    settled = (
        (ClosingPart.LEAD_AGENCY, bool(post.lead_agency_id)),
        (ClosingPart.FOLLOW_UP_METHOD, bool(post.follow_up_method.strip())),
        (ClosingPart.INFORMATION_SHARING, bool(post.information_sharing.strip())),
    )
    missing = [part for part, there in settled if not there]
    if missing:
        raise HandOverOpen(missing=", ".join(missing), allowed="settle these, then close")


def silent(farewell: Farewell | None, *, letters_were_sent: bool, end_made: bool) -> bool:
    """Whether letters would just stop, whatever was ticked: a farewell by letters needs the two
    letters, the one that told of the end and the last.

    Args:
        end_made: both were sent (`core.endings`).
    """
    match farewell:
        case None:
            return True
        case Farewell.NO_LETTERS:
            return letters_were_sent
        case Farewell.ANNOUNCED_THEN_LAST:
            return not end_made
        case Farewell.TOLD_IN_PERSON:
            return False


def require_farewell(post: PostClosing, *, letters_were_sent: bool, end_made: bool) -> None:
    """Refuse a closing in which letters just stop.

    Raises:
        FarewellOpen: facts `allowed`.
    """
    if silent(post.farewell, letters_were_sent=letters_were_sent, end_made=end_made):
        raise FarewellOpen(allowed=f"{Farewell.ANNOUNCED_THEN_LAST}, {Farewell.TOLD_IN_PERSON}")


def require_next_contact(post: PostClosing | None, *, today: date) -> None:
    """Refuse to leave the day of the next contact open.

    Raises:
        NextContactUnset.
    """
    if post is None or post.next_contact_on is None or post.next_contact_on < today:
        raise NextContactUnset(allowed="set a day from today on")


def with_next_contact(kept: PostClosing | None, told: PostClosing | None) -> PostClosing | None:
    """What was settled at closing, with the day of the next contact as it is told now."""
    if kept is None or told is None:
        return kept or told
    return replace(kept, next_contact_on=told.next_contact_on)


def follow_up_due(post: PostClosing, *, today: date) -> bool:
    """Whether somebody is to get in touch today."""
    over = follow_up_over(post, today=today)
    return not over and post.next_contact_on is not None and post.next_contact_on <= today


def follow_up_over(post: PostClosing, *, today: date) -> bool:
    """Whether follow-up has come to its end; consents end with it (C7)."""
    return post.ends_on is not None and today >= post.ends_on


def reopening_due(signal_on: date, *, closed_days: frozenset[date] = frozenset()) -> date:
    """By which day support has begun again: one working day after the sign of it [D, R-070]."""
    day = signal_on + timedelta(days=1)
    while (
        day.weekday() in (SATURDAY, SUNDAY)
        or day in closed_days
        or (day.month, day.day) in YEAR_END
    ):
        day += timedelta(days=1)
    return day
