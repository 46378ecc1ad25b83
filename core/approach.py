"""How a person who has not agreed to anything may be approached (R-020 to R-029)."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from core.cases import LeadMode
from core.contacts import Contact, ContactChannel
from core.errors import CaseworkError
from core.preparation import PreCoordination, require_prepared

LINE_ONLY_REVIEW: Final = timedelta(days=90)
ON_LINE: Final = frozenset({ContactChannel.LINE_IN, ContactChannel.LINE_OUT})


class Approach(enum.StrEnum):
    """What may reach out to a person before consent (S0 第3-4(4)①イ); nothing else may."""

    LETTER_LEFT = "LETTER_LEFT"
    CARING_WORDS = "CARING_WORDS"
    MAIL_OR_CHAT = "MAIL_OR_CHAT"
    LEAFLET = "LEAFLET"
    PLACE_INFORMATION = "PLACE_INFORMATION"
    WORK_INFORMATION = "WORK_INFORMATION"
    VISIT = "VISIT"
    # Only after consent: they take part in the person's affairs.
    APPOINTMENT = "APPOINTMENT"
    GOAL = "GOAL"
    PROCEDURE = "PROCEDURE"


BEFORE_CONSENT: Final = frozenset(Approach) - {
    Approach.APPOINTMENT,
    Approach.GOAL,
    Approach.PROCEDURE,
}


class LeadNotChosen(CaseworkError):
    """Who leads is settled before anybody is approached (R-020). Facts: `allowed`."""

    rule = "R-020"


class NotBeforeConsent(CaseworkError):
    """Before consent we leave words and information, and ask for nothing (R-023).

    Facts: `allowed`.
    """

    rule = "R-023"


class LeafletUnfit(CaseworkError):
    """A leaflet meets an interest or the state of the person, or has a reason (R-026)."""

    rule = "R-026"


@dataclass(frozen=True, kw_only=True, slots=True)
class Fit:
    """Why a leaflet fits: shared tags, or a colleague's reason."""

    tags: frozenset[str]
    reason: str = ""


def require_approach(
    approach: Approach,
    *,
    lead_mode: LeadMode | None,
    preparation: PreCoordination | None,
    consented: bool,
) -> None:
    """Refuse an approach that comes too early or asks too much.

    Args:
        consented: SERVICE_USE of outreach is given now.

    Raises:
        LeadNotChosen, PreparationIncomplete, NotBeforeConsent.
    """
    if lead_mode is None:
        raise LeadNotChosen(allowed="O3 PRE_COORDINATION, O4 REFERRED_OUT")
    require_prepared(preparation)
    if not consented and approach not in BEFORE_CONSENT:
        raise NotBeforeConsent(allowed=", ".join(sorted(BEFORE_CONSENT)))


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


def line_review_due_on(
    contacts: Iterable[Contact], *, opened_on: date, reviewed_on: date | None
) -> date | None:
    """By which day a colleague looks at a case that lives on LINE alone; None where it does not.

    Ties over the network are to lead towards real support (S4 FR Ⅳ-4), so such a case gets a
    human look at most every 90 days [D, R-029].
    """
    channels = {contact.channel for contact in contacts}
    if not channels or not channels <= ON_LINE:
        return None
    return (reviewed_on or opened_on) + LINE_ONLY_REVIEW
