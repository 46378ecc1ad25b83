"""What anybody might try on a case, area by area; the fitting next step among it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any, Protocol, TypeVar

from core.agencies import Staff
from core.cases import CaseState
from core.closing import ClosingReason, ReopenReason
from core.consent import ConsentState
from core.consent.scopes import Scope
from core.courses.multi_agency import MultiAgencyState
from core.courses.participation import ParticipationState
from core.discovery import Discovery, DiscoveryRoute
from core.ids import StaffId
from core.letters import LetterState
from core.meetings.decisions import Outcome
from core.meetings.items import AgendaItem, AgendaPurpose
from core.meetings.sittings import Meeting, MeetingState
from core.plans.evaluation import EvaluationResult
from core.plans.machine import ENDED
from core.plans.record import Plan, PlanState
from core.programmes import PLANNING, Programme
from core.referrals.record import ReferralState
from core.resources import MatchState
from core.usecases.courses.assess_participation import assess_participation
from core.usecases.courses.close_case import close_case
from core.usecases.courses.close_participation import close_participation
from core.usecases.courses.continue_support import continue_support
from core.usecases.courses.interrupt_case import interrupt_case
from core.usecases.courses.match_participation import match_participation
from core.usecases.courses.note_agreement import note_agreement
from core.usecases.courses.plan_course import plan_course
from core.usecases.courses.reopen_case import reopen_case
from core.usecases.courses.resume_case import resume_case
from core.usecases.courses.review_closing import review_closing
from core.usecases.courses.review_interruption import review_interruption
from core.usecases.courses.settle_participation import settle_participation
from core.usecases.courses.take_up_course import take_up_course
from core.usecases.plans.carry_decision_to_plan import carry_decision_to_plan
from core.usecases.resources.move_match import move_match
from core.usecases.resources.propose_match import propose_match
from tests.core.plans import examples
from tests.core.usecases.connections.sides import Sides
from tests.core.usecases.courses.walking import closing
from tests.core.usecases.office import Office
from tests.core.usecases.plans.planning import OTHER_SHEET, OUTREACH_SHEET
from tests.core.usecases.whole_case import DRAFTS, EVERYBODY, SCOPES, Standing, WholeCase
from tests.people import A12, SATO, TANAKA, TOKYO, A

plan_multi_agency = partial(plan_course, programme=Programme.MULTI_AGENCY)
plan_participation = partial(plan_course, programme=Programme.PARTICIPATION)

T = TypeVar("T")
Try = Callable[[], Awaitable[object]]
DECIDES = {
    AgendaPurpose.PLAN: (Outcome.APPROVED, Outcome.ENDORSED, Outcome.RETURNED),
    AgendaPurpose.REPLAN: (Outcome.APPROVED,),
    AgendaPurpose.CLOSE: (Outcome.CLOSE_OK, Outcome.NOT_YET),
    AgendaPurpose.INTERRUPT: (Outcome.INTERRUPT_OK,),
}


class Dice(Protocol):
    """Whoever draws."""

    def among(self, choices: Sequence[T]) -> T:
        """One of these."""
        ...


@dataclass(kw_only=True)
class Tries:
    """One command, drawn; refused or not."""

    hand: WholeCase
    office: Office
    dice: Dice

    async def consents(self, now: Standing) -> object:
        """Something is agreed to, put off, or taken back."""
        ledger, at = self.hand.ledger, self.hand.at
        lines = [line for line in now.lines if line.state is ConsentState.GIVEN]
        asked = [line for line in now.lines if line.state is ConsentState.EXPLAINING]
        scopes: list[Scope] = [*SCOPES, await self.hand.shares()]
        way = self.dice.among(("give", "give", "explain", "answer", "withdraw", "withdraw"))
        if way == "withdraw" and lines:
            return await ledger.withdraw(self.dice.among(lines), at=at)
        if way == "answer" and asked:
            line = self.dice.among(asked)
            if self.dice.among((True, False)):
                return await ledger.decline(line, at=at)
            return await ledger.give(line, at=at)
        if way == "explain":
            return await ledger.explain(self.dice.among(scopes), at=at)
        return await ledger.given(self.dice.among(scopes), at=at)

    async def plans(self, now: Standing) -> object:
        """A plan is drafted, submitted, decided on, begun, evaluated."""
        planning = self.hand.planning
        live = [plan for plan in now.plans if plan.state not in ENDED]
        programme = self.dice.among(sorted(PLANNING))
        if not live or self.dice.among((True, False, False)):
            if self.dice.among((True, False, False)):
                return await planning.assess()
            sheet = OTHER_SHEET if programme is Programme.MULTI_AGENCY else OUTREACH_SHEET
            by = self.dice.among((DRAFTS[programme], self.anybody()))
            return await planning.draft(sheet, programme=programme, by=by)
        return await self.on_plan(self.dice.among(live))()

    def on_plan(self, plan: Plan) -> Try:
        """What fits the plan's stage, done by somebody who mostly may."""
        planning = self.hand.planning
        own = self.dice.among((DRAFTS[plan.programme], DRAFTS[plan.programme], self.anybody()))
        result = self.dice.among((EvaluationResult.CLOSE, EvaluationResult.CONTINUE))
        tries: dict[PlanState, Try] = {
            PlanState.DRAFT: lambda: planning.submit(plan, by=own),
            PlanState.AWAITING_DECISION: lambda: planning.decide(
                plan, by=self.dice.among((own, *EVERYBODY))
            ),
            PlanState.FINAL: lambda: planning.begin(
                plan, next_monitoring_on=planning.today + timedelta(days=60)
            ),
            PlanState.IN_FORCE: lambda: planning.evaluated(plan, result, by=own),
        }
        return tries.get(plan.state, lambda: planning.submit(plan, by=own))

    async def meetings(self, now: Standing) -> object:
        """A meeting is asked for, or goes on by some steps, or what it decided is followed."""
        open_ones = [m for m in now.meetings if m.state in _UNDER_WAY]
        owed = [
            (meeting, item)
            for meeting in now.meetings
            if meeting.state is MeetingState.MINUTES_CONFIRMED
            for item in meeting.live
            if item.decision is not None and item.decision.applied_at is None
        ]
        steps = self.dice.among((1, 2, 4, 99))
        if self.dice.among((True, True, False)) and owed:
            meeting, item = self.dice.among(owed)
            return await self.follow(meeting, item, now)
        purpose = self.dice.among(sorted(DECIDES))
        if self.dice.among((True, False)) and open_ones:
            meeting = self.dice.among(open_ones)
            purposes = [item.purpose for item in meeting.live] or [purpose]
            outcome = self.dice.among(DECIDES.get(purposes[0], (Outcome.CONTINUES,)))
            return await self.hand.chain.goes_on(meeting, outcome=outcome, steps=steps)
        return await self.hand.meets(
            purpose,
            programme=self.dice.among(sorted(PLANNING)),
            outcome=self.dice.among(DECIDES[purpose]),
            steps=steps,
        )

    async def follow(self, meeting: Meeting, item: AgendaItem, now: Standing) -> object:
        """By whoever mostly may."""
        uow, by = self.hand.uow, self.dice.among((TANAKA, self.anybody())).id
        this: dict[str, Any] = {
            "meeting_id": meeting.id,
            "item_id": item.id,
            **self.hand.planning.now,
        }
        version = now.course.case.version
        match item.purpose:
            case AgendaPurpose.PLAN | AgendaPurpose.REPLAN:
                carrier = self.dice.among((StaffId("staff-fukuda"), by))
                return await carry_decision_to_plan(uow, by=carrier, **this)
            case AgendaPurpose.INTERRUPT:
                return await interrupt_case(uow, by=by, version=version, **this)
            case _ if item.decision and item.decision.outcome is Outcome.NOT_YET:
                return await continue_support(uow, by=by, version=version, **this)
            case _ if Programme.PARTICIPATION in item.programmes and now.participation:
                return await close_participation(
                    uow,
                    by=by,
                    version=now.participation.version,
                    closing=self.closes(ClosingReason.TIES_STABLE),
                    stable_since=self.hand.planning.today,
                    **this,
                )
        return await close_case(uow, by=by, version=version, closing=self.closes(), **this)

    def closes(self, reason: ClosingReason = ClosingReason.LINKED_AND_STABLE) -> Any:
        """A hand-over, sometimes to nobody."""
        day = self.hand.planning.today + timedelta(days=60)
        whole = closing(reason, next_contact_on=day)
        return self.dice.among((whole, whole, replace(whole, lead_agency_id=None)))

    async def courses(self, now: Standing) -> object:
        """A row of outreach or of participation, fitting where the dice are kind."""
        walking = self.hand.walking
        self.hand.pass_by(timedelta(hours=self.dice.among((1, 30))))
        rows: dict[CaseState, Try] = {
            CaseState.RELATIONSHIP_BUILDING: lambda: walking.takes(note_agreement),
            CaseState.CONTINUING_SUPPORT: lambda: walking.takes(
                review_closing, closing=self.closes(), by=SATO
            ),
            CaseState.INTERRUPTED: lambda: walking.takes(
                reopen_case, why=ReopenReason.CONTACT_AGAIN
            ),
            CaseState.FOLLOW_UP: lambda: walking.takes(reopen_case, why=ReopenReason.STATE_CHANGED),
            CaseState.REOPENED: lambda: walking.takes(resume_case, by=TANAKA),
        }
        wild: list[Try] = [*rows.values(), self.loses_contact, self.takes_up]
        fitting = rows.get(now.course.state, self.takes_up)
        more = [lambda: self.participation(now)] if now.participation else []
        return await self.dice.among([fitting, fitting, fitting, *more, *wild])()

    async def loses_contact(self) -> object:
        """Everything was tried; contact seems lost."""
        since = self.hand.at
        await self.hand.walking.tried()
        return await self.hand.walking.takes(review_interruption, lost_since=since, by=SATO)

    async def takes_up(self) -> object:
        """Another programme on the same case."""
        found = Discovery(on=examples.TODAY, route=DiscoveryRoute.SELF)
        other = self.dice.among((Programme.PARTICIPATION, Programme.MULTI_AGENCY))
        return await self.hand.walking.takes(
            take_up_course, by=TANAKA, programme=other, discovery=found
        )

    async def participation(self, now: Standing) -> object:
        """Its rows, in their order or not."""
        rows: dict[object, Any] = {
            ParticipationState.RECEIVED: assess_participation,
            ParticipationState.ASSESSING: plan_participation,
            ParticipationState.PLAN: match_participation,
            ParticipationState.MATCHING: settle_participation,
            MultiAgencyState.ASSESSING: plan_multi_agency,
        }
        row = rows.get(now.participation.state, assess_participation)
        by = self.dice.among((DRAFTS[Programme.PARTICIPATION], self.anybody()))
        return await self.hand.walking.takes_on(row, now.participation, by=by)

    async def referrals(self, now: Standing) -> object:
        """A referral is drafted, or goes one step on, by the one side or the other."""
        sides = Sides(uow=self.hand.uow, at=self.hand.at)
        if not now.referrals or self.dice.among((True, False, False)):
            return await sides.drafted(to_agency_id="shakyo")
        referral = self.dice.among(now.referrals)
        verbs = {
            ReferralState.DRAFT: sides.explained,
            ReferralState.EXPLAINED: sides.answered,
            ReferralState.ACCEPTED_BY_PERSON: sides.sent,
            ReferralState.SENT: sides.received,
            ReferralState.RECEIVED: sides.accepted,
            ReferralState.ACCEPTED: sides.connected,
            ReferralState.CONNECTED: sides.told,
            ReferralState.FEEDBACK_GIVEN: sides.done,
        }
        fitting = verbs.get(referral.state, sides.explained)
        verb = self.dice.among((fitting, fitting, self.dice.among(list(verbs.values()))))
        return await verb(referral)

    async def matches(self, now: Standing) -> object:
        """A place is found, proposed, and tried in steps or not."""
        sides = Sides(uow=self.hand.uow, at=self.hand.at)
        async with self.hand.uow.read() as work:
            places = await work.resources.places()
        if not places:
            return await sides.place(host_agency_id="shakyo")
        if not now.matches:
            return await propose_match(
                self.hand.uow,
                case_id=A12.id,
                person_id=A.id,
                place_id=places[0].id,
                by=SATO.id,
                at=self.hand.at,
            )
        match = self.dice.among(now.matches)
        return await move_match(
            self.hand.uow,
            match_id=match.id,
            version=match.version,
            to=self.dice.among(sorted(MatchState)),
            person_wishes=self.dice.among((True, True, False)),
            by=self.dice.among((SATO, self.anybody())).id,
            at=self.hand.at,
            tz=TOKYO,
        )

    async def letters(self, now: Standing) -> object:
        """A letter is written, approved by whoever, stopped; or A says something."""
        self.office.clock.at = self.hand.at
        waits = [one for one in now.letters if one.state is LetterState.PENDING_APPROVAL]
        way = self.dice.among(("write", "approve", "approve", "stop", "says"))
        by = self.dice.among((SATO, TANAKA, self.anybody()))
        if way == "approve" and waits:
            return await self.office.approve(self.dice.among(waits), by=by.id)
        if way == "stop" and now.letters:
            return await self.office.stop(self.dice.among(now.letters))
        if way == "says":
            await self.office.says()
            return None
        return await self.office.write(opens_at=self.hand.at + timedelta(hours=1))

    def anybody(self) -> Staff:
        return self.dice.among(EVERYBODY)


_UNDER_WAY = frozenset(MeetingState) - {
    MeetingState.MINUTES_CONFIRMED,
    MeetingState.CLOSED,
    MeetingState.CANCELLED,
    MeetingState.POSTPONED,
}
