"""What a meeting decided leads a plan to one stage, or nowhere."""

from dataclasses import replace

import pytest

from core.plans.carrying import NothingToCarryOver, follows, stage_after
from core.plans.decisions import MeetingDecision
from core.plans.drafting import PlanUnderWay, require_alone
from core.plans.following import MonitoringUnfit, require_looked_at
from core.plans.machine import ENDED
from core.plans.record import PlanState
from core.programmes import Programme
from tests.core.plans.examples import BEFORE_CONSENT, JUSO_PLAN, LATER, PLAN, SHIEN_PLAN, TODAY, at

S = PlanState


def item(decision: str, basis: str = "JUSO") -> MeetingDecision:
    shape = JUSO_PLAN if basis == "JUSO" else SHIEN_PLAN
    return replace(shape, decision=decision, basis=basis)


@pytest.mark.rule("M8")
@pytest.mark.parametrize(
    ("state", "decided", "then"),
    [
        (S.SUBMITTED_SHIEN, item("ENDORSED", "SHIEN"), S.ENDORSED),
        (S.SUBMITTED_SHIEN, item("RETURNED", "SHIEN"), S.RETURNED),
        (S.SUBMITTED_JUSO, item("RETURNED"), S.RETURNED),
        (S.SUBMITTED_JUSO, item("APPROVED"), S.APPROVED),
        (S.EVALUATED, item("APPROVED"), S.SUPERSEDED),
        (S.EVALUATED, item("REPLAN_NEEDED"), S.SUPERSEDED),
        (S.EVALUATED, item("CLOSE_OK"), S.CLOSED),
        (S.IN_FORCE, item("INTERRUPT_OK"), S.INTERRUPTED),
        (S.IN_FORCE, item("INTERRUPT_OK", "SHIEN"), S.INTERRUPTED),
    ],
)
def test_a_decision_leads_on_from_one_stage(
    state: PlanState, decided: MeetingDecision, then: PlanState
) -> None:
    assert stage_after(at(state), decided) is then
    others = [other for other in S if follows(at(other), decided)]
    assert state in others
    for other in set(S) - set(others):
        with pytest.raises(NothingToCarryOver) as refused:
            stage_after(at(other), decided)
        assert refused.value.facts["from"] == other.value


@pytest.mark.rule("R-030")
def test_a_decision_about_another_case_or_programme_moves_nothing() -> None:
    plan = at(S.SUBMITTED_JUSO)
    for other in (
        replace(JUSO_PLAN, programmes=frozenset({Programme.PARTICIPATION})),
        replace(JUSO_PLAN, case_id=None),
    ):
        with pytest.raises(NothingToCarryOver):
            stage_after(plan, other)


@pytest.mark.rule("P1")
@pytest.mark.parametrize("state", sorted(S))
def test_a_programme_has_one_plan_under_way(state: PlanState) -> None:
    second = replace(PLAN, id=PLAN.id + "-b")  # type: ignore[arg-type]
    if state in ENDED:
        require_alone(second, others=[at(state)])
    else:
        with pytest.raises(PlanUnderWay):
            require_alone(second, others=[at(state)])
    require_alone(replace(second, sheet=BEFORE_CONSENT), others=[at(state)])
    require_alone(replace(second, programme=Programme.MULTI_AGENCY), others=[at(state)])
    require_alone(PLAN, others=[at(state)])


@pytest.mark.rule("R-048")
@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"plan": at(S.DRAFT)}, "plan"),
        ({"plan": at(S.CLOSED)}, "plan"),
        ({"done_on": LATER}, "day"),
        ({"result": " "}, "result"),
        ({"asks_for": "SHIEN"}, "basis"),
    ],
)
def test_a_monitoring_is_of_a_plan_that_runs(changes: dict[str, object], missing: str) -> None:
    fit: dict[str, object] = {
        "plan": at(S.IN_FORCE),
        "done_on": TODAY,
        "result": "つづけて会えている",
        "asks_for": "CASE",
        "today": TODAY,
    }
    plan, rest = fit.pop("plan"), fit
    require_looked_at(plan, **rest)  # type: ignore[arg-type]
    asked = rest | {k: v for k, v in changes.items() if k != "plan"}
    with pytest.raises(MonitoringUnfit) as refused:
        require_looked_at(changes.get("plan", plan), **asked)  # type: ignore[arg-type]
    assert refused.value.facts["missing"] == missing
