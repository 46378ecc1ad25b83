"""Handing on: explanation, acceptance, answer, news back (F1 to F9)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from core.agencies import Role
from core.errors import CaseworkError
from core.ids import PlanId
from core.referrals.guards import (
    AddresseeMissing,
    FeedbackDayMissing,
    FeedbackEmpty,
    HandbackUnprepared,
    NotExplained,
    NotThatAgency,
    OwnWordsMissing,
    PersonNotReady,
    ReasonUnfit,
    ReferralEmpty,
    SourceNotConsulted,
    WorryUnanswered,
)
from core.referrals.machine import (
    ENDED,
    GUARDS,
    ROWS,
    ReferralNotFromHere,
    ReferralStepNotYours,
    draft_referral,
    open_rows,
    take_step,
)
from core.referrals.record import (
    MULTI_AGENCY_REASONS,
    Feedback,
    HandbackPurpose,
    Referral,
    ReferralKind,
    ReferralState,
    Worry,
    WorryMeasure,
)
from tests.core.referrals.examples import (
    RECEIVER,
    REFERRAL,
    SOURCE,
    TODAY,
    WRITER,
    along,
    moved,
    step,
)
from tests.people import MONDAY

S = ReferralState
WORKER = Role.INTAKE_WORKER


def refused(referral: Referral, to: ReferralState, **facts: Any) -> CaseworkError:
    with pytest.raises(CaseworkError) as caught:
        take_step(referral, step(to, **facts))
    assert caught.value.facts.get("allowed")
    return caught.value


def drafted(referral: Referral, **facts: Any) -> Referral:
    return draft_referral(referral, by=WRITER, role=WORKER, at=MONDAY, **facts).referral


@pytest.mark.rule("F1")
def test_a_draft_has_reason_and_summary() -> None:
    assert drafted(REFERRAL).state is S.DRAFT
    plain = replace(REFERRAL, kind=ReferralKind.TO_AGENCY)
    for empty in (replace(plain, reason=" "), replace(plain, summary="")):
        with pytest.raises(ReferralEmpty):
            drafted(empty)
    with pytest.raises(ReferralStepNotYours):
        draft_referral(REFERRAL, by=WRITER, role=Role.AUDITOR, at=MONDAY)


@pytest.mark.rule("R-004")
def test_one_refers_to_multi_agency_to_divide_roles_or_for_outreach_and_participation() -> None:
    for reason in MULTI_AGENCY_REASONS:
        assert drafted(replace(REFERRAL, reason=reason))
    other = replace(REFERRAL, reason="忙しい")
    with pytest.raises(ReasonUnfit) as caught:
        drafted(other)
    assert set(caught.value.facts["allowed"].split(",")) == MULTI_AGENCY_REASONS
    # A town may add its own criteria, such as three fields.
    assert drafted(replace(REFERRAL, reason="THREE_FIELDS"), extra=frozenset({"THREE_FIELDS"}))
    assert drafted(replace(other, kind=ReferralKind.TO_AGENCY))


@pytest.mark.rule("F2")
@pytest.mark.rule("R-003")
def test_somebody_anxious_is_offered_a_joint_talk_or_company() -> None:
    explained = moved(REFERRAL, S.EXPLAINED)
    assert explained.explained_at == MONDAY
    strong: dict[str, Any] = {"worry": Worry.STRONG}
    assert isinstance(refused(REFERRAL, S.EXPLAINED, **strong), WorryUnanswered)
    company = frozenset({WorryMeasure.ACCOMPANY})
    anxious = moved(REFERRAL, S.EXPLAINED, measures=company, **strong)
    assert (anxious.worry, anxious.measures) == (Worry.STRONG, company)
    assert moved(REFERRAL, S.EXPLAINED, worry=Worry.SOME).worry is Worry.SOME


@pytest.mark.rule("F3")
def test_the_persons_words_are_kept_whatever_the_answer() -> None:
    explained = moved(REFERRAL, S.EXPLAINED)
    for answer in (S.ACCEPTED_BY_PERSON, S.NOT_YET):
        assert moved(explained, answer).own_words == "話してみてもいい"
        assert isinstance(refused(explained, answer, own_words=""), OwnWordsMissing)


@pytest.mark.rule("F3")
@pytest.mark.rule("R-002")
def test_without_acceptance_only_outreach_is_told() -> None:
    not_yet = moved(moved(REFERRAL, S.EXPLAINED), S.NOT_YET)
    error = refused(not_yet, S.SENT)
    assert isinstance(error, PersonNotReady)
    assert "SHIEN" in error.facts["allowed"]
    outreach = replace(not_yet, kind=ReferralKind.TO_OUTREACH)
    assert moved(outreach, S.SENT).state is S.SENT
    # Time is taken: one may explain again.
    again = moved(moved(not_yet, S.EXPLAINED), S.ACCEPTED_BY_PERSON)
    assert moved(again, S.SENT).state is S.SENT


@pytest.mark.rule("R-002")
def test_nothing_is_sent_that_was_not_explained() -> None:
    assert isinstance(refused(REFERRAL, S.SENT), ReferralNotFromHere)
    smuggled = replace(REFERRAL, state=S.ACCEPTED_BY_PERSON)
    error = refused(smuggled, S.SENT)
    assert isinstance(error, NotExplained)
    assert error.facts["allowed"] == "EXPLAINED"


@pytest.mark.rule("F4")
def test_a_referral_goes_to_a_named_addressee_who_acknowledges_by_a_day() -> None:
    ready = along(S.ACCEPTED_BY_PERSON)
    for referral, facts in (
        (replace(ready, to_contact=""), {}),
        (ready, {"acknowledge_by": None}),
    ):
        assert isinstance(refused(referral, S.SENT, **facts), AddresseeMissing)
    sent = moved(ready, S.SENT)
    assert sent.acknowledge_by == date(2026, 12, 2)
    received = moved(sent, S.RECEIVED)
    assert received.received_on == TODAY
    assert isinstance(refused(sent, S.RECEIVED, agency_id=SOURCE), NotThatAgency)


@pytest.mark.rule("F5")
def test_the_receiver_screens() -> None:
    received = along(S.RECEIVED)
    assert moved(received, S.ACCEPTED).state is S.ACCEPTED
    assert isinstance(refused(received, S.ACCEPTED, agency_id=SOURCE), NotThatAgency)


@pytest.mark.rule("F6")
@pytest.mark.rule("R-008")
def test_a_return_is_talked_over_and_leaves_somebody_linked() -> None:
    received = along(S.RECEIVED)
    for missing in ("consulted", "linked_support", "reason"):
        error = refused(received, S.RETURNED, **{missing: ""})
        assert isinstance(error, SourceNotConsulted)
        assert error.facts["missing"] == missing
    back = moved(received, S.RETURNED)
    assert back.linked_support == "週に一度の電話"
    assert back.returned_because == "いまの窓口で足りる"
    assert refused(back, S.ACCEPTED).facts["allowed"] == "NEW_REFERRAL"


@pytest.mark.rule("F7")
def test_first_contact_with_somebody_anxious_is_in_company() -> None:
    anxious = replace(along(S.ACCEPTED), worry=Worry.STRONG)
    assert isinstance(refused(anxious, S.CONNECTED, with_person=frozenset()), WorryUnanswered)
    assert moved(anxious, S.CONNECTED).first_contact_on == TODAY
    assert moved(along(S.ACCEPTED), S.CONNECTED, with_person=frozenset())


@pytest.mark.rule("F8")
@pytest.mark.rule("R-014")
def test_the_sender_has_news_by_a_day() -> None:
    sent = along(S.SENT)
    no_day = refused(sent, S.RECEIVED, feedback_due_on=None)
    assert isinstance(no_day, FeedbackDayMissing)
    for state in (S.RECEIVED, S.ACCEPTED, S.CONNECTED, S.FEEDBACK_DUE):
        assert along(state).feedback_due_on == date(2026, 12, 14)
    due = along(S.FEEDBACK_DUE)
    empty = Feedback(seen_on=TODAY, happened=" ")
    assert isinstance(refused(due, S.FEEDBACK_GIVEN, feedback=empty), FeedbackEmpty)
    given = moved(due, S.FEEDBACK_GIVEN)
    assert given.feedback is not None
    # The sender has read it.
    assert isinstance(refused(given, S.DONE, agency_id=RECEIVER), NotThatAgency)
    assert moved(given, S.DONE).state is S.DONE


@pytest.mark.rule("F9")
def test_a_hand_back_names_its_purpose_and_after_closing_plan_and_prepared_receiver() -> None:
    back = replace(REFERRAL, kind=ReferralKind.HANDBACK, reason="通常の相談で足りる")
    with pytest.raises(HandbackUnprepared):
        drafted(back)
    for purpose in (HandbackPurpose.RETURN_LOW_NEED, HandbackPurpose.LEAD_AT_SOURCE):
        assert drafted(replace(back, purpose=purpose))
    after = replace(back, purpose=HandbackPurpose.AFTER_CLOSING)
    closing = replace(after, kind=ReferralKind.POST_CLOSING)
    for unready in (after, closing, replace(closing, plan_id=PlanId("plan-1"))):
        with pytest.raises(HandbackUnprepared):
            drafted(unready)
    ready = replace(closing, plan_id=PlanId("plan-1"), prepared=True)
    assert along(S.DONE, drafted(ready)).state is S.DONE


@pytest.mark.rule("DOMAIN-3.4")
def test_the_table_names_every_state_and_only_guards_that_exist() -> None:
    assert {row.now for row in ROWS} | {S.DRAFT} == set(ReferralState)
    assert {name for row in ROWS for name in row.guards} == set(GUARDS)
    assert len({(row.was, row.now) for row in ROWS}) == len(ROWS)
    assert {row.was for row in ROWS} & ENDED == set()
    assert isinstance(refused(REFERRAL, S.EXPLAINED, role=Role.CLERK), ReferralStepNotYours)


class ReferralWalk(RuleBasedStateMachine):
    """A referral to which either side does anything."""

    def __init__(self) -> None:
        super().__init__()
        self.referral = REFERRAL

    @initialize(kind=st.sampled_from(ReferralKind))
    def begins(self, kind: ReferralKind) -> None:
        self.referral = replace(
            REFERRAL,
            kind=kind,
            purpose=HandbackPurpose.AFTER_CLOSING,
            plan_id=PlanId("plan-1"),
            prepared=True,
        )

    @rule(
        data=st.data(),
        worry=st.sampled_from(Worry),
        measures=st.sampled_from((frozenset(), frozenset({WorryMeasure.ACCOMPANY}))),
        words=st.sampled_from(("", "はい")),
        side=st.sampled_from((None, None, None, SOURCE, RECEIVER)),
        role=st.sampled_from((WORKER, WORKER, WORKER, Role.SYSTEM, Role.CHAIR)),
        to=st.sampled_from((None, None, None, *ReferralState)),
    )
    def either_side_does_something(
        self,
        data: st.DataObject,
        worry: Worry,
        measures: frozenset[WorryMeasure],
        words: str,
        side: Any,
        role: Role,
        to: ReferralState | None,
    ) -> None:
        before = self.referral
        rows = open_rows(before.state)
        if to is None:
            to = data.draw(st.sampled_from([row.now for row in rows])) if rows else S.DRAFT
        facts: dict[str, Any] = {"worry": worry, "measures": measures, "with_person": measures}
        asked = step(to, role=role, own_words=words, consulted=words, **facts)
        if side is not None:
            asked = replace(asked, agency_id=side)
        try:
            after = take_step(before, asked)
        except CaseworkError as error:
            assert error.facts["allowed"]
            assert self.referral is before
        else:
            assert before.state not in ENDED
            assert after.referral.version == before.version + 1
            self.referral = after.referral

    @invariant()
    def nothing_is_out_that_was_not_explained(self) -> None:
        inside = {S.DRAFT, S.EXPLAINED, S.ACCEPTED_BY_PERSON, S.NOT_YET}
        if self.referral.state not in inside:
            assert self.referral.explained_at is not None
            assert self.referral.own_words
        if self.referral.worry is Worry.STRONG:
            assert self.referral.measures

    @invariant()
    def whoever_received_owes_news_by_a_day(self) -> None:
        if self.referral.received_on is not None:
            assert self.referral.feedback_due_on is not None
        if self.referral.state in {S.FEEDBACK_GIVEN, S.DONE}:
            assert self.referral.feedback is not None
        if self.referral.state is S.RETURNED:
            assert self.referral.consulted
            assert self.referral.linked_support


TestReferralWalk = ReferralWalk.TestCase
TestReferralWalk.settings = settings(max_examples=50, stateful_step_count=40, deadline=None)
