"""Which decisions are open to an item, and what may rest on one (R-030, R-039)."""

from typing import Final

from core.basis import Basis
from core.errors import CaseworkError
from core.meetings.decisions import ItemDecision, Outcome
from core.meetings.items import FOUR_TIMINGS, AgendaItem, AgendaPurpose

_O = Outcome
_P = AgendaPurpose
# A 支援会議 endorses a pre-consent plan and may decide an interruption [I, O14]; it approves no
# plan of a consenting person: that is the 重層的支援会議's (R-030). It closes only what that one
# may not speak of: whose person never agreed, or took sharing back [D]; the case itself asks.
_FOUR: Final[dict[tuple[AgendaPurpose, Basis], frozenset[Outcome]]] = {
    (_P.PLAN, Basis.JUSO): frozenset({_O.APPROVED, _O.RETURNED}),
    (_P.PLAN, Basis.SHIEN): frozenset({_O.ENDORSED, _O.RETURNED}),
    (_P.REPLAN, Basis.JUSO): frozenset({_O.APPROVED, _O.RETURNED}),
    (_P.REPLAN, Basis.SHIEN): frozenset({_O.ENDORSED, _O.RETURNED}),
    (_P.CLOSE, Basis.JUSO): frozenset({_O.CLOSE_OK, _O.NOT_YET, _O.REPLAN_NEEDED}),
    (_P.CLOSE, Basis.SHIEN): frozenset({_O.CLOSE_OK, _O.NOT_YET}),
    (_P.INTERRUPT, Basis.JUSO): frozenset({_O.INTERRUPT_OK, _O.NOT_YET}),
    (_P.INTERRUPT, Basis.SHIEN): frozenset({_O.INTERRUPT_OK, _O.NOT_YET}),
}
_TALK: Final = frozenset({_O.NOTED, _O.CONTINUES, _O.LEAD_CHANGED, _O.REPLAN_NEEDED})
_GAP: Final = frozenset({_O.FORWARDED, _O.NOTED})
# Decisions on which a change of plan or case may rest.
_CARRIES: Final = frozenset({_O.APPROVED, _O.ENDORSED, _O.CLOSE_OK, _O.INTERRUPT_OK})
# What plan or case have to follow before the meeting is closed (M8); all else is done by saying it.
_FOLLOWED: Final = _CARRIES | {_O.RETURNED}
_EXPLAINED: Final = frozenset({_O.RETURNED, _O.NOT_YET})


class OutcomeNotOpen(CaseworkError):
    """This meeting cannot decide that on this item.

    Facts: `purpose`, `basis`, `outcome`, `allowed` (the outcomes that are open).
    """

    rule = "R-030"


class OutcomeUnexplained(CaseworkError):
    """What is returned or put off has a reason; a change of lead names the new one.

    Facts: `outcome`, `lacks` (reason, lead_agency), `allowed`.
    """

    rule = "M7"


def outcomes_open(purpose: AgendaPurpose, *, basis: Basis) -> frozenset[Outcome]:
    """The decisions that a meeting of this basis can take on an item of this purpose."""
    if purpose is AgendaPurpose.RESOURCE_GAP:
        return _GAP
    if purpose in FOUR_TIMINGS:
        return _FOUR.get((purpose, basis), frozenset())
    return _TALK


def require_open(decision: ItemDecision, *, item: AgendaItem) -> None:
    """Refuse a decision that is not this meeting's to take, or is not explained.

    Raises:
        OutcomeNotOpen, OutcomeUnexplained.
    """
    basis = item.ground.basis if item.ground else None
    open_ones = outcomes_open(item.purpose, basis=basis) if basis else frozenset()
    if decision.outcome not in open_ones:
        raise OutcomeNotOpen(
            purpose=item.purpose.value,
            basis=basis.value if basis else "",
            outcome=decision.outcome.value,
            allowed=",".join(sorted(open_ones)),
        )
    if decision.outcome in _EXPLAINED and not decision.reason.strip():
        raise OutcomeUnexplained(
            outcome=decision.outcome.value, lacks="reason", allowed="give_reason"
        )
    names_lead = decision.outcome in (_O.LEAD_CHANGED, _O.CLOSE_OK)
    if names_lead and decision.lead_agency_id is None:
        raise OutcomeUnexplained(
            outcome=decision.outcome.value, lacks="lead_agency", allowed="name_lead_agency"
        )


def is_to_be_followed(item: AgendaItem) -> bool:
    """Whether plan or case have a step to take after this decision (M8)."""
    decision = item.decision
    timing = item.purpose in FOUR_TIMINGS
    return timing and decision is not None and decision.outcome in _FOLLOWED
