"""How a match begins: somebody is told of a place, in words that are there (R-064, R-051)."""

from collections.abc import Iterable
from datetime import datetime

from core.audit import AuditEvent
from core.errors import CaseworkError
from core.ids import StaffId
from core.resources import Match, MatchMoved


class AlreadyProposed(CaseworkError):
    """The person is on the way with this place; its steps go on there. Facts: `allowed`."""

    rule = "R-064"


class PlaceUnnamed(CaseworkError):
    """A place, or what is lacking, is put into words. Facts: `allowed`."""

    rule = "R-051"


def require_named(words: str) -> str:
    """The words, without blanks around them.

    Raises:
        PlaceUnnamed: there are none.
    """
    if not words.strip():
        raise PlaceUnnamed(allowed="SAY_WHAT")
    return words.strip()


def propose(
    match: Match, *, known: Iterable[Match], by: StaffId, role: str, at: datetime
) -> MatchMoved:
    """The first step: the person was told of the place.

    Args:
        known: the matches of this case.

    Raises:
        AlreadyProposed: with this place they are on their way; an ended tie is taken up there.
    """
    if any((m.person_id, m.place_id) == (match.person_id, match.place_id) for m in known):
        raise AlreadyProposed(allowed="MOVE_MATCH")
    event = AuditEvent(
        action="match.told_of",
        at=at,
        actor=by,
        role=role,
        subject=match.id,
        case_id=match.case_id,
        now=match.state.value,
        evidence=(f"place={match.place_id}",),
    )
    return MatchMoved(match=match, event=event)
