"""What waits for a colleague on their cases, apart from letters: read from the rows, never stored.

Nothing here is about the person's pace: it says what we owe.
"""

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from core.agencies import Role
from core.cases import Case
from core.ids import StaffId
from core.plans.following import report_overdue
from core.plans.record import Plan, PlanState
from core.plans.submitting import STAFF_OF


class ReminderKind(enum.StrEnum):
    """What is owed."""

    PLAN_RETURNED = "PLAN_RETURNED"
    PLAN_ENDORSED = "PLAN_ENDORSED"
    DECISION_WAITING = "DECISION_WAITING"
    PLAN_FINAL = "PLAN_FINAL"
    EVALUATION_DUE = "EVALUATION_DUE"
    REPORT_LATE = "REPORT_LATE"
    EARLY_LINK = "EARLY_LINK"
    REFERRAL_CAME = "REFERRAL_CAME"
    REFERRAL_UNANSWERED = "REFERRAL_UNANSWERED"
    NEWS_LATE = "NEWS_LATE"
    SHEET_UNANSWERED = "SHEET_UNANSWERED"
    FOLLOW_UP_DUE = "FOLLOW_UP_DUE"
    LINE_ONLY = "LINE_ONLY"
    CALL_OPEN = "CALL_OPEN"
    CALL_REVIEW = "CALL_REVIEW"
    COLLEAGUE_GONE = "COLLEAGUE_GONE"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reminder:
    """One line on a desk.

    Attributes:
        due_on: local day, where there is one.
    """

    kind: ReminderKind
    case: Case
    due_on: date | None = None


_K = ReminderKind
_S = PlanState
# Whose turn it is: staff of the plan's programme, or the case's lead.
_DRAFTERS: Final = {_S.RETURNED: _K.PLAN_RETURNED, _S.ENDORSED: _K.PLAN_ENDORSED}
WAITING: Final = frozenset({_S.RETURNED, _S.ENDORSED, _S.FINAL, _S.EVALUATION_DUE})
REPORTED: Final = frozenset({_S.FINAL, _S.IN_FORCE, _S.EVALUATION_DUE, _S.EVALUATED})


def owed_on_plans(
    plans: Iterable[Plan], *, case: Case, by: StaffId, roles: frozenset[Role], today: date
) -> Iterator[Reminder]:
    """What a colleague owes on the plans of one case (P4, P5, P10 to P13).

    Args:
        roles: those held on this case.
    """
    leads = case.lead_staff_id == by or Role.CASE_LEAD in roles
    for plan in plans:
        own = STAFF_OF[plan.programme] in roles
        if own and plan.state in _DRAFTERS:
            yield Reminder(kind=_DRAFTERS[plan.state], case=case)
        if leads and plan.state is _S.FINAL:
            yield Reminder(kind=_K.PLAN_FINAL, case=case)
        if (own or leads) and plan.state is _S.EVALUATION_DUE:
            yield Reminder(kind=_K.EVALUATION_DUE, case=case, due_on=plan.next_monitoring_on)
        if (leads or Role.COORDINATOR in roles) and report_overdue(plan, on=today):
            yield Reminder(kind=_K.REPORT_LATE, case=case, due_on=plan.report_due_on)


def decision_owed(plan: Plan, *, case: Case, by: StaffId) -> Iterator[Reminder]:
    """A plan that waits for the municipality, for whoever did not write on it (P8)."""
    if plan.state is _S.AWAITING_DECISION and by not in plan.drafted_by:
        yield Reminder(kind=_K.DECISION_WAITING, case=case)
