"""Machine P walked at random: no reachable plan breaks a rule, a refused step changes nothing."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from core.agencies import Role
from core.errors import CaseworkError
from core.ids import PlanId
from core.plans.decisions import MeetingDecision, MunicipalAct, PlanConsents
from core.plans.drafting import replan, rewrite_sheet
from core.plans.evaluation import EvaluationResult
from core.plans.machine import ENDED, GUARDS, ROWS, open_rows, take_step
from core.plans.patterns import ConfirmationPattern
from core.plans.record import Plan, PlanState, PlanStep
from core.plans.sheet import LegalStatus
from core.plans.submitting import STAFF_OF
from core.programmes import PLANNING, Programme
from tests.core.plans.examples import (
    ALL_CONSENTS,
    BEFORE_CONSENT,
    DECISION,
    JUSO_PLAN,
    LATER,
    OFFICER,
    OTHER_ACT,
    OUTREACH_ACT,
    PARTICIPATION_ACT,
    PLAN,
    REFUSAL,
    SHEET,
    SHIEN_PLAN,
    WRITER,
    evaluation,
    step,
)
from tests.people import MONDAY

S = PlanState
SHEETS = [
    replace(SHEET, actions=actions, uses=frozenset(uses))
    for actions in ((OUTREACH_ACT,), (OTHER_ACT,), (OUTREACH_ACT, OTHER_ACT), (PARTICIPATION_ACT,))
    for uses in ((), (Programme.OUTREACH,), (Programme.OUTREACH, Programme.PARTICIPATION))
] + [BEFORE_CONSENT] * 6
MEETINGS = [None] + [
    replace(shape, purpose=purpose, decision=decision)
    for shape in (JUSO_PLAN, SHIEN_PLAN, replace(JUSO_PLAN, attended=frozenset()))
    for purpose, decision in (
        ("PLAN", "APPROVED"),
        ("PLAN", "ENDORSED"),
        ("PLAN", "RETURNED"),
        ("REPLAN", "APPROVED"),
        ("CLOSE", "CLOSE_OK"),
        ("CLOSE", "NOT_YET"),
        ("INTERRUPT", "INTERRUPT_OK"),
    )
]
DECISIONS = [None, DECISION, REFUSAL, replace(DECISION, acts=frozenset({MunicipalAct.DECIDED}))]
CONSENTS = [ALL_CONSENTS, PlanConsents(), PlanConsents(service_use=PLANNING)]
PAST_APPROVAL = frozenset(
    {S.APPROVED, S.AWAITING_DECISION, S.FINAL, S.IN_FORCE, S.EVALUATION_DUE, S.EVALUATED, S.CLOSED}
)
PAST_DECISION = PAST_APPROVAL - {S.APPROVED, S.AWAITING_DECISION}


def fitting(plan: Plan, to: PlanState) -> MeetingDecision:
    """The item whose decision leads there."""
    if to is S.ENDORSED:
        return SHIEN_PLAN
    if to is S.CLOSED:
        return replace(JUSO_PLAN, purpose="CLOSE", decision="CLOSE_OK")
    if to is S.INTERRUPTED:
        return replace(JUSO_PLAN, purpose="INTERRUPT", decision="INTERRUPT_OK")
    if to is S.SUPERSEDED or plan.edition > 1:
        return replace(JUSO_PLAN, purpose="REPLAN", meeting_id=f"meeting-of-{plan.version}")
    return JUSO_PLAN


class PlanWalk(RuleBasedStateMachine):
    """A plan to which anybody does anything."""

    def __init__(self) -> None:
        super().__init__()
        self.plan: Plan = PLAN
        self.trail: list[PlanState] = []

    @initialize(sheet=st.sampled_from(SHEETS), programme=st.sampled_from(sorted(PLANNING)))
    def begins(self, sheet: Any, programme: Programme) -> None:
        self.plan = replace(PLAN, sheet=sheet, programme=programme)

    def tries(self, asked: PlanStep) -> None:
        before = self.plan
        kept = replace(before)
        try:
            moved = take_step(before, asked)
        except CaseworkError as error:
            assert error.rule
            assert error.facts.get("allowed")
            assert self.plan is before
            assert before == kept
        else:
            assert (moved.event.was, moved.event.now) == (before.state, moved.plan.state)
            assert moved.plan.version == before.version + 1
            self.trail.append(moved.plan.state)
            self.plan = moved.plan

    @rule(
        to=st.sampled_from(PlanState),
        role=st.sampled_from(Role),
        by=st.sampled_from((WRITER, OFFICER)),
        meeting=st.sampled_from(MEETINGS),
        municipal=st.sampled_from(DECISIONS),
        consents=st.sampled_from(CONSENTS),
        lost=st.booleans(),
    )
    def anybody_asks_for_anything(self, **facts: Any) -> None:
        lost = facts.pop("lost")
        self.tries(replace(step(self.plan, facts["to"]), contact_lost=lost, **facts))

    @rule(data=st.data())
    def a_row_is_taken_with_much_that_fits(self, data: st.DataObject) -> None:
        rows = open_rows(self.plan.state)
        if not rows:
            return
        row = data.draw(st.sampled_from(rows))
        own = STAFF_OF[self.plan.programme]
        role = own if own in row.who else data.draw(st.sampled_from(sorted(row.who)))
        asked = step(
            self.plan,
            row.now,
            role=role,
            meeting=data.draw(st.sampled_from(MEETINGS)),
            municipal=data.draw(st.sampled_from(DECISIONS)),
            consents=data.draw(st.sampled_from(CONSENTS)),
            reason=data.draw(st.sampled_from(("", "変化があった"))),
            on=data.draw(st.sampled_from((MONDAY.date(), LATER))),
            contact_lost=data.draw(st.booleans()),
            evaluation=evaluation(
                self.plan, data.draw(st.sampled_from(EvaluationResult)), roles_agreed=True
            ),
        )
        self.tries(replace(asked, next_monitoring_on=LATER.replace(year=2027)))

    @rule(data=st.data(), result=st.sampled_from(EvaluationResult))
    def a_row_is_taken_as_it_should_be(self, data: st.DataObject, result: Any) -> None:
        rows = [row for row in open_rows(self.plan.state) if row.now is not S.RETURNED]
        if not rows:
            return
        onward = [row for row in rows if row.now is not S.INTERRUPTED]
        row = data.draw(st.sampled_from(onward * 3 + rows))
        own = STAFF_OF[self.plan.programme]
        early = self.plan.sheet.legal_status is LegalStatus.PRE_CONSENT
        asked = step(
            self.plan,
            row.now,
            role=own if own in row.who else data.draw(st.sampled_from(sorted(row.who))),
            meeting=fitting(self.plan, row.now),
            consents=PlanConsents() if early else ALL_CONSENTS,
            reason="変化があった",
            contact_lost=True,
            evaluation=evaluation(self.plan, result),
            endorsement_required=data.draw(st.booleans()),
            successor=replace(PLAN, state=S.FINAL, programme=self.plan.programme),
        )
        self.tries(asked)

    @precondition(lambda self: self.plan.state is S.DRAFT)
    @rule(sheet=st.sampled_from(SHEETS), by=st.sampled_from((WRITER, OFFICER)))
    def somebody_rewrites_the_draft(self, sheet: Any, by: Any) -> None:
        role = STAFF_OF[self.plan.programme]
        written = rewrite_sheet(self.plan, sheet=sheet, by=by, role=role, at=MONDAY)
        self.plan = written.plan

    @precondition(lambda self: self.plan.state is S.EVALUATED)
    @rule(meeting=st.sampled_from(MEETINGS))
    def the_meeting_plans_anew(self, meeting: Any) -> None:
        before = self.plan
        asked = step(before, S.SUPERSEDED, meeting=meeting)
        try:
            again = replan(before, step=asked, id=PlanId("plan-n"), drafter=WRITER)
        except CaseworkError:
            assert self.plan is before
        else:
            self.plan, self.trail = again.draft, []
            assert self.plan.edition == before.edition + 1

    @invariant()
    def what_needs_a_decision_has_one_before_it_is_final(self) -> None:
        if self.plan.state in PAST_DECISION:
            municipal = self.plan.municipal
            if self.plan.pattern is ConfirmationPattern.NEITHER:
                assert municipal is None
            else:
                assert municipal is not None
                assert MunicipalAct.DECIDED in municipal.acts
                assert municipal.by not in self.plan.drafted_by
            if self.plan.pattern is ConfirmationPattern.DECIDED_AND_OTHER:
                assert municipal is not None
                assert MunicipalAct.CONFIRMED_OTHER in municipal.acts

    @invariant()
    def a_plan_before_consent_is_never_seen_by_the_juso_meeting(self) -> None:
        if self.plan.sheet.legal_status is LegalStatus.PRE_CONSENT:
            assert self.plan.state not in PAST_APPROVAL | {S.SUBMITTED_JUSO}
        else:
            assert self.plan.state not in {S.SUBMITTED_SHIEN, S.ENDORSED, S.IN_FORCE_PRECONSENT}

    @invariant()
    def what_is_approved_or_runs_came_through_a_meeting(self) -> None:
        if self.plan.state in PAST_APPROVAL | {S.ENDORSED, S.INTERRUPTED}:
            assert self.plan.approved_in
        if self.plan.state in {S.IN_FORCE, S.EVALUATION_DUE, S.EVALUATED}:
            assert self.plan.next_monitoring_on is not None
            assert self.plan.final_on is not None

    @invariant()
    def ends_stay_ends_and_closing_names_who_leads_on(self) -> None:
        assert not set(self.trail[:-1]) & ENDED
        if self.plan.state is S.CLOSED:
            assert self.plan.evaluation is not None
            assert self.plan.evaluation.lead_after


TestPlanWalk = PlanWalk.TestCase
TestPlanWalk.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)


@pytest.mark.rule("DOMAIN-3.2")
def test_the_table_names_every_state_and_only_guards_that_exist() -> None:
    reached = {row.now for row in ROWS} | {S.DRAFT}
    assert reached == set(PlanState)
    assert {row.row for row in ROWS} == {f"P{n}" for n in range(2, 19)}
    assert {name for row in ROWS for name in row.guards} == set(GUARDS)
    assert len({(row.was, row.now) for row in ROWS}) == len(ROWS)
    assert {row.was for row in ROWS} & ENDED == set()
