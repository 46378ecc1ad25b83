"""The three courses walked at random: no state breaks a rule, a refusal changes nothing."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from core.agencies import Role
from core.assessments import Screening
from core.cases import CaseState, LeadMode, Urgency
from core.closing import ClosingReason, PostClosing, ReopenReason
from core.consent.ledger import ConsentLine
from core.courses.grounds import Grounds, Lead, applied
from core.courses.multi_agency import (
    MULTI_AGENCY_TABLE,
    MultiAgencyState,
    advance_multi_agency,
    multi_agency_after_consent_ended,
    receive_multi_agency,
)
from core.courses.outreach import OUTREACH_TABLE, advance, after_consent_ended
from core.courses.outreach_guards import CONSENT_STATES
from core.courses.participation import (
    PARTICIPATION_TABLE,
    ParticipationState,
    advance_participation,
    participation_after_consent_ended,
    receive_participation,
)
from core.courses.steps import Course
from core.emergency import Danger, raise_emergency
from core.errors import CaseworkError
from core.interruption import report_loss
from core.plans.record import PlanState
from core.preparation import missing_in
from core.programmes import Programme
from tests.core.casework.cases import (
    AFTER,
    CENTRE,
    LOST,
    PRE_PLAN,
    PREPARED,
    SHARE,
    TAKES,
    TRIED,
    USE,
    found,
    grounds,
    meeting,
    plan,
)
from tests.core.casework.ledgers import TODAY
from tests.core.casework.test_programmes import MULTI, PARTICIPATION
from tests.people import A12, MONDAY, SATO, A

LINES = (*USE.values(), SHARE)
# Walks begin somewhere on the straight road, so that they see all of it.
OUTREACH_ROAD = ("O2", "O3", "O5", "O6", "O7", "O9", "O10", "O12", "O16")
PARTICIPATION_ROAD = ("PT2", "PT3", "PT4", "PT6", "PT9", "PT10", "PT12")
MULTI_AGENCY_ROAD = ("MK2", "MK3", "MK4", "MK5", "MK7", "MK9")
# What may lack in grounds that are good else.
FLAWS: tuple[dict[str, Any], ...] = (
    {},
    {},
    {"closing": replace(AFTER, lead_agency_id=None)},
    {"closing": replace(AFTER, farewell=None)},
    {"preparation": replace(PREPARED, emergency=None)},
    {"plan": PRE_PLAN},
    {"lead": None},
    {"meeting": None},
    {"loss": report_loss(TRIED[1:], since=MONDAY)},
    {"signs": ()},
)
ENDINGS = frozenset({"CLOSED", "FOLLOW_UP", "KEEP_IN_TOUCH"})


def mostly(good: object, *others: object) -> st.SearchStrategy[object]:
    """A value that usually opens the way, so that walks get far."""
    return st.sampled_from((good, good, good, *others))


def grounds_of(programme: Programme) -> st.SearchStrategy[Grounds]:
    reason = {
        Programme.OUTREACH: ClosingReason.LINKED_AND_STABLE,
        Programme.PARTICIPATION: ClosingReason.TIES_STABLE,
        Programme.MULTI_AGENCY: ClosingReason.ISSUES_ORDERED,
    }[programme]
    after: PostClosing = replace(AFTER, reason=reason)
    return st.builds(
        lambda **parts: grounds(**parts),
        assessment=mostly("a-1", ""),
        lead=mostly(
            Lead(mode=LeadMode.SELF),
            None,
            Lead(mode=LeadMode.OTHER_LEAD, agency_id=CENTRE, accepted_on=TODAY),
        ),
        preparation=mostly(PREPARED, None, replace(PREPARED, hook=None)),
        plan=st.sampled_from(
            (
                None,
                PRE_PLAN,
                plan(PlanState.FINAL, programme),
                plan(PlanState.IN_FORCE, programme),
                plan(PlanState.DRAFT, programme),
            )
        ),
        evaluation=mostly("e-1", ""),
        meeting=st.sampled_from(
            (
                None,
                meeting("CLOSE", "CLOSE_OK"),
                meeting("CLOSE", "NOT_YET"),
                meeting("REPLAN", "APPROVED"),
                meeting("INTERRUPT", "INTERRUPT_OK"),
                meeting("INTERRUPT", "INTERRUPT_OK", "SHIEN"),
            )
        ),
        closing=mostly(after, None, replace(after, lead_agency_id=None)),
        loss=mostly(LOST, None, report_loss(TRIED[:1], since=MONDAY)),
        signs=mostly(("contact-1",), ()),
        letters_were_sent=st.booleans(),
        reopen=mostly(ReopenReason.STATE_CHANGED, None),
        source_told=st.booleans(),
        reason=mostly("わけ", ""),
        early_start=mostly("", "空きが今だけ"),
        match=mostly("m-1", ""),
        stable_since=mostly(TODAY, None),
        screening=mostly(Screening.ACCEPT, None, Screening.RETURN_TO_SOURCE),
        linked_arrangement=st.sampled_from(("", "話す")),
        direct_assessment=st.booleans(),
        coordination_note=mostly("相談済み", ""),
    )


class Consents(RuleBasedStateMachine):
    """What the walks share: consents come and go, and each end is told to the course."""

    def __init__(self) -> None:
        super().__init__()
        self.ledger: tuple[ConsentLine, ...] = ()

    @rule(line=st.sampled_from(LINES))
    def consent_is_given(self, line: ConsentLine) -> None:
        if line not in self.ledger:
            self.ledger = (*self.ledger, line)

    @rule()
    def everything_is_agreed_to(self) -> None:
        self.ledger = LINES

    @rule(line=st.sampled_from(LINES), dice=st.integers(1, 6))
    def consent_is_taken_back(self, line: ConsentLine, dice: int) -> None:
        if dice == 6:
            self.ledger = tuple(kept for kept in self.ledger if kept != line)
            self.told()

    def told(self) -> None:
        raise NotImplementedError


class OutreachWalk(Consents):
    @initialize(far=st.integers(0, len(OUTREACH_ROAD)))
    def begin(self, far: int) -> None:
        self.course = found()
        self.ledger = LINES if far else ()
        for row in OUTREACH_ROAD[:far]:
            _, to, role, on = TAKES[row]
            self.take(to, role, replace(on, ledger=self.ledger))
            assert self.course.state is to

    def told(self) -> None:
        self.course = after_consent_ended(
            self.course, by="system", role=Role.SYSTEM, grounds=grounds(ledger=self.ledger)
        ).course

    @rule(data=st.data(), on=grounds_of(Programme.OUTREACH))
    def one_step(self, data: st.DataObject, on: Grounds) -> None:
        rows = [row for row in OUTREACH_TABLE if self.course.state in row.sources]
        if not rows:
            return
        row = data.draw(st.sampled_from(rows))
        role = data.draw(st.sampled_from(sorted(row.who)))
        self.take(row.to, role, replace(on, ledger=self.ledger))

    @rule(data=st.data())
    def a_good_step(self, data: st.DataObject) -> None:
        rows = [
            row
            for row in OUTREACH_TABLE
            if self.course.state in row.sources and row.id not in ("O4", "O19", "O20")
        ]
        if not rows:
            return
        row = data.draw(st.sampled_from(rows))
        on = TAKES[row.id][3] if row.id in TAKES else grounds(signs=("contact-1",))
        without_sharing = SHARE not in self.ledger or USE[Programme.OUTREACH] not in self.ledger
        if row.id == "O14" and without_sharing:
            on = replace(on, meeting=meeting("INTERRUPT", "INTERRUPT_OK", "SHIEN"))
        flaw = data.draw(st.sampled_from(FLAWS))
        self.take(row.to, sorted(row.who)[0], replace(on, **(flaw | {"ledger": self.ledger})))

    @rule(
        to=st.sampled_from(CaseState),
        role=st.sampled_from(Role),
        on=grounds_of(Programme.OUTREACH),
    )
    def any_step(self, to: CaseState, role: Role, on: Grounds) -> None:
        self.take(to, role, replace(on, ledger=self.ledger))

    @rule(danger=st.sampled_from((None, Danger.LIFE)))
    def an_emergency(self, danger: Danger | None) -> None:
        before = self.course
        try:
            alarmed = raise_emergency(
                before.case, danger=danger, by=SATO.id, role=Role.MEMBER, at=MONDAY
            )
        except CaseworkError:
            assert self.course == before
            return
        assert alarmed.case.state is before.state
        assert alarmed.case.urgency is Urgency.EMERGENCY
        self.course = replace(before, case=alarmed.case)

    def take(self, to: CaseState, role: Role, on: Grounds) -> None:
        before = self.course
        try:
            step = advance(before, to=to, by=SATO.id, role=role, grounds=on)
        except CaseworkError as refused:
            assert refused.facts["allowed"]
            assert self.course == before
            return
        assert any(
            before.state in row.sources and row.to is to and role in row.who
            for row in OUTREACH_TABLE
        )
        assert [event.now for event in step.events] == [to]
        self.course = step.course

    @invariant()
    def nobody_is_in_support_who_did_not_apply(self) -> None:
        if hasattr(self, "course") and self.course.state in CONSENT_STATES:
            on = grounds(ledger=self.ledger)
            assert applied(on, person=A.id, programme=Programme.OUTREACH)

    @invariant()
    def nobody_is_approached_unprepared_or_without_a_lead(self) -> None:
        if not hasattr(self, "course"):
            return
        early = {
            CaseState.DISCOVERED,
            CaseState.LEAD_REVIEW,
            CaseState.REFERRED_OUT,
            CaseState.NO_ACTION,
        }
        if self.course.state not in early:
            assert self.course.lead is not None
            assert self.course.lead.mode is not LeadMode.OTHER_LEAD
        if self.course.state not in early | {CaseState.PRE_COORDINATION}:
            assert not missing_in(self.course.preparation)

    @invariant()
    def support_stands_on_a_final_plan_and_closing_on_a_lead(self) -> None:
        if not hasattr(self, "course"):
            return
        if self.course.state in {CaseState.CONTINUING_SUPPORT, CaseState.CLOSING_REVIEW}:
            assert self.course.supported
        if self.course.state in ENDINGS:
            assert self.course.post_closing and self.course.post_closing.lead_agency_id
            assert self.course.post_closing.farewell

    @invariant()
    def a_review_knows_where_it_came_from(self) -> None:
        if hasattr(self, "course"):
            in_review = self.course.state is CaseState.INTERRUPTION_REVIEW
            assert in_review == (self.course.before_review is not None)


class ParticipationWalk(Consents):
    let_go = False  # ended by PT15: never agreed on, so nothing was handed on

    @initialize(far=st.integers(0, len(PARTICIPATION_ROAD)))
    def begin(self, far: int) -> None:
        self.course = receive_participation(
            A12.id, person=A.id, by=SATO.id, role=Role.MEMBER, grounds=grounds()
        ).course
        self.ledger = LINES if far else ()
        for row in PARTICIPATION_ROAD[:far]:
            _, to, role, on = PARTICIPATION[row]
            self.course = advance_participation(
                self.course, to=to, by=SATO.id, role=role, grounds=on
            ).course

    def told(self) -> None:
        self.course = participation_after_consent_ended(
            self.course, by="system", role=Role.SYSTEM, grounds=grounds(ledger=self.ledger)
        ).course

    @rule(data=st.data(), on=grounds_of(Programme.PARTICIPATION), odd=st.booleans())
    def one_step(self, data: st.DataObject, on: Grounds, odd: bool) -> None:
        rows = [row for row in PARTICIPATION_TABLE if odd or self.course.state in row.sources]
        row = data.draw(st.sampled_from(rows))
        role = data.draw(st.sampled_from(sorted(row.who)))
        before = self.course
        on = replace(on, ledger=self.ledger)
        try:
            step = advance_participation(before, to=row.to, by=SATO.id, role=role, grounds=on)
        except CaseworkError as refused:
            assert refused.facts["allowed"]
            assert self.course == before
            return
        self.moved(before.state, step.course)

    @rule(data=st.data())
    def a_good_step(self, data: st.DataObject) -> None:
        rows = [row for row in PARTICIPATION_TABLE if self.course.state in row.sources]
        row = data.draw(st.sampled_from(rows))
        _, to, role, on = PARTICIPATION[row.id]
        with suppress(CaseworkError):
            step = advance_participation(
                self.course,
                to=to,
                by=SATO.id,
                role=role,
                grounds=replace(on, ledger=self.ledger),
            )
            self.moved(self.course.state, step.course)

    def moved(self, was: ParticipationState, now: Course[ParticipationState]) -> None:
        ended = now.state in ENDINGS
        self.let_go = ended and (self.let_go or was is not ParticipationState.SETTLING)
        self.course = now

    @invariant()
    def no_state_breaks_a_rule(self) -> None:
        if not hasattr(self, "course"):
            return
        state = ParticipationState
        on = grounds(ledger=self.ledger)
        if self.course.state in {state.ASSESSING, state.PLAN, state.MATCHING, state.SETTLING}:
            assert applied(on, person=A.id, programme=Programme.PARTICIPATION)
        if self.course.state is state.MATCHING:
            assert self.course.supported or self.course.early_start
        if self.course.state is state.SETTLING:
            assert self.course.supported
        if self.course.state in ENDINGS and not self.let_go:
            assert self.course.post_closing and self.course.post_closing.lead_agency_id
            assert self.course.stable_since


class MultiAgencyWalk(Consents):
    let_go = False  # ended by MK13, until it is taken on again

    @initialize(far=st.integers(0, len(MULTI_AGENCY_ROAD)))
    def begin(self, far: int) -> None:
        self.course = receive_multi_agency(
            A12.id, person=A.id, by=SATO.id, role=Role.MEMBER, grounds=grounds()
        ).course
        self.ledger = LINES if far else ()
        for row in MULTI_AGENCY_ROAD[:far]:
            _, to, role, on = MULTI[row]
            self.course = advance_multi_agency(
                self.course, to=to, by=SATO.id, role=role, grounds=on
            ).course

    def told(self) -> None:
        self.course = multi_agency_after_consent_ended(
            self.course, by="system", role=Role.SYSTEM, grounds=grounds(ledger=self.ledger)
        ).course

    @rule(data=st.data(), on=grounds_of(Programme.MULTI_AGENCY), odd=st.booleans())
    def one_step(self, data: st.DataObject, on: Grounds, odd: bool) -> None:
        rows = [row for row in MULTI_AGENCY_TABLE if odd or self.course.state in row.sources]
        row = data.draw(st.sampled_from(rows))
        role = data.draw(st.sampled_from(sorted(row.who)))
        before = self.course
        on = replace(on, ledger=self.ledger)
        try:
            step = advance_multi_agency(before, to=row.to, by=SATO.id, role=role, grounds=on)
        except CaseworkError as refused:
            assert refused.facts["allowed"]
            assert self.course == before
            return
        self.moved(before.state, step.course)

    @rule(data=st.data())
    def a_good_step(self, data: st.DataObject) -> None:
        rows = [row for row in MULTI_AGENCY_TABLE if self.course.state in row.sources]
        row = data.draw(st.sampled_from(rows))
        _, to, role, on = MULTI[row.id]
        with suppress(CaseworkError):
            step = advance_multi_agency(
                self.course,
                to=to,
                by=SATO.id,
                role=role,
                grounds=replace(on, ledger=self.ledger),
            )
            self.moved(self.course.state, step.course)

    def moved(self, was: MultiAgencyState, now: Course[MultiAgencyState]) -> None:
        state = MultiAgencyState
        if now.state is state.CLOSED:
            self.let_go = was is not state.COORDINATING
        elif now.state is not state.REOPENED:
            self.let_go = False
        self.course = now

    @invariant()
    def no_state_breaks_a_rule(self) -> None:
        if not hasattr(self, "course"):
            return
        state = MultiAgencyState
        on = grounds(ledger=self.ledger)
        if self.course.state not in {state.RECEIVED, state.SCREENED} and not self.let_go:
            assert self.course.screening is Screening.ACCEPT
        if self.course.state in {state.PLAN, state.COORDINATING}:
            assert applied(on, person=A.id, programme=Programme.MULTI_AGENCY)
        if self.course.state is state.COORDINATING:
            assert self.course.supported
        if self.course.state is state.CLOSED and not self.let_go:
            assert self.course.post_closing and self.course.post_closing.lead_agency_id


_PACE = settings(
    max_examples=40,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestOutreachWalk = pytest.mark.rule("O1", "R-020", "R-022", "R-069")(OutreachWalk.TestCase)
TestOutreachWalk.settings = _PACE
TestParticipationWalk = pytest.mark.rule("R-061", "R-065")(ParticipationWalk.TestCase)
TestParticipationWalk.settings = _PACE
TestMultiAgencyWalk = pytest.mark.rule("R-009", "R-067")(MultiAgencyWalk.TestCase)
TestMultiAgencyWalk.settings = _PACE
