"""A plan in force: copies, monitoring, evaluation, re-plan, closing, interruption (P10 to P18)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.agencies import Role
from core.errors import CaseworkError
from core.ids import PlanId
from core.plans.decisions import MeetingDecision, PlanConsents
from core.plans.drafting import replan
from core.plans.evaluation import (
    ClosingUnarranged,
    EvaluationIncomplete,
    EvaluationResult,
    IssuesNotInOrder,
)
from core.plans.fitness import PartsNotNamed
from core.plans.following import (
    PartsNotTalkedOver,
    ReportNotDue,
    StartBeforeDecision,
    StartGround,
    divide_parts_again,
    report_overdue,
    report_plan,
    require_start,
)
from core.plans.items import PlanMeetingIncomplete, PlanNotDecidedInMeeting
from core.plans.machine import PlanStepNotYours, take_step
from core.plans.record import Plan, PlanState
from core.plans.running import (
    ContactNotLost,
    CopyNotOffered,
    EvaluationNotDue,
    MonitoringNotSet,
    OtherResult,
    SuccessorNotFinal,
)
from core.plans.sheet import AgencyPart
from core.programmes import Programme
from tests.core.plans.examples import (
    BEFORE_CONSENT,
    CENTER,
    JUSO_PLAN,
    LATER,
    OFFICE,
    OTHER_ACT,
    PLAN,
    SHEET,
    SHIEN_PLAN,
    TODAY,
    WRITER,
    at,
    evaluated,
    evaluation,
    in_force,
    moved,
    step,
    walked,
)
from tests.people import MONDAY

S = PlanState
R = EvaluationResult
REPLAN = replace(JUSO_PLAN, purpose="REPLAN")
CLOSE = replace(JUSO_PLAN, purpose="CLOSE", decision="CLOSE_OK")
INTERRUPT = replace(JUSO_PLAN, purpose="INTERRUPT", decision="INTERRUPT_OK")
CASE_TALK = replace(JUSO_PLAN, purpose="PROGRESS", basis="CASE", attended=frozenset())
COORDINATION = replace(
    PLAN,
    programme=Programme.MULTI_AGENCY,
    sheet=replace(SHEET, actions=(OTHER_ACT,), uses=frozenset()),
)


def refused(plan: Plan, to: PlanState, **facts: Any) -> CaseworkError:
    with pytest.raises(CaseworkError) as caught:
        take_step(plan, step(plan, to, **facts))
    assert caught.value.facts.get("allowed")
    return caught.value


@pytest.mark.rule("P10")
def test_pattern_three_is_reported_once_and_late_is_late_but_holds_nothing_up() -> None:
    coordinator = Role.COORDINATOR
    final = moved(walked(COORDINATION, S.SUBMITTED_JUSO, S.APPROVED), S.FINAL, role=Role.SYSTEM)
    long_after = TODAY + timedelta(days=31)
    assert not report_overdue(final, on=TODAY)
    assert report_overdue(final, on=long_after)
    assert moved(final, S.IN_FORCE).state is S.IN_FORCE
    told = report_plan(final, by=WRITER, role=coordinator, at=MONDAY, on=TODAY)
    assert told.plan.reported_on == TODAY
    assert not report_overdue(told.plan, on=long_after)
    for plan in (told.plan, COORDINATION, in_force()):
        with pytest.raises(ReportNotDue):
            report_plan(plan, by=WRITER, role=coordinator, at=MONDAY, on=TODAY)
    with pytest.raises(PlanStepNotYours):
        report_plan(final, by=WRITER, role=Role.CLERK, at=MONDAY, on=TODAY)


@pytest.mark.rule("P11")
def test_a_plan_goes_into_force_with_a_monitoring_day_and_a_copy_offered() -> None:
    final = at(S.FINAL)
    assert moved(final, S.IN_FORCE).next_monitoring_on == LATER
    for day in (None, TODAY):
        error = refused(final, S.IN_FORCE, next_monitoring_on=day)
        assert isinstance(error, MonitoringNotSet)
    assert isinstance(refused(final, S.IN_FORCE, copy_offered=False), CopyNotOffered)
    assert isinstance(refused(final, S.IN_FORCE, role=Role.COORDINATOR), PlanStepNotYours)


@pytest.mark.rule("P12")
def test_evaluation_comes_with_the_day_or_with_a_big_change() -> None:
    plan = in_force()
    assert isinstance(refused(plan, S.EVALUATION_DUE), EvaluationNotDue)
    assert moved(plan, S.EVALUATION_DUE, on=LATER)
    assert moved(plan, S.EVALUATION_DUE, reason="父の入院", role=Role.OUTREACH_WORKER)


@pytest.mark.rule("P13")
def test_an_evaluation_is_of_this_plan_and_complete() -> None:
    due = moved(in_force(), S.EVALUATION_DUE, reason="父の入院")
    other = replace(evaluation(due, R.CONTINUE), plan_id=PlanId("plan-77"))
    assert isinstance(refused(due, S.EVALUATED, evaluation=other), OtherResult)
    assert isinstance(refused(due, S.EVALUATED, evaluation=None), OtherResult)
    for field in ("change", "attainment", "of_plan", "supporters"):
        empty = evaluation(due, R.CONTINUE, **{field: " "})
        error = refused(due, S.EVALUATED, evaluation=empty)
        assert isinstance(error, EvaluationIncomplete)
        assert error.facts["missing"] == field
    closing = evaluation(due, R.CLOSE, follow_up="")
    assert isinstance(refused(due, S.EVALUATED, evaluation=closing), EvaluationIncomplete)
    # The person's own view is welcome and never required.
    assert moved(due, S.EVALUATED, evaluation=evaluation(due, R.CONTINUE)).evaluation


@pytest.mark.rule("P14")
def test_a_small_change_goes_on_without_a_juso_meeting_and_with_a_new_day() -> None:
    plan = evaluated(R.CONTINUE)
    coordinator = Role.COORDINATOR
    again = moved(plan, S.IN_FORCE, role=coordinator, meeting=None)
    assert (again.state, again.next_monitoring_on) == (S.IN_FORCE, LATER)
    error = refused(plan, S.IN_FORCE, role=coordinator, next_monitoring_on=None)
    assert isinstance(error, MonitoringNotSet)
    assert isinstance(refused(evaluated(R.CLOSE), S.IN_FORCE, role=coordinator), OtherResult)


@pytest.mark.rule("P14")
def test_a_closing_that_the_meeting_puts_off_leaves_the_plan_in_force() -> None:
    put_off = replace(CLOSE, decision="NOT_YET")
    plan = evaluated(R.CLOSE)
    assert moved(plan, S.IN_FORCE, role=Role.COORDINATOR, meeting=put_off).state is S.IN_FORCE
    assert isinstance(refused(plan, S.CLOSED, meeting=put_off), PlanNotDecidedInMeeting)


@pytest.mark.rule("P17")
def test_an_evaluation_that_proposes_interruption_goes_by_way_of_the_plan_in_force() -> None:
    plan = moved(evaluated(R.INTERRUPT), S.IN_FORCE, role=Role.COORDINATOR, meeting=None)
    assert moved(plan, S.INTERRUPTED, contact_lost=True, meeting=INTERRUPT)


@pytest.mark.rule("P15")
@pytest.mark.rule("R-063")
def test_a_re_plan_ends_one_edition_and_begins_the_next() -> None:
    plan = evaluated(R.REPLAN)
    asked = step(plan, S.SUPERSEDED, meeting=REPLAN)
    again = replan(plan, step=asked, id=PlanId("plan-2"), drafter=WRITER)
    assert again.before.plan.state is S.SUPERSEDED
    draft = again.draft
    assert (draft.state, draft.edition, draft.replaces) == (S.DRAFT, 2, plan.id)
    assert (draft.municipal, draft.evaluation, draft.next_monitoring_on) == (None, None, None)
    # The second edition is approved as a re-plan, not as a first plan.
    submitted = moved(draft, S.SUBMITTED_JUSO)
    assert isinstance(refused(submitted, S.APPROVED), PlanNotDecidedInMeeting)
    # The sitting that called for it has not seen it.
    assert isinstance(refused(submitted, S.APPROVED, meeting=REPLAN), PlanNotDecidedInMeeting)
    assert moved(submitted, S.APPROVED, meeting=replace(REPLAN, meeting_id="meeting-3"))


@pytest.mark.rule("P15")
@pytest.mark.rule("R-030")
@pytest.mark.parametrize("meeting", [None, JUSO_PLAN, CASE_TALK, replace(REPLAN, basis="SHIEN")])
def test_a_re_plan_is_the_juso_meetings_own_item(meeting: MeetingDecision | None) -> None:
    error = refused(evaluated(R.REPLAN), S.SUPERSEDED, meeting=meeting)
    assert isinstance(error, PlanNotDecidedInMeeting)


@pytest.mark.rule("P15")
@pytest.mark.rule("O11")
def test_a_closing_may_end_in_planning_anew() -> None:
    asked = replace(CLOSE, decision="REPLAN_NEEDED")
    assert moved(evaluated(R.CLOSE), S.SUPERSEDED, meeting=asked).state is S.SUPERSEDED
    for meeting in (CLOSE, replace(asked, purpose="PROGRESS"), replace(asked, basis="SHIEN")):
        error = refused(evaluated(R.CLOSE), S.SUPERSEDED, meeting=meeting)
        assert isinstance(error, PlanNotDecidedInMeeting)


@pytest.mark.rule("P16")
def test_closing_is_decided_by_the_juso_meeting_with_every_seat_filled() -> None:
    plan = evaluated(R.CLOSE)
    assert moved(plan, S.CLOSED, meeting=CLOSE).state is S.CLOSED
    for meeting in (None, JUSO_PLAN, CASE_TALK, replace(CLOSE, basis="SHIEN")):
        error = refused(plan, S.CLOSED, meeting=meeting)
        assert isinstance(error, PlanNotDecidedInMeeting)
    empty = replace(CLOSE, attended=frozenset())
    assert isinstance(refused(plan, S.CLOSED, meeting=empty), PlanMeetingIncomplete)
    assert isinstance(refused(evaluated(R.CONTINUE), S.CLOSED, meeting=CLOSE), OtherResult)


@pytest.mark.rule("R-069")
def test_closing_names_who_leads_on_and_how_it_stays_shared() -> None:
    for changes in ({"lead_after": None}, {"sharing_after": ""}):
        plan = evaluated(R.CLOSE, **changes)
        assert isinstance(refused(plan, S.CLOSED, meeting=CLOSE), ClosingUnarranged)


@pytest.mark.rule("R-067")
@pytest.mark.parametrize("mark", ["issues_ordered", "outlook_exists", "roles_agreed"])
def test_multi_agency_ends_when_issues_outlook_and_roles_are_settled(mark: str) -> None:
    coordination = replace(
        at(S.EVALUATED, COORDINATION),
        evaluation=evaluation(COORDINATION, R.CLOSE, **{mark: False}),
    )
    assert isinstance(refused(coordination, S.CLOSED, meeting=CLOSE), IssuesNotInOrder)
    outreach = replace(coordination, programme=Programme.OUTREACH)
    assert moved(outreach, S.CLOSED, meeting=CLOSE).state is S.CLOSED


@pytest.mark.rule("P17")
def test_interruption_needs_lost_contact_and_a_meeting() -> None:
    plan = in_force()
    assert isinstance(refused(plan, S.INTERRUPTED, meeting=INTERRUPT), ContactNotLost)
    error = refused(plan, S.INTERRUPTED, contact_lost=True)
    assert isinstance(error, PlanNotDecidedInMeeting)
    assert moved(plan, S.INTERRUPTED, contact_lost=True, meeting=INTERRUPT)
    # With consent it is one of the four timings; without, only the 支援会議 may speak of it.
    shien = replace(INTERRUPT, basis="SHIEN")
    assert refused(plan, S.INTERRUPTED, contact_lost=True, meeting=shien)
    none = PlanConsents()
    assert moved(plan, S.INTERRUPTED, contact_lost=True, meeting=shien, consents=none)
    assert refused(plan, S.INTERRUPTED, contact_lost=True, meeting=INTERRUPT, consents=none)


@pytest.mark.rule("P18")
def test_the_plan_before_consent_ends_when_the_plan_after_consent_is_final() -> None:
    before = replace(at(S.IN_FORCE_PRECONSENT), id=PlanId("plan-0"), sheet=BEFORE_CONSENT)
    system = Role.SYSTEM
    final = at(S.FINAL)
    ended = moved(before, S.SUPERSEDED, role=system, successor=final)
    assert ended.state is S.SUPERSEDED
    elsewhere = replace(final, case_id=type(final.case_id)("case-b1"))
    for after in (None, at(S.APPROVED), elsewhere, replace(final, sheet=BEFORE_CONSENT)):
        error = refused(before, S.SUPERSEDED, role=system, successor=after, meeting=SHIEN_PLAN)
        assert isinstance(error, SuccessorNotFinal)


@pytest.mark.rule("R-060")
def test_outreach_and_participation_start_after_the_decision_on_a_plan_that_writes_them() -> None:
    sheet = replace(SHEET, actions=(OTHER_ACT,), uses=frozenset({Programme.PARTICIPATION}))
    plan = replace(COORDINATION, sheet=sheet)
    with pytest.raises(StartBeforeDecision) as caught:
        require_start(Programme.PARTICIPATION, plans=(at(S.APPROVED, plan),))
    assert caught.value.facts["allowed"] == "EARLY"
    ground = require_start(Programme.PARTICIPATION, plans=(at(S.FINAL, plan),))
    assert ground is StartGround.DECIDED
    with pytest.raises(StartBeforeDecision):
        require_start(Programme.OUTREACH, plans=(at(S.FINAL, plan),))


@pytest.mark.rule("R-061")
def test_early_involvement_needs_a_reason_and_outreach_has_its_plan_before_consent() -> None:
    early = require_start(Programme.PARTICIPATION, plans=(), early_start_reason="空きがない")
    assert early is StartGround.EARLY
    with pytest.raises(StartBeforeDecision):
        require_start(Programme.PARTICIPATION, plans=(), early_start_reason="  ")
    before = at(S.IN_FORCE_PRECONSENT, replace(PLAN, sheet=BEFORE_CONSENT))
    assert require_start(Programme.OUTREACH, plans=(before,)) is StartGround.PRE_CONSENT
    with pytest.raises(StartBeforeDecision):
        require_start(Programme.PARTICIPATION, plans=(before,))


@pytest.mark.rule("R-063")
def test_parts_are_divided_again_in_a_meeting_and_nobody_acts_without_one() -> None:
    plan = in_force()
    parts = (AgencyPart(agency_id=CENTER, part="訪問と手続き"),)
    asked: dict[str, Any] = {"by": WRITER, "role": Role.COORDINATOR, "at": MONDAY}
    changed = divide_parts_again(plan, parts=parts, meeting=CASE_TALK, **asked)
    assert changed.plan.sheet.agencies == parts
    assert changed.plan.sheet.uses == plan.sheet.uses
    with pytest.raises(PartsNotTalkedOver):
        divide_parts_again(plan, parts=parts, meeting=SHIEN_PLAN, **asked)
    with pytest.raises(PartsNotTalkedOver):
        divide_parts_again(at(S.FINAL), parts=parts, meeting=CASE_TALK, **asked)
    other = (AgencyPart(agency_id=OFFICE, part="家計"),)
    with pytest.raises(PartsNotNamed):
        divide_parts_again(plan, parts=other, meeting=CASE_TALK, **asked)
    with pytest.raises(PlanStepNotYours):
        divide_parts_again(
            plan, parts=parts, meeting=CASE_TALK, by=WRITER, role=Role.MEMBER, at=MONDAY
        )
