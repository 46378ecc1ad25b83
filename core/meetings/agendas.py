"""A sitting that is still on its way, as its place in the town's calendar tells it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from core.ids import PersonId
from core.meetings.ids import BodyId, ItemId, MeetingId, ParticipantId
from core.meetings.items import AgendaPurpose
from core.meetings.sittings import Meeting, MeetingMode, MeetingState


@dataclass(frozen=True, kw_only=True, slots=True)
class AgendaLine:
    """One item whose case the reader may know of.

    Attributes:
        alias: of its case, "" where it concerns none.
        at_home: whom it is about.
    """

    item_id: ItemId
    purpose: AgendaPurpose
    alias: str = ""
    at_home: frozenset[PersonId] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Sitting:
    """A sitting without a word of what it is about.

    Attributes:
        bodies: before which its items come, in the order of the agenda.
        begins_at: None while there is no date; `mode` says whether one meets at screens then.
        count: how many items stand on the agenda.
        lines: those of them that the reader may know of.
        away: who said that they do not come.
    """

    id: MeetingId
    version: int
    state: MeetingState
    bodies: tuple[BodyId, ...]
    begins_at: datetime | None
    count: int
    mode: MeetingMode = MeetingMode.IN_PERSON
    lines: tuple[AgendaLine, ...] = ()
    invited: frozenset[ParticipantId] = frozenset()
    away: frozenset[ParticipantId] = frozenset()


def sitting_of(meeting: Meeting, lines: Iterable[AgendaLine] = ()) -> Sitting:
    """The sitting, with these lines of its agenda."""
    grounds = [item.ground for item in meeting.live if item.ground is not None]
    return Sitting(
        id=meeting.id,
        version=meeting.version,
        state=meeting.state,
        bodies=tuple(dict.fromkeys(ground.body_id for ground in grounds)),
        begins_at=min((block.begins_at for block in meeting.blocks), default=None),
        count=len(meeting.live),
        mode=meeting.mode,
        lines=tuple(lines),
        invited=meeting.invited,
        away=frozenset(one.participant_id for one in meeting.answers if not one.comes),
    )
