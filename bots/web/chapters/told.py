"""All chapters of a case's page, in their order."""

from typing import Final

from bots.web.chapters.connections import connections, given, marks, places
from bots.web.chapters.consents import consents
from bots.web.chapters.courses import courses, emergencies
from bots.web.chapters.crisis import calls
from bots.web.chapters.meetings import meetings
from bots.web.chapters.papers import papers, plans
from bots.web.chapters.rows import WHOLE, Chapter, Voice

_ALL: Final = (
    marks,
    emergencies,
    calls,
    courses,
    papers,
    plans,
    meetings,
    connections,
    places,
    given,
    consents,
)


def chapters(voice: Voice) -> tuple[Chapter, ...]:
    """The chapters that have something to show, or say why it is fine that they have not."""
    whole = voice.story.reader.manner in WHOLE
    told = (tell(voice) for tell in _ALL)
    return tuple(one for one in told if one.rows or (whole and one.empty))
