"""プランの決定: a meeting's, the municipality's, and what follows (P4 to P11)."""

from collections.abc import Iterable
from typing import Final

from bots.web.desk.course_entries import effort_of
from bots.web.desk.deed import Means, Offer, View
from bots.web.desk.entries import Entry, Kind, Option
from bots.web.desk.filled import Filled
from bots.web.desk.plans import of_plan, plan_deed, plan_in, plans_at, told, version_of
from bots.web.desk.sitting import item_in, items_in
from core.agencies import Role
from core.meetings.decisions import Outcome
from core.meetings.items import AgendaPurpose
from core.meetings.outcomes import is_to_be_followed
from core.meetings.sittings import MeetingState
from core.plans.decisions import MunicipalAct
from core.plans.machine import COORDINATOR, MEETING, OFFICER
from core.plans.patterns import ConfirmationPattern
from core.plans.record import PlanState
from core.usecases.plans.carry_decision_to_plan import carry_decision_to_plan
from core.usecases.plans.decide_support import decide_support
from core.usecases.plans.put_in_force import put_in_force
from core.usecases.plans.report_plan import report_plan

# Whoever leads a case leads it by the case itself; a seat is not needed.
LEADING: Final = frozenset(Role) - {Role.SYSTEM}
_S = PlanState


def _is_lead(view: View) -> bool:
    """Whether the reader leads the case."""
    return view.story.case.lead_staff_id == view.reader or Role.CASE_LEAD in view.roles


def _to_follow(view: View) -> Iterable[Offer]:
    """Confirmed items whose decision a plan may still have to follow."""
    for offer in items_in(view, {MeetingState.MINUTES_CONFIRMED, MeetingState.CLOSED}):
        _, item = item_in(view, offer.of)
        decision = item.decision
        if decision is None or decision.applied_at:
            continue
        anew = item.purpose is AgendaPurpose.CLOSE and decision.outcome is Outcome.REPLAN_NEEDED
        if anew or is_to_be_followed(item):
            yield offer


async def _carry(means: Means, filled: Filled, of: str) -> str:
    meeting, item = item_in(means.view, of)
    plans = await carry_decision_to_plan(
        means.uow,
        meeting_id=meeting.id,
        item_id=item.id,
        by=means.by,
        at=means.at,
        tz=means.tz,
        effort=effort_of(means.view),
    )
    return "".join(told(means.view, plan) for plan in plans)


def _deciding(view: View, of: str) -> tuple[Entry, ...]:
    plan = plan_in(view, of)
    both = plan.pattern is ConfirmationPattern.DECIDED_AND_OTHER
    decide = "支援を決定する" + ("(ほかの支援の内容も確認した)" if both else "")
    return (
        Entry(
            name="act",
            label="市の判断",
            kind=Kind.CHOICE,
            options=(
                Option(value=MunicipalAct.DECIDED.value, label=decide),
                Option(
                    value=MunicipalAct.REFUSED.value, label="決定しない(理由を書いて会議に戻す)"
                ),
            ),
        ),
        Entry(
            name="content",
            label="決定する支援の内容",
            kind=Kind.TEXT,
            required=False,
            value="\n".join(action.what for action in plan.sheet.actions),
        ),
        Entry(name="reason", label="決定しない理由", kind=Kind.TEXT, required=False),
        *version_of(view, of),
    )


async def _decide(means: Means, filled: Filled, of: str) -> str:
    both = plan_in(means.view, of).pattern is ConfirmationPattern.DECIDED_AND_OTHER
    acts = frozenset({MunicipalAct(filled.text("act"))})
    if both and MunicipalAct.DECIDED in acts:
        acts |= {MunicipalAct.CONFIRMED_OTHER}
    refused = MunicipalAct.REFUSED in acts
    decided = await decide_support(
        means.uow,
        acts=acts,
        content="" if refused else filled.text("content"),
        reason=filled.text("reason") if refused else "",
        tz=means.tz,
        **of_plan(means, filled, of),
    )
    return told(means.view, decided)


async def _report(means: Means, filled: Filled, of: str) -> str:
    await report_plan(means.uow, tz=means.tz, **of_plan(means, filled, of))
    return "市への報告を記録しました。"


def _unreported(view: View) -> Iterable[Offer]:
    owed = {one.id for one in view.story.plans if one.report_due_on and not one.reported_on}
    return (offer for offer in plans_at(view, *PlanState) if offer.of in owed)


def _beginning(view: View, of: str) -> tuple[Entry, ...]:
    planned = plan_in(view, of).sheet.monitoring_on
    return (
        Entry(
            name="next_monitoring_on",
            label="次に見直す日",
            kind=Kind.DAY,
            value="" if planned is None else planned.isoformat(),
        ),
        Entry(
            name="copy_offered",
            label="本人にプランの写しをお渡しした、またはお渡しできると伝えた",
            kind=Kind.YES,
            required=False,
        ),
        *version_of(view, of),
    )


async def _begin(means: Means, filled: Filled, of: str) -> str:
    begun = await put_in_force(
        means.uow,
        next_monitoring_on=filled.day("next_monitoring_on"),
        copy_offered=filled.yes("copy_offered"),
        tz=means.tz,
        **of_plan(means, filled, of),
    )
    return told(means.view, begun)


DEEDS: Final = (
    plan_deed(
        "carry-decision",
        "会議の決定をプランに反映する",
        MEETING,
        entries=lambda view, of: (),
        act=_carry,
        offered=_to_follow,
    ),
    plan_deed(
        "decide-support",
        "支援決定をする",
        OFFICER,
        entries=_deciding,
        act=_decide,
        offered=lambda view: plans_at(view, _S.AWAITING_DECISION),
        explains="訪ねる支援と参加支援は、市が決定して始まります。プランを書いた方は決定できません。",
    ),
    plan_deed(
        "report-plan",
        "市への報告を記録する",
        COORDINATOR,
        act=_report,
        offered=_unreported,
    ),
    plan_deed(
        "begin-plan",
        "プランを始める",
        LEADING,
        entries=_beginning,
        act=_begin,
        offered=lambda view: plans_at(view, _S.FINAL) if _is_lead(view) else (),
    ),
)
