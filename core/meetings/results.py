"""What a confirmed item hands on to the plan it decided (P4 to P6, P15 to P17)."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from core.errors import CaseworkError
from core.meetings.bodies import Participant, SeatKind
from core.meetings.ids import ItemId, ParticipantId
from core.meetings.sittings import Meeting, MeetingState
from core.plans.decisions import MeetingDecision

# Nothing rests on minutes that the chair has not confirmed (M7 before M8).
_FIRM: Final = frozenset({MeetingState.MINUTES_CONFIRMED, MeetingState.CLOSED})


class NothingDecidedYet(CaseworkError):
    """Plan and case follow confirmed minutes with a decision. Facts: `item`, `allowed`."""

    rule = "M8"


def result_of(
    meeting: Meeting,
    item_id: ItemId,
    *,
    held_on: date,
    participants: Mapping[ParticipantId, Participant],
) -> MeetingDecision:
    """The decision on one item, as a plan takes it.

    Args:
        held_on: local day of the sitting.
        participants: those who were present, to say which seats were filled.

    Raises:
        NothingDecidedYet: dropped, undecided, or not confirmed by the chair.
    """
    item = meeting.item(item_id)
    if (
        meeting.state not in _FIRM
        or item is None
        or not item.is_live
        or item.decision is None
        or item.ground is None
    ):
        raise NothingDecidedYet(item=item_id, allowed="record_decision,confirm_minutes")
    present = [participants[one] for one in item.present if one in participants]
    seats = {seat for one in present for seat in one.stands_for} - {SeatKind.CONSULTATION}
    source = item.referrer_agency_id
    if source is not None and any(one.agency_id == source for one in present):
        seats.add(SeatKind.CONSULTATION)
    excuses = [e.reason for e in item.excuses if e.seat is SeatKind.CONSULTATION]
    return MeetingDecision(
        meeting_id=meeting.id,
        purpose=item.purpose.value,
        basis=item.ground.basis.value,
        decision=item.decision.outcome.value,
        held_on=held_on,
        case_id=item.case_id,
        programmes=item.programmes,
        attended=frozenset(seat.value for seat in seats),
        source_referred=source is not None,
        source_absence_reason=excuses[0] if excuses else "",
        notes_kept=meeting.minutes_of(item_id) is not None,
    )
