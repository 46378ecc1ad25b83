"""What several pages of the person show: how letters come now."""

import enum
from datetime import datetime

from core.people import LineLink, LinkState


class LettersNow(enum.StrEnum):
    """How letters come now; ELSEWHERE: not over LINE."""

    COMING = "coming"
    RESTING = "resting"
    STOPPED = "stopped"
    ELSEWHERE = "elsewhere"


def standing_of(link: LineLink | None, *, at: datetime) -> tuple[LettersNow, datetime | None]:
    """How letters come, and until when they rest."""
    if link is None or link.state in {LinkState.BLOCKED, LinkState.UNLINKED}:
        return LettersNow.ELSEWHERE, None
    if link.state is LinkState.UNLINKED_BY_PERSON:
        return LettersNow.STOPPED, None
    if link.state is LinkState.PAUSED and not link.reachable(at):
        return LettersNow.RESTING, link.paused_until
    return LettersNow.COMING, None
