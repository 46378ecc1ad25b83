"""EvaluationSheet 評価シート: serves re-plan and closing (DOMAIN §2.6, S0 帳票)."""

import enum
from dataclasses import dataclass
from datetime import date
from typing import Final

from core.errors import CaseworkError
from core.ids import AgencyId, EvaluationId, PlanId, StaffId
from core.programmes import Programme


class EvaluationKind(enum.StrEnum):
    """On what occasion the plan is evaluated [C 第4-4(2)④⑤]."""

    PERIODIC = "PERIODIC"
    REPLAN = "REPLAN"
    CLOSING = "CLOSING"
    INTERRUPTION = "INTERRUPTION"


class EvaluationResult(enum.StrEnum):
    """What the evaluation proposes [C]."""

    CONTINUE = "CONTINUE"
    REPLAN = "REPLAN"
    CLOSE = "CLOSE"
    INTERRUPT = "INTERRUPT"


class EvaluationIncomplete(CaseworkError):
    """A field of the evaluation sheet is still empty. Facts: `missing`, `allowed`."""

    rule = "P13"


class ClosingUnarranged(CaseworkError):
    """Closing is a hand-over: an agency leads on, and knows how to share (S0 第3-5(3)⑤).

    Facts: `missing`, `allowed`.
    """

    rule = "R-069"


class IssuesNotInOrder(CaseworkError):
    """Multi-agency support ends when issues are ordered, an outlook exists, roles are agreed.

    Facts: `missing`, `allowed`.
    """

    rule = "R-067"


@dataclass(frozen=True, kw_only=True, slots=True)
class EvaluationSheet:
    """One evaluation of one plan. Texts are sealed where stored.

    Attributes:
        change: change in person or household [C].
        attainment: how far the goals were reached [C].
        of_plan: evaluation of the current plan [C].
        supporters: state of the supporters involved [C].
        remaining: remaining issues [I].
        follow_up: whether and how [C].
        lead_after: 主担当 after closing [C 第3-5(3)⑤].
        sharing_after: arrangement by which information stays shared [C]; reopening_signs [I].
        own_view: the person's own view [I]; never required.
        issues_ordered, outlook_exists, roles_agreed: why multi-agency may step back
            [C 第3-5(3)⑤, R-067].
        lacking_resource: resource gap found [C 第4-4(2)①].
    """

    id: EvaluationId
    plan_id: PlanId
    evaluated_on: date
    by: StaffId
    kind: EvaluationKind
    result: EvaluationResult
    change: str = ""
    attainment: str = ""
    of_plan: str = ""
    supporters: str = ""
    remaining: str = ""
    follow_up: str = ""
    lead_after: AgencyId | None = None
    sharing_after: str = ""
    reopening_signs: str = ""
    own_view: str = ""
    issues_ordered: bool = False
    outlook_exists: bool = False
    roles_agreed: bool = False
    lacking_resource: str = ""


# What 第4-4(2)⑤ asks of every evaluation.
_ALWAYS: Final = ("change", "attainment", "of_plan", "supporters")


def require_complete(sheet: EvaluationSheet) -> None:
    """Refuse a sheet with an empty field that the meeting needs (P13, S0 第4-4(2)⑤).

    Raises:
        EvaluationIncomplete: the fields named in `missing` are empty.
    """
    needed = (*_ALWAYS, "follow_up") if sheet.result is EvaluationResult.CLOSE else _ALWAYS
    missing = [name for name in needed if not getattr(sheet, name).strip()]
    if missing:
        raise EvaluationIncomplete(missing=",".join(missing), allowed="EVALUATION_DUE")


def require_handed_over(sheet: EvaluationSheet) -> None:
    """Refuse closing without a lead agency and a way to share on (R-069).

    Raises:
        ClosingUnarranged: one of the two is missing.
    """
    missing = [] if sheet.lead_after else ["lead_after"]
    if not sheet.sharing_after.strip():
        missing.append("sharing_after")
    if missing:
        raise ClosingUnarranged(missing=",".join(missing), allowed="EVALUATED")


def require_in_order(sheet: EvaluationSheet, *, programme: Programme) -> None:
    """Refuse to end multi-agency support before its work is done (R-067).

    Raises:
        IssuesNotInOrder: issues, outlook or roles are still open.
    """
    if programme is not Programme.MULTI_AGENCY:
        return
    marks = ("issues_ordered", "outlook_exists", "roles_agreed")
    missing = [name for name in marks if not getattr(sheet, name)]
    if missing:
        raise IssuesNotInOrder(missing=",".join(missing), allowed="CONTINUE,REPLAN")
