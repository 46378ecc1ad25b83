"""What changes in a meeting without a step: items, papers, minutes, decisions; and M10."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final

from core.agencies import Role
from core.audit import SYSTEM, AuditEvent
from core.errors import CaseworkError
from core.ids import GapId
from core.meetings.answers import AttendanceAnswer, NotCalled
from core.meetings.circles import circle_of, require_in_circle
from core.meetings.decisions import ItemDecision
from core.meetings.grounds import still_stands, typed
from core.meetings.ids import BodyId, ItemId
from core.meetings.items import AgendaItem, DropReason, GroundReason, ItemState
from core.meetings.machine import MeetingNotThere, MeetingStepped
from core.meetings.materials import (
    Copy,
    CopyState,
    Material,
    require_tellable,
    settled,
    with_copy,
    with_material,
)
from core.meetings.minutes import Minutes
from core.meetings.outcomes import require_open
from core.meetings.requests import FoundGap, InformationRequest, forwarded, require_askable
from core.meetings.sittings import BEFORE_HELD, Meeting, MeetingMode, MeetingState
from core.meetings.situation import Situation

_S = MeetingState
TAKES_PAPERS: Final = frozenset({_S.TYPE_CHECKED, _S.SLOT_OFFERED, _S.SCHEDULED})
DATED: Final = frozenset({_S.SCHEDULED, _S.CONVENED})
HANDS_OUT: Final = frozenset({_S.CONVENED})
WRITES: Final = frozenset({_S.HELD, _S.MINUTES_DRAFT})
ASKS: Final = BEFORE_HELD - {_S.REQUESTED} | WRITES
APPLIES: Final = frozenset({_S.MINUTES_CONFIRMED})
_GONE: Final = frozenset(
    {GroundReason.SHARE_COVERS, GroundReason.FOUR_TIMINGS, GroundReason.PROGRESS_TALK}
)


class ItemNotHere(CaseworkError):
    """This item does not stand on the agenda, or its id is taken. Facts: `item`, `allowed`."""

    rule = "M10"


def with_venue(meeting: Meeting, *, mode: MeetingMode, place: str) -> Meeting:
    """The same date around a table or at screens, such as in a disaster or epidemic (R-049, R-087).

    Raises:
        MeetingNotThere: there is no date yet, or it was held.
    """
    _require_stage(meeting, DATED)
    return replace(meeting, mode=mode, place=place.strip())


def with_typed_item(meeting: Meeting, item: AgendaItem, *, situation: Situation) -> Meeting:
    """Put another item on an agenda that was typed already; it is typed at once (M2).

    Once a date is set, only for a body that sits on that day (R-047).

    Raises:
        MeetingNotThere: people have been called already; ask for a meeting of its own.
        ItemNotHere: the id is taken, or its body does not sit in this meeting.
        The refusals of `grounds.ground_of`.
    """
    _require_stage(meeting, TAKES_PAPERS)
    if meeting.item(item.id) is not None:
        raise ItemNotHere(item=item.id, allowed="other_id")
    fresh = typed(item, bodies=situation.bodies, shares=situation.shares)
    if meeting.blocks and meeting.block_of(fresh) is None:
        raise ItemNotHere(item=item.id, allowed="own_meeting,add_block")
    return _next(meeting, items=(*meeting.items, fresh))


def recheck_items(meeting: Meeting, *, situation: Situation, at: datetime) -> MeetingStepped:
    """M10: bring every item in line with consents and lists as they are now, by the system.

    An item whose ground fell goes to a 支援会議 where it has one of its purposes and that body
    meets in this sitting, or no date is set yet; else it is dropped. Papers prepared for the
    other body do not go along. Once an item is in the room nothing is changed: what was said
    was said, and M6 looks at what was lawful then.
    """
    if meeting.state not in BEFORE_HELD or meeting.state is _S.REQUESTED:
        return MeetingStepped(meeting=meeting, events=())
    changed = meeting
    events = []
    for item in meeting.live:
        if _in_the_room(item, meeting=meeting, at=at) or still_stands(
            item, bodies=situation.bodies, shares=situation.shares
        ):
            continue
        fresh = _retyped(item, meeting=meeting, situation=situation)
        changed = _without_papers(changed.with_item(fresh), item_id=item.id)
        events.append(_withdrawn_event(fresh, was=item, at=at))
    if events:
        changed = replace(changed, version=meeting.version + 1)
    return MeetingStepped(meeting=changed, events=tuple(events))


def without_item(meeting: Meeting, item_id: ItemId) -> Meeting:
    """Take an item off that is not needed any more, before the meeting is held."""
    _require_stage(meeting, BEFORE_HELD)
    item = _live_item(meeting, item_id)
    dropped = replace(item, state=ItemState.DROPPED, dropped_for=DropReason.NOT_NEEDED)
    return replace(
        _without_papers(meeting.with_item(dropped), item_id=item_id), version=meeting.version + 1
    )


def with_paper(
    meeting: Meeting, material: Material, *, situation: Situation, at: datetime
) -> Meeting:
    """Attach a numbered paper to an item.

    Facts from taxation need the consent of everybody concerned, towards all who may come.

    Raises:
        MeetingNotThere, ItemNotHere, MaterialNumberTaken.
        TaxFactsNotShared: R-043.
    """
    _require_stage(meeting, TAKES_PAPERS)
    item = _live_item(meeting, material.item_id)
    room = situation.room(item, meeting=meeting, at=at)
    everybody = tuple(situation.participants.values())
    ids = circle_of(item, participants=everybody, room=room)
    listeners = [p for p in everybody if p.id in ids]
    require_tellable(material, body=room.body, listeners=listeners, shares=situation.shares)
    return _next(meeting, materials=with_material(meeting.materials, material))


def with_handed_out(meeting: Meeting, copy: Copy, *, situation: Situation) -> Meeting:
    """Hand a numbered copy to somebody in the item's circle.

    Raises:
        MeetingNotThere, ItemNotHere, MaterialNumberTaken.
        NotInTheCircle and the refusals of secrecy: the holder may not read it.
    """
    _require_stage(meeting, HANDS_OUT)
    material = next((m for m in meeting.materials if m.number == copy.material), None)
    holder = situation.participants.get(copy.holder)
    if material is None or material.is_withdrawn or holder is None:
        raise ItemNotHere(item="", allowed="other_paper,register_participant")
    item = _live_item(meeting, material.item_id)
    room = situation.room(item, meeting=meeting, at=copy.handed_at)
    require_in_circle(holder, item=item, room=room)
    require_tellable(material, body=room.body, listeners=(holder,), shares=situation.shares)
    return _next(meeting, copies=with_copy(meeting.copies, copy))


def with_returned(meeting: Meeting, number: int, *, state: CopyState, at: datetime) -> Meeting:
    """Take a copy back, or record that it was destroyed; open at every stage."""
    return _next(meeting, copies=settled(meeting.copies, number, state=state, at=at))


def with_minutes(meeting: Meeting, minutes: Minutes) -> Meeting:
    """Write, or rewrite, the minutes of one item.

    Raises:
        MeetingNotThere: not after the meeting, or confirmed already.
        ItemNotHere: no such item was discussed.
    """
    _require_stage(meeting, WRITES)
    _live_item(meeting, minutes.item_id)
    others = tuple(m for m in meeting.minutes if m.item_id != minutes.item_id)
    fresh = replace(minutes, confirmed_by=None, confirmed_at=None)
    return _next(meeting, minutes=(*others, fresh))


def with_decision(meeting: Meeting, item_id: ItemId, decision: ItemDecision) -> Meeting:
    """Record what was decided on an item.

    Raises:
        MeetingNotThere, ItemNotHere; OutcomeNotOpen, OutcomeUnexplained.
    """
    _require_stage(meeting, WRITES)
    item = _live_item(meeting, item_id)
    require_open(decision, item=item)
    return _next(meeting.with_item(replace(item, decision=replace(decision, applied_at=None))))


def with_applied(meeting: Meeting, item_id: ItemId, *, at: datetime) -> Meeting:
    """Record that plan and case follow the decision (M8)."""
    _require_stage(meeting, APPLIES)
    item = _live_item(meeting, item_id)
    if item.decision is None:
        raise ItemNotHere(item=item_id, allowed="record_decision")
    return _next(meeting.with_item(replace(item, decision=replace(item.decision, applied_at=at))))


def with_request(meeting: Meeting, asked: InformationRequest, *, situation: Situation) -> Meeting:
    """Ask a member of the 支援会議 for papers, information or an opinion (R-042).

    Raises:
        MeetingNotThere, ItemNotHere, RequestNeedsShien.
    """
    _require_stage(meeting, ASKS)
    item = _live_item(meeting, asked.item_id)
    body = situation.room(item, meeting=meeting, at=asked.asked_at).body
    require_askable(
        item,
        to_agency=asked.to_agency,
        member_agencies=situation.agencies_of(body, at=asked.asked_at),
    )
    return _next(meeting, requests=(*meeting.requests, asked))


def with_request_settled(meeting: Meeting, settled: InformationRequest) -> Meeting:
    """A request with its answer, or declined (R-042); open at every stage."""
    if settled.id not in {asked.id for asked in meeting.requests}:
        raise ItemNotHere(item=settled.item_id, allowed="ask_for_information")
    requests = tuple(settled if asked.id == settled.id else asked for asked in meeting.requests)
    return _next(meeting, requests=requests)


def with_answer(meeting: Meeting, answer: AttendanceAnswer) -> Meeting:
    """What somebody who was called says about coming.

    Raises:
        MeetingNotThere: nobody has been called yet, or it is over.
        NotCalled: somebody else.
    """
    _require_stage(meeting, HANDS_OUT)
    if answer.participant_id not in meeting.invited:
        raise NotCalled(participant=answer.participant_id, allowed="invite")
    others = tuple(a for a in meeting.answers if a.participant_id != answer.participant_id)
    return _next(meeting, answers=(*others, answer))


def with_gap(meeting: Meeting, gap: FoundGap) -> Meeting:
    """Note that a resource is lacking in the area (R-051)."""
    _require_stage(meeting, WRITES)
    _live_item(meeting, gap.item_id)
    return _next(meeting, gaps=(*meeting.gaps, gap))


def with_gap_forwarded(
    meeting: Meeting,
    gap_id: GapId,
    *,
    at: datetime,
    to: BodyId | None = None,
    forum: str = "",
) -> Meeting:
    """Pass a gap on to a body or forum that has time for it. Raises: GapNotForwarded."""
    gaps = tuple(
        forwarded(gap, at=at, to=to, forum=forum) if gap.gap_id == gap_id else gap
        for gap in meeting.gaps
    )
    return _next(meeting, gaps=gaps)


def _in_the_room(item: AgendaItem, *, meeting: Meeting, at: datetime) -> bool:
    block = meeting.block_of(item)
    return meeting.state is _S.CONVENED and block is not None and block.begins_at <= at


def _retyped(item: AgendaItem, *, meeting: Meeting, situation: Situation) -> AgendaItem:
    try:
        fresh = typed(item, bodies=situation.bodies, shares=situation.shares)
    except CaseworkError:
        lost = item.ground is not None and bool(item.ground.reasons & _GONE)
        why = DropReason.CONSENT_WITHDRAWN if lost else DropReason.OTHER_MEETING
        return replace(item, state=ItemState.DROPPED, dropped_for=why)
    if meeting.blocks and meeting.block_of(fresh) is None:
        return replace(item, state=ItemState.DROPPED, dropped_for=DropReason.OTHER_MEETING)
    return fresh


def _without_papers(meeting: Meeting, *, item_id: ItemId) -> Meeting:
    materials = tuple(
        replace(m, is_withdrawn=True) if m.item_id == item_id else m for m in meeting.materials
    )
    return replace(meeting, materials=materials)


def _withdrawn_event(item: AgendaItem, *, was: AgendaItem, at: datetime) -> AuditEvent:
    return AuditEvent(
        action="agenda_item.retyped" if item.is_live else "agenda_item.dropped",
        at=at,
        actor=SYSTEM,
        role=Role.SYSTEM.value,
        subject=item.id,
        case_id=item.case_id,
        was=was.ground.basis.value if was.ground else "",
        now=item.ground.basis.value if item.ground and item.is_live else "",
        reason=item.dropped_for.value if item.dropped_for else "",
    )


def _require_stage(meeting: Meeting, stages: Iterable[MeetingState]) -> None:
    open_at = frozenset(stages)
    if meeting.state not in open_at:
        listed = ", ".join(sorted(stage.value for stage in open_at))
        raise MeetingNotThere(stage=meeting.state.value, wanted="", allowed=listed)


def _live_item(meeting: Meeting, item_id: ItemId) -> AgendaItem:
    item = meeting.item(item_id)
    if item is None or not item.is_live:
        raise ItemNotHere(item=item_id, allowed="request_item")
    return item


def _next(meeting: Meeting, **changed: object) -> Meeting:
    return replace(meeting, version=meeting.version + 1, **changed)  # type: ignore[arg-type]
