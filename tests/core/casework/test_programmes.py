"""The courses of participation support and of multi-agency, row by row."""

from dataclasses import replace
from typing import Any

import pytest

from core.agencies import Role
from core.assessments import Screening
from core.closing import ClosingReason, HandOverOpen, NextContactUnset, NotStableYet, ReopenReason
from core.courses.grounds import Grounds, MeetingUndecided
from core.courses.multi_agency import (
    MULTI_AGENCY_TABLE,
    DirectAssessmentUncoordinated,
    MultiAgencyState,
    NotAccepted,
    ReturnUnprepared,
    ScreeningUndecided,
    advance_multi_agency,
    multi_agency_after_consent_ended,
    receive_multi_agency,
)
from core.courses.outreach_guards import (
    ClosingNotEvaluated,
    ServiceUseMissing,
    SharingNotAgreed,
    SupportPlanNotFinal,
)
from core.courses.participation import (
    PARTICIPATION_TABLE,
    EarlyStartUnexplained,
    MatchMissing,
    ParticipationState,
    TiesNotStable,
    advance_participation,
    participation_after_consent_ended,
    receive_participation,
)
from core.courses.steps import Course, CourseAssessmentMissing
from core.courses.walking import CourseStepClosed, CourseStepNotTheirs
from core.errors import CaseworkError
from core.interruption import EffortMissing, report_loss
from core.plans.record import PlanState
from core.programmes import Programme
from tests.core.casework.cases import AFTER, LOST, SHARE, TRIED, USE, grounds, meeting, plan
from tests.core.casework.ledgers import TODAY
from tests.people import A12, MONDAY, SATO, A

P = ParticipationState
M = MultiAgencyState
OF_P = (USE[Programme.PARTICIPATION], SHARE)
OF_M = (USE[Programme.MULTI_AGENCY], SHARE)
BY: dict[str, Any] = {"person": A.id, "by": SATO.id, "role": Role.INTAKE_WORKER}
STABLE = replace(AFTER, reason=ClosingReason.TIES_STABLE)
ORDERED = replace(AFTER, reason=ClosingReason.ISSUES_ORDERED)
FINAL_P = plan(PlanState.FINAL, Programme.PARTICIPATION)
FINAL_M = plan(PlanState.IN_FORCE, Programme.MULTI_AGENCY)
WORKER = Role.PARTICIPATION_WORKER
COORDINATOR = Role.COORDINATOR
CLOSED_OK = meeting("CLOSE", "CLOSE_OK")
INTERRUPT = meeting("INTERRUPT", "INTERRUPT_OK")
REPLAN = meeting("REPLAN", "APPROVED")

PARTICIPATION: dict[str, tuple[P, P, Role, Grounds]] = {
    "PT2": (P.RECEIVED, P.ASSESSING, WORKER, grounds(ledger=OF_P)),
    "PT3": (P.ASSESSING, P.PLAN, WORKER, grounds(ledger=OF_P, assessment="a-1")),
    "PT4": (P.PLAN, P.MATCHING, Role.MUNICIPAL_OFFICER, grounds(ledger=OF_P, plan=FINAL_P)),
    "PT5": (P.ASSESSING, P.MATCHING, WORKER, grounds(ledger=OF_P, early_start="空きが今だけ")),
    "PT6": (P.MATCHING, P.SETTLING, WORKER, grounds(ledger=OF_P, plan=FINAL_P, match="m-1")),
    "PT7": (P.SETTLING, P.MATCHING, WORKER, grounds(ledger=OF_P)),
    "PT8": (P.SETTLING, P.PLAN, Role.CHAIR, grounds(ledger=OF_P, meeting=REPLAN)),
    "PT9": (
        P.SETTLING,
        P.CLOSED,
        COORDINATOR,
        grounds(
            ledger=OF_P,
            evaluation="e-1",
            meeting=CLOSED_OK,
            closing=STABLE,
            stable_since=TODAY,
        ),
    ),
    "PT10": (P.CLOSED, P.KEEP_IN_TOUCH, Role.SYSTEM, grounds(closing=STABLE)),
    "PT11": (
        P.MATCHING,
        P.INTERRUPTED,
        Role.CHAIR,
        grounds(ledger=OF_P, loss=LOST, meeting=INTERRUPT),
    ),
    "PT12": (
        P.KEEP_IN_TOUCH,
        P.REOPENED,
        Role.MEMBER,
        grounds(reopen=ReopenReason.CONTACT_AGAIN),
    ),
    "PT13": (P.REOPENED, P.RECEIVED, WORKER, grounds()),
    "PT14": (P.SETTLING, P.RECEIVED, Role.SYSTEM, grounds()),
    "PT15": (P.RECEIVED, P.CLOSED, COORDINATOR, grounds(reason="望まれない", source_told=True)),
}
MULTI: dict[str, tuple[M, M, Role, Grounds]] = {
    "MK2": (M.RECEIVED, M.SCREENED, COORDINATOR, grounds(screening=Screening.ACCEPT)),
    "MK3": (M.SCREENED, M.ASSESSING, COORDINATOR, grounds()),
    "MK4": (M.ASSESSING, M.PLAN, COORDINATOR, grounds(ledger=OF_M, assessment="a-1")),
    "MK5": (M.PLAN, M.COORDINATING, COORDINATOR, grounds(ledger=OF_M, plan=FINAL_M)),
    "MK6": (M.COORDINATING, M.PLAN, Role.CHAIR, grounds(ledger=OF_M, meeting=REPLAN)),
    "MK7": (
        M.COORDINATING,
        M.CLOSED,
        COORDINATOR,
        grounds(ledger=OF_M, evaluation="e-1", meeting=CLOSED_OK, closing=ORDERED),
    ),
    "MK8": (
        M.PLAN,
        M.INTERRUPTED,
        Role.CHAIR,
        grounds(ledger=OF_M, loss=LOST, meeting=INTERRUPT),
    ),
    "MK9": (M.CLOSED, M.REOPENED, Role.MEMBER, grounds(reopen=ReopenReason.UNTANGLE_AGAIN)),
    "MK10": (M.REOPENED, M.ASSESSING, COORDINATOR, grounds()),
    "MK11": (M.REOPENED, M.COORDINATING, COORDINATOR, grounds(ledger=OF_M)),
    "MK12": (M.COORDINATING, M.ASSESSING, Role.SYSTEM, grounds()),
    "MK13": (M.ASSESSING, M.CLOSED, COORDINATOR, grounds(reason="望まれない", source_told=True)),
}


def in_participation(state: P, **changes: Any) -> Course[P]:
    course = receive_participation(A12.id, grounds=grounds(), **BY).course
    set_to: dict[str, Any] = {"state": state, "supported": True}
    return replace(course, **(set_to | changes))


def in_multi_agency(state: M, **changes: Any) -> Course[M]:
    course = receive_multi_agency(A12.id, grounds=grounds(), **BY).course
    set_to: dict[str, Any] = {"state": state, "supported": True, "screening": Screening.ACCEPT}
    return replace(course, **(set_to | changes))


def take_p(row: str, course: Course[P] | None = None, **changes: Any) -> Course[P]:
    start, to, role, on = PARTICIPATION[row]
    who = changes.pop("role", role)
    return advance_participation(
        course or in_participation(start),
        to=to,
        by=SATO.id,
        role=who,
        grounds=replace(on, **changes),
    ).course


def take_m(row: str, course: Course[M] | None = None, **changes: Any) -> Course[M]:
    start, to, role, on = MULTI[row]
    who = changes.pop("role", role)
    return advance_multi_agency(
        course or in_multi_agency(start),
        to=to,
        by=SATO.id,
        role=who,
        grounds=replace(on, **changes),
    ).course


def refuse_p(row: str, kind: type[CaseworkError], **changes: Any) -> None:
    with pytest.raises(kind) as no:
        take_p(row, **changes)
    assert no.value.facts["allowed"]


def refuse_m(row: str, kind: type[CaseworkError], **changes: Any) -> None:
    with pytest.raises(kind) as no:
        take_m(row, **changes)
    assert no.value.facts["allowed"]


@pytest.mark.parametrize("row", PARTICIPATION)
def test_each_row_of_participation_is_taken_by_whoever_may(row: str) -> None:
    assert take_p(row).state is PARTICIPATION[row][1]
    refuse_p(row, CourseStepNotTheirs, role=Role.AUDITOR)


@pytest.mark.parametrize("row", MULTI)
def test_each_row_of_multi_agency_is_taken_by_whoever_may(row: str) -> None:
    assert take_m(row).state is MULTI[row][1]
    refuse_m(row, CourseStepNotTheirs, role=Role.AUDITOR)


def test_the_tables_hold_these_rows() -> None:
    assert {row.id for row in PARTICIPATION_TABLE} == {*PARTICIPATION, "PT1"}
    assert {row.id for row in MULTI_AGENCY_TABLE} == {*MULTI, "MK1"}


@pytest.mark.rule("R-001")
def test_everybody_is_taken_in_without_a_condition() -> None:
    assert receive_participation(A12.id, grounds=grounds(), **BY).course.state is P.RECEIVED
    step = receive_multi_agency(A12.id, grounds=grounds(), **BY)
    assert step.course.state is M.RECEIVED
    assert step.events[0].at == MONDAY


@pytest.mark.rule("R-060")
def test_participation_stands_on_an_application_and_a_final_plan() -> None:
    for row in ("PT2", "PT3", "PT4", "PT5", "PT6", "PT7", "PT8"):
        refuse_p(row, ServiceUseMissing, ledger=(SHARE,))
    refuse_p("PT3", CourseAssessmentMissing, assessment="")
    for standing in (None, replace(FINAL_P, state=PlanState.AWAITING_DECISION), FINAL_M):
        refuse_p("PT4", SupportPlanNotFinal, plan=standing)
    refuse_p("PT4", SharingNotAgreed, ledger=OF_P[:1])


@pytest.mark.rule("R-061")
def test_participation_may_begin_before_the_decision_for_a_reason() -> None:
    refuse_p("PT5", EarlyStartUnexplained, early_start=" ")
    early = take_p("PT5", in_participation(P.ASSESSING, supported=False))
    assert (early.early_start, early.supported) == ("空きが今だけ", False)
    refuse_p("PT6", SupportPlanNotFinal, plan=None)
    assert take_p("PT6", early).supported, "the plan came after"


@pytest.mark.rule("R-064")
def test_a_place_is_tried_before_anybody_settles() -> None:
    refuse_p("PT6", MatchMissing, match="")


@pytest.mark.rule("R-065", "R-069", "R-030")
def test_participation_closes_when_ties_are_stable_and_is_kept_up_after() -> None:
    refuse_p("PT9", TiesNotStable, stable_since=None)
    refuse_p("PT9", ClosingNotEvaluated, evaluation="")
    refuse_p("PT9", NotStableYet, closing=ORDERED)
    refuse_p("PT9", MeetingUndecided, meeting=None)
    refuse_p("PT9", HandOverOpen, closing=replace(STABLE, lead_agency_id=None))
    refuse_p("PT10", NextContactUnset, closing=replace(STABLE, next_contact_on=None))


@pytest.mark.rule("R-052", "R-030")
def test_every_programme_is_interrupted_only_through_the_gate() -> None:
    untried = report_loss(TRIED[1:], since=MONDAY)
    refuse_p("PT11", EffortMissing, loss=untried)
    refuse_m("MK8", EffortMissing, loss=untried)
    refuse_p("PT11", MeetingUndecided, meeting=None)
    refuse_m("MK8", MeetingUndecided, meeting=CLOSED_OK)


@pytest.mark.rule("R-008")
def test_a_case_goes_back_after_a_talk_with_the_source_and_stays_linked() -> None:
    back: dict[str, Any] = {"screening": Screening.RETURN_TO_SOURCE}
    refuse_m("MK2", ScreeningUndecided, screening=None)
    refuse_m("MK2", ReturnUnprepared, **back)
    refuse_m("MK2", ReturnUnprepared, source_told=True, **back)
    returned = take_m("MK2", source_told=True, linked_arrangement="月に一度話す", **back)
    with pytest.raises(NotAccepted):
        take_m("MK3", returned)


@pytest.mark.rule("R-005")
def test_whoever_asks_the_person_directly_agrees_it_with_the_source() -> None:
    refuse_m("MK3", DirectAssessmentUncoordinated, direct_assessment=True)
    assert take_m("MK3", direct_assessment=True, coordination_note="病院と相談済み")


@pytest.mark.rule("R-009")
def test_no_plan_of_multi_agency_without_the_application() -> None:
    refuse_m("MK4", ServiceUseMissing, ledger=())
    refuse_m("MK5", ServiceUseMissing, ledger=(SHARE,))


@pytest.mark.rule("R-063", "R-030")
def test_a_re_plan_is_decided_by_the_meeting() -> None:
    refuse_m("MK6", MeetingUndecided, meeting=meeting("REPLAN", "REPLAN_NEEDED", "CASE"))
    refuse_p("PT8", MeetingUndecided, meeting=None)


@pytest.mark.rule("R-067", "R-069")
def test_multi_agency_steps_back_when_issues_are_ordered_and_somebody_leads() -> None:
    refuse_m("MK7", NotStableYet, closing=STABLE)
    refuse_m("MK7", HandOverOpen, closing=replace(ORDERED, information_sharing=""))


@pytest.mark.rule("R-070")
def test_coordination_is_taken_up_again_where_the_plan_and_the_consent_stand() -> None:
    refuse_m("MK11", ServiceUseMissing, ledger=())
    with pytest.raises(SupportPlanNotFinal):
        take_m("MK11", in_multi_agency(M.REOPENED, supported=False))


@pytest.mark.rule("C5")
def test_consent_taken_back_leads_back_before_the_plan() -> None:
    by: dict[str, Any] = {"by": "system", "role": Role.SYSTEM}
    p = participation_after_consent_ended(in_participation(P.SETTLING), grounds=grounds(), **by)
    assert (p.course.state, p.course.supported) == (P.RECEIVED, False)
    m = multi_agency_after_consent_ended(in_multi_agency(M.PLAN), grounds=grounds(), **by)
    assert (m.course.state, m.course.supported) == (M.ASSESSING, False)
    stays = in_participation(P.SETTLING)
    kept = participation_after_consent_ended(stays, grounds=grounds(ledger=OF_P), **by)
    assert (kept.course, kept.events) == (stays, ())
    closed = multi_agency_after_consent_ended(in_multi_agency(M.CLOSED), grounds=grounds(), **by)
    assert (closed.course.state, closed.course.supported) == (M.CLOSED, False)


@pytest.mark.rule("DOMAIN-3.1")
def test_a_step_that_is_not_there_is_refused() -> None:
    with pytest.raises(CourseStepClosed):
        advance_participation(
            in_participation(P.RECEIVED),
            to=P.SETTLING,
            by=SATO.id,
            role=WORKER,
            grounds=grounds(),
        )
