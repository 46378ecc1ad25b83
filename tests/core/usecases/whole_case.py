"""One case in the hands of everybody at once: commands of every area, tried as the dice fall."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from bots.profiles.reader import read_profile
from core.agencies import Agency, Role, Seat, Staff
from core.closing import PostClosing
from core.consent import ConsentLine, ConsentState
from core.consent.scopes import LineScope, MeetingScope, Scope, ServiceScope
from core.courses.outreach_guards import OutreachCourse
from core.discovery import Discovery, DiscoveryRoute
from core.meetings.decisions import Outcome
from core.meetings.items import AgendaPurpose, ShienPurpose
from core.meetings.sittings import Meeting
from core.plans.evaluation import EvaluationResult
from core.plans.record import Plan
from core.programmes import PLANNING, Programme
from core.referrals.record import Referral
from core.resources import Match
from core.usecases.courses.assess_participation import assess_participation
from core.usecases.courses.close_case import close_case
from core.usecases.courses.note_agreement import note_agreement
from core.usecases.courses.review_closing import review_closing
from core.usecases.courses.take_up_course import take_up_course
from core.usecases.plans.carry_decision_to_plan import carry_decision_to_plan
from storage.unit_of_work import SqlUnitOfWork
from tests.core.plans import examples
from tests.core.usecases.connections.sides import YAMADA
from tests.core.usecases.courses.walking import Walking, closing
from tests.core.usecases.ledger_office import Ledger
from tests.core.usecases.meeting_chain import MeetingChain
from tests.core.usecases.plans.planning import Planning
from tests.council import CHAIR, HIDAMARI, OFFICE, PLACES, SHAKYO, Council, call_council
from tests.midori import found_midori
from tests.people import A12, MIDORI, MONDAY, SATO, SUZUKI, TANAKA, A

EVERYBODY: Final = (SATO, SUZUKI, TANAKA, PLACES, OFFICE, CHAIR, YAMADA)
# Who drafts for a programme.
DRAFTS: Final = {
    Programme.OUTREACH: SUZUKI,
    Programme.PARTICIPATION: PLACES,
    Programme.MULTI_AGENCY: TANAKA,
}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Everything of the case as it is stored."""

    at: datetime
    course: OutreachCourse
    lines: tuple[ConsentLine, ...]
    plans: tuple[Plan, ...]
    meetings: tuple[Meeting, ...]
    referrals: tuple[Referral, ...]
    matches: tuple[Match, ...]
    participation: Any
    multi_agency: Any
    letters: tuple[Any, ...]

    def given(self, *, subject: str = A.id) -> list[Scope]:
        """What the person has agreed to, as far as it stands."""
        return [
            line.scope
            for line in self.lines
            if line.state is ConsentState.GIVEN and line.subject == subject
        ]


@dataclass(kw_only=True)
class WholeCase:
    """A-12 with everybody around it, and a clock that only goes on."""

    council: Council
    walking: Walking
    chain: MeetingChain

    @property
    def uow(self) -> SqlUnitOfWork:
        return self.walking.planning.uow

    @property
    def planning(self) -> Planning:
        return self.walking.planning

    @property
    def at(self) -> datetime:
        return self.planning.at

    @property
    def ledger(self) -> Ledger:
        return Ledger(uow=self.uow)

    def pass_by(self, time: timedelta) -> None:
        self.planning.at += time

    async def shares(self) -> MeetingScope:
        """A wish to be spoken of in the 重層的支援会議 as its list is now."""
        return await self.chain.shares()

    async def agrees(self, *scopes: Scope) -> None:
        """Explained and given on paper, by the use cases."""
        for scope in scopes:
            await self.ledger.given(scope, at=self.at)

    async def agrees_to_all(self) -> None:
        await self.agrees(*(ServiceScope(programme=one) for one in sorted(PLANNING)))
        await self.agrees(await self.shares())

    async def stands(self) -> Standing:
        async with self.uow.read() as work:
            case = await work.cases.get(A12.id)
            course = await work.courses.outreach(case)
            assert course is not None
            return Standing(
                at=self.at,
                course=course,
                lines=tuple(await work.consents.of_person(A.id)),
                plans=await work.plans.of_case(A12.id),
                meetings=await work.meetings.of_case(A12.id),
                referrals=await work.referrals.of_case(A12.id),
                matches=await work.resources.matches_of_case(A12.id),
                participation=await work.courses.participation(A12.id),
                multi_agency=await work.courses.multi_agency(A12.id),
                letters=tuple(await work.letters.of_case(A12.id)),
            )

    async def supported(self) -> Plan:
        """A plan in force after its meeting, and the case in support."""
        planning = self.planning
        await planning.assess()
        plan = await planning.submit(await planning.draft())
        meeting = await self.meets(
            AgendaPurpose.PLAN, programme=Programme.OUTREACH, outcome=Outcome.APPROVED
        )
        (plan,) = await carry_decision_to_plan(
            self.uow, by=CHAIR.id, **self._item(meeting), **planning.now
        )
        later = planning.today + timedelta(days=60)
        plan = await planning.begin(await planning.decide(plan), next_monitoring_on=later)
        await self.walking.takes(note_agreement)
        return plan

    async def may_close(self) -> Meeting:
        """Support evaluated, and a meeting that found that it may end."""
        plan = await self.supported()
        await self.planning.evaluated(plan, EvaluationResult.CLOSE)
        await self.walking.takes(review_closing, closing=self.closing(), by=SATO)
        return await self.meets(
            AgendaPurpose.CLOSE, programme=Programme.OUTREACH, outcome=Outcome.CLOSE_OK
        )

    async def closed(self) -> None:
        """Handed on, and somebody keeps in touch."""
        meeting = await self.may_close()
        version = (await self.walking.case()).version
        await close_case(
            self.uow,
            by=TANAKA.id,
            version=version,
            closing=self.closing(),
            **self._item(meeting),
            **self.planning.now,
        )

    async def takes_part(self) -> None:
        """Participation is taken up beside it, and asked after."""
        found = Discovery(on=self.planning.today, route=DiscoveryRoute.SELF)
        walking = self.walking
        await walking.takes(
            take_up_course, by=TANAKA, programme=Programme.PARTICIPATION, discovery=found
        )
        await walking.takes_on(assess_participation, await walking.participation(), by=PLACES)

    def closing(self) -> PostClosing:
        """Everything settled."""
        return closing(next_contact_on=self.planning.today + timedelta(days=60))

    def _item(self, meeting: Meeting) -> dict[str, Any]:
        return {"meeting_id": meeting.id, "item_id": meeting.items[0].id}

    async def meets(
        self,
        purpose: AgendaPurpose,
        *,
        programme: Programme,
        outcome: Any,
        steps: int = 99,
        by: Staff = SATO,
    ) -> Meeting:
        """A meeting on this, from the request as many steps on as are said."""
        meeting = await self.chain.request(
            purpose,
            programmes=frozenset({programme}),
            by=by,
            shien_purpose=ShienPurpose.WORRYING_CASE,
        )
        return await self.chain.goes_on(meeting, outcome=outcome, steps=steps)


async def found(uow: SqlUnitOfWork) -> None:
    """みどり市 with its bodies; A-12 before consent, and everybody seated."""
    await found_midori(uow)
    await call_council(uow)
    async with uow.write() as work:
        for agency in (examples.CENTER, examples.OFFICE):
            await work.towns.put_agency(
                Agency(id=agency, municipality_id=MIDORI, code=agency, name=agency)
            )
        for member, agency in ((SUZUKI, HIDAMARI), (YAMADA, SHAKYO)):
            await work.staff.put(replace(member, agency_id=agency))
        for staff, role in ((PLACES, Role.PARTICIPATION_WORKER), (OFFICE, Role.MEMBER)):
            await work.staff.put_seat(Seat(case_id=A12.id, staff_id=staff.id, role=role))
        on = Discovery(on=examples.TODAY, route=DiscoveryRoute.HOTLINE)
        await work.courses.put_outreach(OutreachCourse(case=A12, discovery=on))
        await work.commit()


async def whole_case(uow: SqlUnitOfWork) -> WholeCase:
    """The case of a town that was founded before."""
    council = Council(uow=uow, profile=read_profile("midori"))
    async with uow.read() as work:
        for body in await work.bodies.all():
            council.bodies.setdefault(body.basis, body)
        for one in await work.bodies.participants():
            assert one.staff_id is not None
            council.people[one.staff_id] = one
    planning = Planning(uow=uow, at=MONDAY)
    chain = MeetingChain(council=council, planning=planning)
    return WholeCase(council=council, walking=Walking(planning=planning), chain=chain)


SCOPES: Final[tuple[Scope, ...]] = (
    *(ServiceScope(programme=one) for one in sorted(PLANNING)),
    LineScope(),
)
