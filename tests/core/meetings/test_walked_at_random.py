"""Machine M walked at random: no state it reaches breaks a rule, and a refusal changes nothing.

Consents come and go between the steps, lists grow, people come who should not, papers with
facts from taxation are offered, and roles try what is not theirs.
"""

import itertools
from dataclasses import replace

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
from core.basis import Basis
from core.errors import CaseworkError
from core.ids import PersonId
from core.meetings.bodies import SeatKind, with_regular, without
from core.meetings.changes import (
    recheck_items,
    with_applied,
    with_decision,
    with_handed_out,
    with_minutes,
    with_paper,
    with_returned,
)
from core.meetings.decisions import Outcome
from core.meetings.grounds import still_stands
from core.meetings.ids import ItemId, MembershipId
from core.meetings.items import FOUR_TIMINGS, AgendaPurpose
from core.meetings.machine import advance, request
from core.meetings.materials import Copy, CopyState, Material
from core.meetings.outcomes import outcomes_open
from core.meetings.packs import pack_for
from core.meetings.shares import NOTHING, MeetingShare, Shares
from core.meetings.sittings import BEFORE_HELD, Meeting, MeetingState
from core.meetings.situation import Situation
from tests.core.meetings.table import (
    AFTER,
    AGREES,
    BODIES,
    CITY,
    EVERYBODY,
    FATHER,
    HOSPITAL,
    JUSO,
    LONG_AGO,
    NOW,
    SCHOOL,
    SEATED,
    WAY,
    A,
    by,
    command_for,
    decision,
    item,
    meeting,
    minutes,
    place,
    roster_of,
    situation,
)

S = MeetingState
ONE, TWO = ItemId("item-1"), ItemId("item-2")
SEATS = frozenset(p.id for p in SEATED)
PEOPLE = {p.id: p for p in EVERYBODY}
LATER = frozenset({S.HELD, S.MINUTES_DRAFT, S.MINUTES_CONFIRMED, S.CLOSED})
CONFIRMED = frozenset({S.MINUTES_CONFIRMED, S.CLOSED})
STRAYS = st.sampled_from([frozenset(), frozenset({HOSPITAL.id}), frozenset({SCHOOL.id})])
MISSING = st.sampled_from([frozenset(), frozenset(), *(frozenset({p.id}) for p in SEATED)])


class AnyMeeting(RuleBasedStateMachine):
    """One sitting with two items on one case, and everything around it in motion."""

    meeting: Meeting
    now: Situation

    @initialize(
        purpose=st.sampled_from(list(AgendaPurpose)),
        other=st.sampled_from(list(AgendaPurpose)),
        wish=st.sampled_from([None, None, *Basis]),
        father_too=st.booleans(),
        consent=st.booleans(),
        far=st.integers(0, 6),
    )
    def begin(
        self,
        purpose: AgendaPurpose,
        other: AgendaPurpose,
        wish: Basis | None,
        father_too: bool,
        consent: bool,
        far: int,
    ) -> None:
        self.now = situation(shares={A: AGREES, FATHER: AGREES} if consent else {})
        concerned = frozenset({A, FATHER} if father_too else {A})
        talk = AgendaPurpose.PROGRESS if wish is Basis.CASE else other
        items = (item(purpose), item(talk, id=TWO, wish=wish, subjects=concerned))
        self.meeting = request(
            meeting(*items), command=by(Role.OUTREACH_WORKER), situation=self.now
        ).meeting
        self.held_with: Situation | None = None
        for to in WAY[:far]:
            self._step(to)

    def attempt(self, change: object) -> None:
        """Take it, or be refused with something that is allowed instead; a refusal is whole."""
        before = self.meeting
        try:
            self.meeting = change()  # type: ignore[operator]
        except CaseworkError as refusal:
            assert self.meeting is before
            assert refusal.rule
            assert "allowed" in refusal.facts

    @rule(steps=st.integers(1, 4), looks=st.booleans())
    def go_on(self, steps: int, looks: bool) -> None:
        """Along the way, with the right people and all that is asked for."""
        for _ in range(steps):
            if looks:
                self.the_system_looks_again()
            self.write_up()
            self.apply()
            if self.meeting.state is not S.CLOSED:
                self._step(WAY[self._reached() + 1])

    @precondition(lambda self: self.meeting.state in (S.SCHEDULED, S.CONVENED))
    @rule(strays=STRAYS, missing=MISSING)
    def go_on_with_the_wrong_people(self, strays: frozenset[str], missing: frozenset[str]) -> None:
        people = (SEATS | strays) - missing
        if self.meeting.state is S.SCHEDULED:
            self._step(S.CONVENED, invited=people)
        else:
            self._step(S.HELD, present={i.id: people for i in self.meeting.live})

    @rule(to=st.sampled_from(list(WAY)), role=st.sampled_from(list(Role)))
    def try_anything(self, to: MeetingState, role: Role) -> None:
        self._step(to, role=role)

    @rule(to=st.sampled_from([S.POSTPONED, S.CANCELLED]), luck=st.integers(0, 9))
    def put_off(self, to: MeetingState, luck: int) -> None:
        if luck == 9:
            self._step(to)

    @rule(who=st.sampled_from([A, FATHER]), agrees=st.sampled_from([True, True, False]))
    def consent_comes_or_goes(self, who: PersonId, agrees: bool) -> None:
        juso = next(b for b in self.now.bodies if b.id == JUSO.id)
        share = MeetingShare(body_id=juso.id, roster=roster_of(juso))
        given = Shares(meetings=frozenset({share}), programmes=AGREES.programmes)
        shares = dict(self.now.shares) | {who: given if agrees else NOTHING}
        self.now = replace(self.now, shares=shares)

    @rule(grows=st.booleans())
    def the_list_changes(self, grows: bool) -> None:
        juso = next(b for b in self.now.bodies if b.id == JUSO.id)
        on_it = any(m.holds(NOW) for m in juso.members if m.id == "juso-hospital")
        if grows and not on_it:
            juso = with_regular(juso, place("juso", HOSPITAL, since=LONG_AGO))
        elif not grows:
            juso = without(juso, MembershipId("juso-hospital"), at=NOW)
        self.now = replace(self.now, bodies=(juso, *BODIES[1:]))

    @rule()
    def the_system_looks_again(self) -> None:
        done = recheck_items(self.meeting, situation=self.now, at=NOW)
        self.meeting = done.meeting
        if self.meeting.state in BEFORE_HELD - {S.REQUESTED}:
            for one in self.meeting.live:
                assert still_stands(one, bodies=self.now.bodies, shares=self.now.shares)

    @precondition(lambda self: self.meeting.state in BEFORE_HELD)
    @rule(number=st.integers(0, 4), which=st.sampled_from([ONE, TWO]), tax=st.booleans())
    def attach(self, number: int, which: ItemId, tax: bool) -> None:
        paper = Material(
            number=number, item_id=which, title="資料", about=frozenset({A}), tax_derived=tax
        )
        self.attempt(lambda: with_paper(self.meeting, paper, situation=self.now, at=NOW))

    @precondition(lambda self: self.meeting.state is S.CONVENED)
    @rule(number=st.integers(1, 4), holder=st.sampled_from([CITY.id, HOSPITAL.id]))
    def hand_out(self, number: int, holder: str) -> None:
        copy = Copy(number=number, material=number, holder=PEOPLE[holder].id, handed_at=NOW)  # type: ignore[index]
        self.attempt(lambda: with_handed_out(self.meeting, copy, situation=self.now))

    @precondition(lambda self: self.meeting.copies)
    @rule(number=st.integers(1, 4))
    def take_back(self, number: int) -> None:
        self.attempt(
            lambda: with_returned(self.meeting, number, state=CopyState.RETURNED, at=AFTER)
        )

    @precondition(lambda self: self.meeting.state in (S.HELD, S.MINUTES_DRAFT))
    @rule(which=st.sampled_from([ONE, TWO]), outcome=st.sampled_from(list(Outcome)))
    def decide(self, which: ItemId, outcome: Outcome) -> None:
        self.attempt(lambda: with_decision(self.meeting, which, decision(outcome)))

    @rule()
    def write_up(self) -> None:
        for one in self.meeting.live:
            self.attempt(lambda one=one: with_minutes(self.meeting, minutes(one)))
            if one.ground is not None and one.decision is None:
                fits = min(outcomes_open(one.purpose, basis=one.ground.basis))
                self.attempt(
                    lambda one=one, fits=fits: with_decision(self.meeting, one.id, decision(fits))
                )

    @rule()
    def apply(self) -> None:
        for one in self.meeting.live:
            self.attempt(lambda one=one: with_applied(self.meeting, one.id, at=AFTER))

    @invariant()
    def no_item_without_consent_was_held_as_juso_or_case(self) -> None:
        """R-039: judged by the consents of the moment it was held."""
        if self.meeting.state in LATER and self.held_with is not None:
            for one in self.meeting.live:
                assert one.ground is not None
                if one.ground.basis in (Basis.JUSO, Basis.CASE):
                    juso = next(b for b in self.held_with.bodies if b.id == JUSO.id)
                    agreed = [
                        self.held_with.shares.get(p, NOTHING).covers(juso) for p in one.subjects
                    ]
                    assert all(agreed)

    @invariant()
    def the_four_timings_are_never_a_case_talk_or_another_schemes(self) -> None:
        """R-030, R-048, R-054."""
        for one in self.meeting.items:
            if one.ground is None:
                continue
            if one.purpose in FOUR_TIMINGS:
                assert one.ground.basis in (Basis.JUSO, Basis.SHIEN)
            if one.ground.basis is Basis.CASE:
                assert one.purpose is AgendaPurpose.PROGRESS
            if one.ground.basis is Basis.SHIEN:
                assert one.shien_purpose is not None

    @invariant()
    def only_the_circle_was_there_and_whoever_had_to_be(self) -> None:
        """R-031, R-032, R-045."""
        if self.meeting.state in LATER:
            for one in self.meeting.live:
                assert one.present
                assert one.present <= one.circle
                seats = {seat for p in one.present for seat in PEOPLE[p].stands_for}
                if one.ground is not None and one.ground.basis is Basis.JUSO:
                    assert {SeatKind.MUNICIPALITY, SeatKind.MULTI_AGENCY} <= seats
                    assert {SeatKind.OUTREACH, SeatKind.PARTICIPATION} <= seats

    @invariant()
    def bodies_sat_apart(self) -> None:
        """R-047: and every item in the block of its body."""
        spans = sorted((b.begins_at, b.ends_at) for b in self.meeting.blocks)
        assert all(one[1] <= two[0] for one, two in itertools.pairwise(spans))
        if self.meeting.state in LATER:
            assert all(self.meeting.block_of(one) is not None for one in self.meeting.live)

    @invariant()
    def what_was_confirmed_is_complete_and_what_is_closed_is_settled(self) -> None:
        """M7, M8, R-050."""
        for one in self.meeting.live if self.meeting.state in CONFIRMED else ():
            assert self.meeting.minutes_of(one.id) is not None
            assert one.decision is not None or one.purpose not in FOUR_TIMINGS
            if one.decision is not None and one.decision.accepts_plan:
                assert one.decision.next_monitoring_on is not None
        if self.meeting.state is S.CLOSED:
            assert all(copy.state is not CopyState.OUT for copy in self.meeting.copies)
            assert all(one.decision is None or one.decision.applied_at for one in self.meeting.live)

    @invariant()
    def decisions_are_those_of_the_meeting_that_took_them(self) -> None:
        """R-030: a 支援会議 approves no plan and closes no case."""
        for one in self.meeting.live:
            if one.decision is not None and one.ground is not None:
                open_ones = outcomes_open(one.purpose, basis=one.ground.basis)
                assert one.decision.outcome in open_ones

    @invariant()
    def no_fact_from_taxation_is_in_any_paper(self) -> None:
        """R-043: nobody here ever agreed to it."""
        assert not any(paper.tax_derived for paper in self.meeting.materials)

    @invariant()
    def nobody_outside_sees_anything(self) -> None:
        """R-082: the school is in no circle of these items but by a case talk it may not join."""
        seen = pack_for(SCHOOL, meeting=self.meeting, situation=self.now, at=NOW)
        assert seen.items == ()

    def _reached(self) -> int:
        return WAY.index(self.meeting.state) if self.meeting.state in WAY else -1

    def _step(self, to: MeetingState, **more: object) -> None:
        command = command_for(to, self.meeting, self.now, **more)

        def take() -> Meeting:
            done = advance(self.meeting, to=to, command=command, situation=self.now).meeting
            if to is S.HELD:
                self.held_with = self.now
            return done

        self.attempt(take)


TestAnyMeeting = AnyMeeting.TestCase
TestAnyMeeting.settings = settings(max_examples=120, stateful_step_count=30, deadline=None)
