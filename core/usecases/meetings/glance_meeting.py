"""Glance at a meeting to which one was called: when, how, and by which aliases of cases."""

import enum
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final

from core.access import Action, NotActive, NotYours
from core.ids import CaseId, StaffId
from core.meetings.bodies import Participant
from core.meetings.circles import circle_of
from core.meetings.ids import MeetingId
from core.meetings.items import AgendaItem
from core.meetings.sittings import Meeting, MeetingMode, MeetingState
from core.meetings.situation import Situation
from core.ports import UnitOfWork
from core.situations import situation_of

_S = MeetingState
_OVER: Final = frozenset({_S.HELD, _S.MINUTES_DRAFT, _S.MINUTES_CONFIRMED, _S.CLOSED})
_CALLED: Final = _OVER | {_S.CONVENED}


class Call(enum.StrEnum):
    """How a call to a meeting stands."""

    CALLED = "CALLED"
    MOVED = "MOVED"
    CANCELLED = "CANCELLED"
    HELD = "HELD"


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingGlance:
    """What somebody who was called sees of a meeting outside the staff page.

    Attributes:
        aliases: of the cases in whose items they have a place, with their ids; nothing else of
            what is on the agenda.
        begins_at: the earliest of these items, else of the sitting; None while no date is set.
        has_papers: there are papers of these items, on the staff page alone (R-082).
    """

    meeting_id: MeetingId
    call: Call
    aliases: tuple[tuple[CaseId, str], ...]
    begins_at: datetime | None
    mode: MeetingMode
    has_papers: bool


async def glance_meeting(
    uow: UnitOfWork, *, meeting_id: MeetingId, viewer: StaffId, at: datetime, tz: tzinfo
) -> MeetingGlance:
    """The meeting as one of those who were called sees it now.

    Raises:
        NotFound. NotActive. NotYours: they were not called, or are not any more.
    """
    async with uow.read() as work:
        staff = await work.staff.get(viewer)
        if not staff.active:
            raise NotActive(action=Action.READ_CASE.value)
        meeting = await work.meetings.get(meeting_id)
        me = [one for one in await work.bodies.participants_of(viewer) if one.serves(at)]
        called = any(one.id in meeting.invited for one in me)
        if not me or (meeting.state in _CALLED and not called):
            raise NotYours(action=Action.READ_CASE.value, allowed="ask_secretariat")
        closed = await work.care_marks.closed_to(viewer)
        situation = await situation_of(work, meeting, at=at, tz=tz)
        mine = [
            item
            for item in meeting.live
            if item.case_id not in closed and _has_a_place(item, me, meeting, situation, at=at)
        ]
        cases = dict.fromkeys(item.case_id for item in mine if item.case_id is not None)
        begins = [block.begins_at for item in mine if (block := meeting.block_of(item))]
        ids = {item.id for item in mine}
        return MeetingGlance(
            meeting_id=meeting.id,
            call=_call(meeting.state),
            aliases=tuple([(one, (await work.cases.get(one)).alias) for one in cases]),
            begins_at=min(begins or [block.begins_at for block in meeting.blocks], default=None),
            mode=meeting.mode,
            has_papers=any(
                paper.item_id in ids and not paper.is_withdrawn for paper in meeting.materials
            ),
        )


def _call(state: MeetingState) -> Call:
    if state in _OVER:
        return Call.HELD
    if state is _S.CANCELLED:
        return Call.CANCELLED
    return Call.CALLED if state is _S.CONVENED else Call.MOVED


def _has_a_place(
    item: AgendaItem,
    me: list[Participant],
    meeting: Meeting,
    situation: Situation,
    *,
    at: datetime,
) -> bool:
    """Once an item was discussed its circle stands; before, by consents and lists of now."""
    if item.ground is None:
        return False
    block = meeting.block_of(item)
    room = situation.room(item, meeting=meeting, at=block.begins_at if block else at)
    circle = item.circle or circle_of(item, participants=me, room=room)
    return any(one.id in circle for one in me)
