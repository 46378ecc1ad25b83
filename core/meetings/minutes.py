"""Minutes: one per item, facts apart from opinions, with what each timing asks for (R-050)."""

import enum
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.errors import CaseworkError
from core.ids import PersonId
from core.meetings.ids import ItemId, ParticipantId
from core.meetings.items import FOUR_TIMINGS, MAKES_PLAN, AgendaItem, AgendaPurpose


class MinutesField(enum.StrEnum):
    """What is talked about at each of the four timings (S0 第4-4(2)⑤)."""

    ASSESSMENT_RESULT = "ASSESSMENT_RESULT"
    PERSONS_GOAL = "PERSONS_GOAL"
    SUPPORT_POLICY = "SUPPORT_POLICY"
    PLAN_CONTENT = "PLAN_CONTENT"
    ROLES = "ROLES"
    MONITORING_TIME = "MONITORING_TIME"
    CHANGE_OF_STATE = "CHANGE_OF_STATE"
    PLAN_EVALUATION = "PLAN_EVALUATION"
    GOAL_ATTAINMENT = "GOAL_ATTAINMENT"
    SUPPORTERS_STATE = "SUPPORTERS_STATE"
    CLOSING_EVALUATION = "CLOSING_EVALUATION"
    FOLLOW_UP = "FOLLOW_UP"
    CONTACT_EFFORTS = "CONTACT_EFFORTS"
    INTERRUPTION = "INTERRUPTION"


_F = MinutesField
_PLAN: Final = (
    _F.ASSESSMENT_RESULT,
    _F.PERSONS_GOAL,
    _F.SUPPORT_POLICY,
    _F.PLAN_CONTENT,
    _F.ROLES,
    _F.MONITORING_TIME,
)
# The agenda's template, and what the minutes have to hold. CONTACT_EFFORTS is the ※ of ④.
TEMPLATES: Final[dict[AgendaPurpose, tuple[MinutesField, ...]]] = {
    AgendaPurpose.PLAN: _PLAN,
    AgendaPurpose.REPLAN: (_F.CHANGE_OF_STATE, _F.PLAN_EVALUATION, *_PLAN),
    AgendaPurpose.CLOSE: (
        _F.GOAL_ATTAINMENT,
        _F.SUPPORTERS_STATE,
        _F.CLOSING_EVALUATION,
        _F.FOLLOW_UP,
    ),
    AgendaPurpose.INTERRUPT: (_F.CONTACT_EFFORTS, _F.INTERRUPTION),
}


class MinutesIncomplete(CaseworkError):
    """The minutes lack what this timing asks for. Facts: `item`, `lacks`, `allowed`."""

    rule = "R-050"


class DecisionMissing(CaseworkError):
    """An item at one of the four timings ends with a decision. Facts: `item`, `allowed`."""

    rule = "M7"


class RolesOrDateMissing(CaseworkError):
    """A plan that was accepted has its role table and its next monitoring day.

    Facts: `item`, `lacks` (roles, next_monitoring_on), `allowed`.
    """

    rule = "M7"


class TaxFactInMinutes(CaseworkError):
    """A fact from taxation was written down that nobody may have told. Facts: `item`, `allowed`."""

    rule = "R-043"


@dataclass(frozen=True, kw_only=True, slots=True)
class SharedInformation:
    """One line of the list of information that was shared: what, about whom, by whom."""

    what: str
    about: frozenset[PersonId]
    told_by: ParticipantId
    tax_derived: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Minutes:
    """The minutes of one item.

    Attributes:
        content: what was said under each heading of the template; sealed where stored.
        facts, opinions: apart from each other, so that a reader knows which is which.
        confirmed_by: the chair.
    """

    item_id: ItemId
    written_by: ParticipantId
    content: tuple[tuple[MinutesField, str], ...] = ()
    facts: tuple[str, ...] = ()
    opinions: tuple[str, ...] = ()
    shared: tuple[SharedInformation, ...] = ()
    confirmed_by: ParticipantId | None = None
    confirmed_at: datetime | None = None


def template_of(purpose: AgendaPurpose) -> tuple[MinutesField, ...]:
    """The headings for this purpose; empty outside the four timings."""
    return TEMPLATES.get(purpose, ())


def require_complete(item: AgendaItem, *, minutes: Minutes | None) -> None:
    """Refuse to confirm minutes that do not hold what this item asks for (M7, R-050).

    Raises:
        MinutesIncomplete: there are none, or a heading is empty.
        DecisionMissing: a four-timing item has no decision.
        RolesOrDateMissing: an accepted plan has no role table or no next day.
    """
    if minutes is None:
        raise MinutesIncomplete(item=item.id, lacks="minutes", allowed="write_minutes")
    written = {heading for heading, text in minutes.content if text.strip()}
    lacks = [h.value for h in template_of(item.purpose) if h not in written]
    if item.purpose not in FOUR_TIMINGS and not (minutes.facts or minutes.opinions):
        lacks.append("facts_or_opinions")
    if lacks:
        raise MinutesIncomplete(item=item.id, lacks=",".join(lacks), allowed="complete_minutes")
    if item.purpose in FOUR_TIMINGS and item.decision is None:
        raise DecisionMissing(item=item.id, allowed="record_decision")
    _require_roles_and_date(item)


def _require_roles_and_date(item: AgendaItem) -> None:
    decision = item.decision
    if decision is None or item.purpose not in MAKES_PLAN or not decision.accepts_plan:
        return
    lacks = "roles" if not decision.roles else ""
    if decision.next_monitoring_on is None:
        lacks = f"{lacks},next_monitoring_on".strip(",")
    if lacks:
        raise RolesOrDateMissing(item=item.id, lacks=lacks, allowed="complete_decision")
