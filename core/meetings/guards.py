"""The guards of M1 to M9: each refuses by raising, and looks at one thing."""

from collections.abc import Callable
from typing import Final

from core.errors import CaseworkError
from core.meetings.attendance import missing, require_attendance
from core.meetings.bodies import HOSTS, MeetingBody
from core.meetings.circles import must_leave, require_in_circle
from core.meetings.grounds import still_stands
from core.meetings.ids import ParticipantId
from core.meetings.items import AgendaItem, require_subjects
from core.meetings.materials import require_all_settled, require_tellable, tax_may_be_told
from core.meetings.minutes import TaxFactInMinutes, require_complete
from core.meetings.requests import require_forwarded
from core.meetings.sittings import Meeting, require_apart
from core.meetings.situation import Command, Situation

Guard = Callable[[Meeting, Command, Situation], None]


class NothingOnTheAgenda(CaseworkError):
    """A meeting is asked for with at least one item that is still wanted. Facts: `allowed`."""

    rule = "M1"


class NotTypedYet(CaseworkError):
    """An item has no ground, or consents and lists have changed since it was computed.

    Facts: `item`, `allowed`.
    """

    rule = "M2"


class NoTimeOffered(CaseworkError):
    """At least one time in the future is offered, and one of them is taken. Facts: `allowed`."""

    rule = "M3"


class HostNotAccepted(CaseworkError):
    """The host of each body accepts: the multi-agency provider, or the municipality.

    Facts: `basis`, `seat`, `allowed`.
    """

    rule = "M4"


class SeatNotInvited(CaseworkError):
    """Everybody who has to be there is called. Facts: `seats`, `allowed`."""

    rule = "M5"


class OutsiderPresent(CaseworkError):
    """Nobody outside the item's circle was in the room. Facts: `item`, `people`, `allowed`."""

    rule = "M6"


class NotBegunYet(CaseworkError):
    """A meeting is recorded as held after it began. Facts: `at`, `allowed`."""

    rule = "M6"


class NotConfirmedByChair(CaseworkError):
    """Minutes are confirmed by the chair, not by whoever wrote them. Facts: `allowed`."""

    rule = "M7"


class DecisionsNotApplied(CaseworkError):
    """A meeting is closed when plans and cases follow its decisions. Facts: `items`, `allowed`."""

    rule = "M8"


class ReasonMissing(CaseworkError):
    """Putting off or cancelling has a reason. Facts: `allowed`."""

    rule = "M9"


class UrgentItemLeftBehind(CaseworkError):
    """An urgent item does not fall away with its meeting. Facts: `items`, `allowed`."""

    rule = "M9"


def has_items(meeting: Meeting, command: Command, situation: Situation) -> None:
    """M1: a case, a purpose, and who is concerned."""
    if not meeting.live:
        raise NothingOnTheAgenda(allowed="add_item,cancel")
    for item in meeting.live:
        require_subjects(item)


def grounds_stand(meeting: Meeting, command: Command, situation: Situation) -> None:
    """M2, M5, M6, M10: every item stands on what consents and lists say at this moment."""
    for item in meeting.live:
        if not still_stands(item, bodies=situation.bodies, shares=situation.shares):
            raise NotTypedYet(item=item.id, allowed="check_type_again,drop_item")


def times_offered(meeting: Meeting, command: Command, situation: Situation) -> None:
    """M3: times lie ahead."""
    if not command.offered or any(slot.begins_at <= command.at for slot in command.offered):
        raise NoTimeOffered(allowed="offer_regular,offer_ad_hoc")


def within_an_offer(meeting: Meeting, command: Command, situation: Situation) -> None:
    """M4: the blocks lie in one of the times offered, and there is one for every item."""
    inside = [
        slot
        for slot in meeting.offered
        if command.blocks
        and all(slot.begins_at <= b.begins_at and b.ends_at <= slot.ends_at for b in command.blocks)
    ]
    if not inside:
        raise NoTimeOffered(allowed="take_offered_time,offer_again")


def hosts_accept(meeting: Meeting, command: Command, situation: Situation) -> None:
    """M4: JUSO by the multi-agency provider, SHIEN by the municipality (S0 第4-4(2)②, (1)①)."""
    for item in meeting.live:
        body = situation.room(item, meeting=meeting, at=command.at).body
        seat = HOSTS[body.basis]
        if seat is not None and not any(seat in host.stands_for for host in command.hosts):
            raise HostNotAccepted(basis=body.basis.value, seat=seat.value, allowed="ask_host")


def bodies_apart(meeting: Meeting, command: Command, situation: Situation) -> None:
    """M4 to M6: bodies of one sitting meet apart, and every item has the block of its body."""
    require_apart(meeting)
    for item in meeting.live:
        if meeting.block_of(item) is None:
            raise NotTypedYet(item=item.id, allowed="add_block,drop_item")


def seats_invited(meeting: Meeting, command: Command, situation: Situation) -> None:
    """M5: whoever has to be there is called."""
    invited = situation.people(meeting.invited)
    for item in meeting.live:
        body = situation.room(item, meeting=meeting, at=command.at).body
        absent = missing(item, body=body, present=invited, runs=situation.runs)
        # Who is excusable is asked for in principle; the reason is taken down at the meeting.
        seats = [need.seat.value for need in absent if not need.excusable]
        if seats:
            raise SeatNotInvited(seats=",".join(seats), allowed="invite")


def invited_may_come(meeting: Meeting, command: Command, situation: Situation) -> None:
    """M5: each person called may come to some item, and is bound to secrecy by then."""
    for participant in situation.people(meeting.invited):
        refusals = []
        for item in meeting.live:
            block = meeting.block_of(item)
            begins = block.begins_at if block else command.at
            room = situation.room(item, meeting=meeting, at=begins)
            try:
                require_in_circle(participant, item=item, room=room)
            except CaseworkError as refusal:
                refusals.append(refusal)
        if len(refusals) == len(meeting.live):
            raise refusals[0]
    strangers = meeting.invited - situation.participants.keys()
    if strangers:
        raise OutsiderPresent(item="", people=_listed(strangers), allowed="register_participant")


def papers_tellable(meeting: Meeting, command: Command, situation: Situation) -> None:
    """M5: no paper brings facts from taxation that consent does not cover (R-043)."""
    invited = situation.people(meeting.invited)
    for item in meeting.live:
        block = meeting.block_of(item)
        room = situation.room(item, meeting=meeting, at=block.begins_at if block else command.at)
        away = must_leave(invited, item=item, room=room)
        listeners = [p for p in invited if p.id not in away]
        for material in meeting.materials:
            if material.item_id == item.id and not material.is_withdrawn:
                require_tellable(
                    material, body=room.body, listeners=listeners, shares=situation.shares
                )


def has_begun(meeting: Meeting, command: Command, situation: Situation) -> None:
    """M6: not before the last block began."""
    begins = [block.begins_at for block in meeting.blocks]
    if begins and command.at < max(begins):
        raise NotBegunYet(at=max(begins).isoformat(), allowed="wait,postpone")


def circles_kept(meeting: Meeting, command: Command, situation: Situation) -> None:
    """M6: attendance is recorded for each item, and nobody else was there (R-045)."""
    for item in meeting.live:
        block = meeting.block_of(item)
        room = situation.room(item, meeting=meeting, at=block.begins_at if block else command.at)
        known = situation.people(item.present)
        outside = must_leave(known, item=item, room=room)
        outside |= item.present - situation.participants.keys()
        if outside or not item.present:
            raise OutsiderPresent(
                item=item.id,
                people=_listed(outside),
                allowed="leave_item,temporary_member,record_attendance",
            )


def seats_filled(meeting: Meeting, command: Command, situation: Situation) -> None:
    """M6: those who have to be there were there (R-031 to R-033, R-091)."""
    for item in meeting.live:
        body = _body(item, situation)
        present = situation.people(item.present)
        require_attendance(item, body=body, present=present, runs=situation.runs)


def minutes_complete(meeting: Meeting, command: Command, situation: Situation) -> None:
    """M7: each item has minutes of its own, with what its timing asks for (R-047, R-050)."""
    for item in meeting.live:
        require_complete(item, minutes=meeting.minutes_of(item.id))


def minutes_free_of_tax_facts(meeting: Meeting, command: Command, situation: Situation) -> None:
    """M7: nothing from taxation is written down that nobody might have told (R-043)."""
    for item in meeting.live:
        minutes = meeting.minutes_of(item.id)
        for line in minutes.shared if minutes else ():
            if line.tax_derived and not tax_may_be_told(
                about=line.about,
                body=_body(item, situation),
                listeners=situation.people(item.present),
                shares=situation.shares,
            ):
                raise TaxFactInMinutes(item=item.id, allowed="strike_line")


def chair_confirms(meeting: Meeting, command: Command, situation: Situation) -> None:
    """M7: a chair who did not write them."""
    writers = {minutes.written_by for minutes in meeting.minutes}
    if command.confirmed_by is None or command.confirmed_by in writers:
        raise NotConfirmedByChair(allowed="chair_confirms")


def decisions_applied(meeting: Meeting, command: Command, situation: Situation) -> None:
    """M8: plans and cases follow what was decided."""
    waiting = [i.id for i in meeting.live if i.decision and i.decision.applied_at is None]
    if waiting:
        raise DecisionsNotApplied(items=",".join(waiting), allowed="apply_decision")


def papers_settled(meeting: Meeting, command: Command, situation: Situation) -> None:
    """M8: every copy is back or destroyed [D]."""
    require_all_settled(meeting.copies)


def gaps_forwarded(meeting: Meeting, command: Command, situation: Situation) -> None:
    """M8: what is lacking in the area was passed on (R-051)."""
    require_forwarded(meeting.gaps)


def reason_given(meeting: Meeting, command: Command, situation: Situation) -> None:
    """M9: why."""
    if not command.reason.strip():
        raise ReasonMissing(allowed="give_reason")


def urgent_moved(meeting: Meeting, command: Command, situation: Situation) -> None:
    """M9: urgent items of a cancelled meeting go to another one."""
    urgent = [item.id for item in meeting.live if item.is_urgent]
    if urgent and (command.moved_to is None or command.moved_to == meeting.id):
        raise UrgentItemLeftBehind(items=",".join(urgent), allowed="postpone,name_other_meeting")


GUARDS: Final[dict[str, Guard]] = {
    guard.__name__: guard
    for guard in (
        has_items,
        grounds_stand,
        times_offered,
        within_an_offer,
        hosts_accept,
        bodies_apart,
        seats_invited,
        invited_may_come,
        papers_tellable,
        has_begun,
        circles_kept,
        seats_filled,
        minutes_complete,
        minutes_free_of_tax_facts,
        chair_confirms,
        decisions_applied,
        papers_settled,
        gaps_forwarded,
        reason_given,
        urgent_moved,
    )
}


def _body(item: AgendaItem, situation: Situation) -> MeetingBody:
    if item.ground is None:
        raise NotTypedYet(item=item.id, allowed="check_type_again")
    return situation.body(item.ground.body_id)


def _listed(people: frozenset[ParticipantId]) -> str:
    return ",".join(sorted(people))
