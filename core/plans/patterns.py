"""The three ways in which a plan becomes final (S0 第4-4(2)⑥, R-062)."""

import enum
from typing import Final

from core.plans.sheet import PlanSheet
from core.programmes import Programme

# The two whose use the municipality decides (支援決定).
DECIDED_BY_TOWN: Final = frozenset({Programme.OUTREACH, Programme.PARTICIPATION})


class ConfirmationPattern(enum.StrEnum):
    """What the plan contains settles when it is final and what the municipality does.

    ONLY_DECIDED: pattern 1, outreach and/or participation alone; final by municipal decision.
    DECIDED_AND_OTHER: pattern 2, these and other support; the municipality decides on the first
        and confirms the content of the second, which may affect the decision.
    NEITHER: pattern 3; final when the meeting approves, the municipality receives a report.
    """

    ONLY_DECIDED = "ONLY_DECIDED"
    DECIDED_AND_OTHER = "DECIDED_AND_OTHER"
    NEITHER = "NEITHER"


NEEDS_DECISION: Final = frozenset(
    {ConfirmationPattern.ONLY_DECIDED, ConfirmationPattern.DECIDED_AND_OTHER}
)


def uses_of(sheet: PlanSheet, *, programme: Programme) -> frozenset[Programme]:
    """Outreach and participation as far as this plan contains them.

    By its own programme, by the boxes ticked, or by any action under one of them: a box
    forgotten must not spare a plan the decision that the law asks for.
    """
    acted = {action.programme for action in sheet.actions if action.programme is not None}
    return (frozenset({programme}) | sheet.uses | acted) & DECIDED_BY_TOWN


def has_other_support(sheet: PlanSheet) -> bool:
    """Whether any action is neither outreach nor participation.

    The co-ordination of multi-agency counts as other support [I]: the municipality then sees
    more, never less.
    """
    return any(action.programme not in DECIDED_BY_TOWN for action in sheet.actions)


def pattern_of(sheet: PlanSheet, *, programme: Programme) -> ConfirmationPattern:
    """The pattern of a plan, computed from what it contains; nobody chooses it (R-062)."""
    if not uses_of(sheet, programme=programme):
        return ConfirmationPattern.NEITHER
    if has_other_support(sheet):
        return ConfirmationPattern.DECIDED_AND_OTHER
    return ConfirmationPattern.ONLY_DECIDED
