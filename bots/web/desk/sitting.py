"""What the desk's forms on meetings share: which one, which item, and who may sit."""

from collections.abc import Collection, Iterable
from typing import Any, Final

from bots.i18n.catalogue import moment, word
from bots.web.desk.deed import Means, Offer
from bots.web.desk.entries import Entry, Option, held
from bots.web.desk.filled import Filled
from bots.web.desk.views import View
from core.ids import CaseId
from core.meetings.bodies import MeetingBody, Participant, SeatKind
from core.meetings.ids import BodyId, MeetingId
from core.meetings.items import AgendaItem, Ground
from core.meetings.pledge_text import words_of
from core.meetings.sittings import Meeting, MeetingState

MEETINGS: Final = "会議"


def meeting_in(view: View, of: str) -> Meeting:
    """The meeting of this id; the desk offers only those in the story."""
    return next(meeting for meeting in view.story.meetings if meeting.id == of)


def item_in(view: View, of: str) -> tuple[Meeting, AgendaItem]:
    """The item of this id, with its meeting."""
    return next(
        (meeting, item)
        for meeting in view.story.meetings
        for item in meeting.items
        if item.id == of
    )


def meetings_in(view: View, states: Collection[MeetingState]) -> tuple[Offer, ...]:
    """The case's meetings at these stages, each under a name of its own."""
    return tuple(
        Offer(of=meeting.id, about=_about(view, meeting))
        for meeting in view.story.meetings
        if meeting.state in states and meeting.live
    )


def items_in(view: View, states: Collection[MeetingState]) -> tuple[Offer, ...]:
    """The case's items in meetings at these stages."""
    return tuple(
        Offer(of=item.id, about=f"{item_name(meeting, item)}・{_about(view, meeting)}")
        for meeting in view.story.meetings
        if meeting.state in states
        for item in meeting.live
    )


def item_name(meeting: Meeting, item: AgendaItem) -> str:
    """What an item is for; numbered where its meeting has several for the same."""
    alike = [one.id for one in meeting.items if one.purpose is item.purpose]
    number = f" {alike.index(item.id) + 1}" if len(alike) > 1 else ""
    return f"{word(item.purpose)}{number}"


def version_of(view: View, of: str) -> tuple[Entry, ...]:
    """The version that a form on a meeting was made from."""
    return (held("version", meeting_in(view, of).version),)


def item_version(view: View, of: str) -> tuple[Entry, ...]:
    """The version that a form on an item was made from."""
    return (held("version", item_in(view, of)[0].version),)


def hand_over(means: Means, filled: Filled, of: str) -> dict[str, Any]:
    """What every step of a meeting is told."""
    return {
        "meeting_id": MeetingId(of),
        "version": filled.number("version"),
        "by": means.by,
        "at": means.at,
        "tz": means.tz,
    }


def hand_over_item(means: Means, filled: Filled, of: str) -> dict[str, Any]:
    """What every step on an item is told."""
    meeting, item = item_in(means.view, of)
    return {**hand_over(means, filled, meeting.id), "item_id": item.id}


def bodies_of(meeting: Meeting) -> tuple[BodyId, ...]:
    """The bodies before which the case's items come, in the order of the agenda."""
    return tuple(dict.fromkeys(i.ground.body_id for i in meeting.live if i.ground is not None))


def body_name(view: View, body_id: BodyId) -> str:
    """The town's own name of a body."""
    return next(body.name for body in view.story.bodies if body.id == body_id)


def where(view: View, ground: Ground | None) -> str:
    """The town's own name of the body, and why it is this one."""
    if ground is None:
        return ""
    why = "、".join(word(reason) for reason in sorted(ground.reasons))
    return f"{body_name(view, ground.body_id)}({word(ground.basis)})。理由: {why}。"


def participant_name(view: View, one: Participant) -> str:
    """What a participant is called, with what they stand for."""
    people = {person.id: person.name for person in view.story.members}
    agency = view.story.agencies.get(one.agency_id) if one.agency_id is not None else None
    name = view.story.names.get(one.staff_id, "") if one.staff_id is not None else ""
    if one.person_id is not None:
        name = people.get(one.person_id, "")
    seats = "・".join(word(seat) for seat in sorted(one.stands_for))
    return f"{name or (agency.name if agency else '')}({seats})"


def people_options(
    view: View, *, standing_for: Collection[SeatKind] = tuple(SeatKind)
) -> tuple[Option, ...]:
    """Everybody registered who stands for one of these seats."""
    return tuple(
        Option(value=one.id, label=participant_name(view, one))
        for one in view.story.participants
        if one.stands_for & set(standing_for)
    )


def members_of(view: View, meeting: Meeting) -> frozenset[str]:
    """Those who hold a place in one of the meeting's bodies, for this case too."""
    case_id: CaseId = view.story.case.id
    bodies = [body for body in view.story.bodies if body.id in bodies_of(meeting)]
    return frozenset(
        one.id
        for one in view.story.participants
        for body in bodies
        for place in body.members
        if place.holds(view.at)
        and place.case_id in (None, case_id)
        and place.holder.is_held_by(one)
    )


def pledge_words(bodies: Iterable[MeetingBody]) -> str:
    """The words that are signed; "" where the town has not worded them."""
    texts = [body.pledge_text for body in bodies if body.pledge_text is not None]
    return words_of(texts[0]) if texts else ""


def _about(view: View, meeting: Meeting) -> str:
    names = "・".join(dict.fromkeys(body_name(view, body) for body in bodies_of(meeting)))
    begins = min((block.begins_at for block in meeting.blocks), default=None)
    when = moment(begins, tz=view.tz) if begins is not None else word(meeting.state)
    same = [one for one in view.story.meetings if bodies_of(one) == bodies_of(meeting)]
    number = f" {same.index(meeting) + 1}" if len(same) > 1 else ""
    return f"{names} {when}{number}"
