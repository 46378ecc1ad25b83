"""What a plan asks of the meeting whose decision it follows."""

from core.errors import CaseworkError
from core.plans.decisions import JUSO_SEATS, SOURCE_SEAT, MeetingDecision
from core.plans.record import Plan, PlanStep


class PlanNotDecidedInMeeting(CaseworkError):
    """This step follows from a meeting's decision on exactly this (R-030).

    Facts: `purpose`, `basis`, `decision` as they should be, `allowed`.
    """

    rule = "R-030"


class PlanMeetingIncomplete(CaseworkError):
    """A seat that belongs to every 重層的支援会議 was empty (R-031, R-032, R-033).

    Facts: `missing`, `allowed`.
    """

    rule = "R-031"


def concerns(item: MeetingDecision, plan: Plan) -> bool:
    """Whether the item was about this case and this programme's plan or support."""
    return item.case_id == plan.case_id and plan.programme in item.programmes


def require_item(
    plan: Plan, step: PlanStep, *, purposes: tuple[str, ...], bases: tuple[str, ...], decision: str
) -> None:
    item = step.meeting
    if (
        item is None
        or item.purpose not in purposes
        or item.basis not in bases
        or item.decision != decision
        or item.held_on > step.on
        or not concerns(item, plan)
    ):
        raise PlanNotDecidedInMeeting(
            purpose=",".join(purposes),
            basis=",".join(bases),
            decision=decision,
            allowed="REQUEST_MEETING",
        )


def require_seats(step: PlanStep) -> None:
    item = step.meeting
    missing = sorted(JUSO_SEATS - item.attended) if item else sorted(JUSO_SEATS)
    excused = item is not None and (not item.source_referred or item.source_absence_reason.strip())
    if not excused and item is not None and SOURCE_SEAT not in item.attended:
        missing.append(SOURCE_SEAT)
    if missing:
        raise PlanMeetingIncomplete(missing=",".join(missing), allowed="REQUEST_MEETING")
