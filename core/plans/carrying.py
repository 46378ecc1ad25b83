"""Which step of a plan a meeting's confirmed decision leads to (M8)."""

from typing import Final

from core.errors import CaseworkError
from core.plans.decisions import MeetingDecision
from core.plans.items import concerns
from core.plans.record import Plan, PlanState

_S = PlanState
# By outcome, basis and where the plan stands; whether the item is the right one, machine P asks.
_LEADS: Final = {
    ("ENDORSED", "SHIEN", _S.SUBMITTED_SHIEN): _S.ENDORSED,
    ("RETURNED", "SHIEN", _S.SUBMITTED_SHIEN): _S.RETURNED,
    ("RETURNED", "JUSO", _S.SUBMITTED_JUSO): _S.RETURNED,
    ("APPROVED", "JUSO", _S.SUBMITTED_JUSO): _S.APPROVED,
    ("APPROVED", "JUSO", _S.EVALUATED): _S.SUPERSEDED,
    ("REPLAN_NEEDED", "JUSO", _S.EVALUATED): _S.SUPERSEDED,
    ("CLOSE_OK", "JUSO", _S.EVALUATED): _S.CLOSED,
    ("CLOSE_OK", "SHIEN", _S.EVALUATED): _S.CLOSED,
    ("INTERRUPT_OK", "JUSO", _S.IN_FORCE): _S.INTERRUPTED,
    ("INTERRUPT_OK", "SHIEN", _S.IN_FORCE): _S.INTERRUPTED,
}


class NothingToCarryOver(CaseworkError):
    """This decision moves this plan no further from where it stands.

    Facts: `from`, `decision`, `allowed`.
    """

    rule = "M8"


def follows(plan: Plan, item: MeetingDecision) -> bool:
    """Whether the plan still has a step to take after this decision."""
    return concerns(item, plan) and (item.decision, item.basis, plan.state) in _LEADS


def stage_after(plan: Plan, item: MeetingDecision) -> PlanState:
    """Where the decision leads this plan.

    Raises:
        NothingToCarryOver: it was about another case or programme, was carried over already, or
            the plan stands elsewhere.
    """
    if not follows(plan, item):
        raise NothingToCarryOver(
            decision=item.decision, allowed="record_decision", **{"from": plan.state.value}
        )
    return _LEADS[item.decision, item.basis, plan.state]
