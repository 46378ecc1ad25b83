"""Anybody does anything with plans, through the use cases: what is refused changes nothing."""

import random
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from core.basis import Basis
from core.errors import CaseworkError
from core.meetings.decisions import Outcome
from core.meetings.items import AgendaPurpose
from core.plans.decisions import MunicipalAct
from core.plans.evaluation import EvaluationResult
from core.plans.machine import ENDED, ROWS
from core.plans.patterns import NEEDS_DECISION
from core.plans.record import Plan, PlanState
from core.plans.sheet import LegalStatus
from core.programmes import PLANNING, Programme
from core.usecases.plans.continue_plan import continue_plan
from core.usecases.plans.note_evaluation_due import note_evaluation_due
from core.usecases.plans.put_preconsent_plan_in_force import put_preconsent_plan_in_force
from core.usecases.plans.resume_draft import resume_draft
from core.usecases.plans.write_evaluation import write_evaluation
from tests.core.plans import examples
from tests.core.usecases.plans.planning import (
    EARLY_SHEET,
    IMAI,
    NAKANO,
    OTHER_SHEET,
    OUTREACH_SHEET,
    TAKAHASHI,
    Planning,
)
from tests.people import SATO, SUZUKI, TANAKA

S = PlanState
STEPS = 60
MEETINGS = [
    (Outcome.APPROVED, AgendaPurpose.PLAN, Basis.JUSO),
    (Outcome.APPROVED, AgendaPurpose.REPLAN, Basis.JUSO),
    (Outcome.RETURNED, AgendaPurpose.PLAN, Basis.JUSO),
    (Outcome.ENDORSED, AgendaPurpose.PLAN, Basis.SHIEN),
    (Outcome.CLOSE_OK, AgendaPurpose.CLOSE, Basis.JUSO),
    (Outcome.NOT_YET, AgendaPurpose.CLOSE, Basis.JUSO),
]
FITTING = {
    S.SUBMITTED_JUSO: MEETINGS[0],
    S.SUBMITTED_SHIEN: MEETINGS[3],
    S.EVALUATED: MEETINGS[1],
}
Try = Callable[[], Awaitable[object]]


class Walker:
    """Somebody who tries things on a plan that is there."""

    def __init__(self, planning: Planning, seed: int) -> None:
        self.at_hand = planning
        self.draw = random.Random(seed)
        self.seen: set[PlanState] = set()

    async def tries(self) -> None:
        before = await self.at_hand.plans()
        deeds = await self.at_hand.deeds()
        self.at_hand.at += timedelta(hours=self.draw.choice((1, 30, 24 * 40)))
        try:
            await self.any_of(before)()
        except CaseworkError as error:
            assert error.rule
            assert await self.at_hand.plans() == before
            assert await self.at_hand.deeds() == deeds
        else:
            self.holds(before, await self.at_hand.plans())

    def any_of(self, plans: tuple[Plan, ...]) -> Try:
        hand, draw = self.at_hand, self.draw
        by = draw.choice((SUZUKI, SUZUKI, TANAKA, SATO, TAKAHASHI, NAKANO))
        programme, sheet, own = draw.choice(
            (
                (Programme.OUTREACH, OUTREACH_SHEET, SUZUKI),
                (Programme.OUTREACH, EARLY_SHEET, SUZUKI),
                (Programme.MULTI_AGENCY, OTHER_SHEET, TANAKA),
            )
        )
        waiting = {FITTING[plan.state] for plan in plans if plan.state in FITTING}
        outcome, purpose, basis = draw.choice(MEETINGS + sorted(waiting) * 6)

        async def meets() -> object:
            item = await hand.sits(outcome, purpose=purpose, basis=basis)
            return await hand.carry(item, by=draw.choice((IMAI, IMAI, IMAI, by)))

        on: list[Try] = [
            lambda: hand.draft(sheet, programme=programme, by=draw.choice((own, by))),
            *[meets] * 4,
        ]
        live = [plan for plan in plans if plan.state not in ENDED]
        return draw.choice(on + self.on(draw.choice(live)) if live else on)

    def on(self, plan: Plan) -> list[Try]:
        """What can be tried on this plan, by somebody who mostly may."""
        hand, draw, now = self.at_hand, self.draw, self.at_hand.now
        own = TANAKA if plan.programme is Programme.MULTI_AGENCY else SUZUKI
        this = {"plan_id": plan.id, "version": plan.version, **now}
        sheet = examples.evaluation(plan, draw.choice(list(EvaluationResult)))
        why = draw.choice(("", "変化"))
        later = hand.today + timedelta(days=draw.choice((0, 60)))
        acts = draw.choice((frozenset({MunicipalAct.REFUSED}), examples.DECISION.acts))
        uow = hand.uow
        tries: dict[PlanState, Try] = {
            S.DRAFT: lambda: hand.submit(plan, by=own),
            S.ENDORSED: lambda: put_preconsent_plan_in_force(uow, by=own.id, **this),
            S.RETURNED: lambda: resume_draft(uow, by=own.id, **this),
            S.AWAITING_DECISION: lambda: hand.decide(plan, acts=acts, reason="確認"),
            S.FINAL: lambda: hand.begin(plan, next_monitoring_on=later),
            S.IN_FORCE: lambda: note_evaluation_due(uow, by=own.id, reason=why, **this),
            S.EVALUATION_DUE: lambda: write_evaluation(uow, sheet=sheet, by=own.id, **this),
            S.EVALUATED: lambda: continue_plan(uow, next_monitoring_on=later, by=TANAKA.id, **this),
        }
        fitting = [tries[plan.state]] * 12 if plan.state in tries else []
        return [*tries.values(), *fitting]

    def holds(self, before: tuple[Plan, ...], after: tuple[Plan, ...]) -> None:
        """Each plan that moved took rows of the table; what the table forbids is nowhere."""
        was = {plan.id: plan for plan in before}
        self.seen |= {plan.state for plan in after}
        for plan in after:
            old = was.get(plan.id)
            if old is not None and old.state is not plan.state:
                assert plan.state in reached_from(old.state)
            early = plan.sheet.legal_status is LegalStatus.PRE_CONSENT
            assert not (early and plan.final_on)
            if plan.final_on and plan.pattern in NEEDS_DECISION:
                assert plan.municipal is not None
                assert plan.municipal.by not in plan.drafted_by
        live = [
            (plan.programme, plan.sheet.legal_status) for plan in after if plan.state not in ENDED
        ]
        assert len(live) == len(set(live))


def reached_from(state: PlanState) -> set[PlanState]:
    """By one row, and by what follows from it by itself."""
    once = {row.now for row in ROWS if row.was is state}
    again = {row.now for row in ROWS if row.was in once and row.was is S.APPROVED}
    return once | again


@pytest.mark.rule("DOMAIN-3.2")
@pytest.mark.parametrize("seed", range(3))
async def test_plans_walked_at_random_through_the_use_cases(planning: Planning, seed: int) -> None:
    await planning.assess()
    walker = Walker(planning, seed)
    for number in range(STEPS):
        if number == STEPS // 4:
            await planning.agrees(*PLANNING)
        await walker.tries()
    assert len(walker.seen) > 5, sorted(walker.seen)
