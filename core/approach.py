"""How a person who has not agreed to anything may be approached (R-020 to R-029)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from core.contacts import ContactChannel
from core.errors import CaseworkError

LINE_ONLY_REVIEW: Final = timedelta(days=90)
ON_LINE: Final = frozenset({ContactChannel.LINE_IN, ContactChannel.LINE_OUT})


class LeadNotChosen(CaseworkError):
    """Who leads is settled before anybody is approached (R-020). Facts: `allowed`."""

    rule = "R-020"


class LeafletUnfit(CaseworkError):
    """A leaflet meets an interest or the state of the person, or has a reason (R-026)."""

    rule = "R-026"


@dataclass(frozen=True, kw_only=True, slots=True)
class Fit:
    """Why a leaflet fits: shared tags, or a colleague's reason."""

    tags: frozenset[str]
    reason: str = ""


def require_leaflet_fits(
    tags: frozenset[str], *, interests: Iterable[str], reason: str = ""
) -> Fit:
    """Why this leaflet goes to this person.

    Args:
        tags: the leaflet's topics.
        interests: what is recorded of the person's interests and state.
        reason: a colleague's, where nothing matches.

    Raises:
        LeafletUnfit.
    """
    shared = tags & frozenset(interests)
    if not shared and not reason.strip():
        raise LeafletUnfit(allowed="choose by interest, or say why it fits")
    return Fit(tags=shared, reason=reason)


def interests_named(body: str, *, interests: Iterable[str]) -> frozenset[str]:
    """The recorded interests that a letter's words name."""
    return frozenset(interest for interest in interests if interest and interest in body)


def line_review_due_on(*, opened_on: date, reviewed_on: date | None) -> date:
    """By which day a colleague looks at a case that lives on LINE alone.

    Ties over the network are to lead towards real support (S4 FR Ⅳ-4), so such a case gets a
    human look at most every 90 days [D, R-029]. Which cases these are, the log of contacts says.
    """
    return (reviewed_on or opened_on) + LINE_ONLY_REVIEW
