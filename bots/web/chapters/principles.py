"""The five principles of the work, shown to whoever begins and in each review (R-093)."""

from typing import Final

from bots.i18n.catalogue import word
from core.cases import CaseState
from core.plans.record import PlanState
from core.principles import Principle
from core.story import CaseStory

_REVIEWS: Final = frozenset({CaseState.CLOSING_REVIEW, CaseState.INTERRUPTION_REVIEW})
_LOOKED_AT: Final = frozenset({PlanState.EVALUATION_DUE, PlanState.EVALUATED})


def principles() -> tuple[str, ...]:
    """All five, in their order."""
    return tuple(word(one) for one in Principle)


def principles_in_review(story: CaseStory) -> tuple[str, ...]:
    """All five while a plan or the case itself is looked back on; else none."""
    under = story.case.state in _REVIEWS or any(p.state in _LOOKED_AT for p in story.plans)
    return principles() if under else ()
