"""What several pages of the person show: how letters come now."""

import enum
from datetime import datetime

from core.people import LineLink, LinkState


class Standing(enum.StrEnum):
    """How letters come now; ELSEWHERE: not over LINE."""

    COMING = "coming"
    RESTING = "resting"
    STOPPED = "stopped"
    ELSEWHERE = "elsewhere"


def standing_of(link: LineLink | None, *, at: datetime) -> tuple[Standing, datetime | None]:
    """How letters come, and until when they rest."""
    if link is None or link.state in {LinkState.BLOCKED, LinkState.UNLINKED}:
        return Standing.ELSEWHERE, None
    if link.state is LinkState.UNLINKED_BY_PERSON:
        return Standing.STOPPED, None
    if link.state is LinkState.PAUSED and not link.reachable(at):
        return Standing.RESTING, link.paused_until
    return Standing.COMING, None
