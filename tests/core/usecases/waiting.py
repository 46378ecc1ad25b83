"""Case A-12 with something of every kind that waits on A's consents."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from core.basis import Basis
from core.cases import CaseState
from core.connect_sheets import ConnectSheet
from core.consent.ledger import ConsentLine
from core.consent.scopes import AgencyScope, AttendScope
from core.courses.multi_agency import MultiAgencyState
from core.courses.participation import ParticipationState
from core.courses.steps import Course
from core.ids import MatchId
from core.letters import Letter, LetterState
from core.meetings.decisions import Outcome
from core.meetings.ids import ItemId, MeetingId
from core.meetings.items import AgendaPurpose, ShienPurpose
from core.meetings.sittings import Block, Meeting, MeetingState
from core.plans.record import Plan, PlanState
from core.ports import UnitOfWork, Work
from core.programmes import PLANNING, Programme
from core.referrals.record import Referral, ReferralState
from core.resources import Match, MatchState
from tests.core.meetings import table
from tests.core.usecases.connections.sides import CLINIC, SHAKYO, Sides, settle
from tests.core.usecases.office import Office
from tests.core.usecases.plans.planning import Planning, given, sitting
from tests.people import A12, MIDORI, MONDAY, A

TELL = AgencyScope(agencies=frozenset({SHAKYO, CLINIC}), topics=frozenset({"HEALTH"}))
COMES = AttendScope(meeting="meeting-12")


class Died(RuntimeError):
    """The process ended before it committed."""


@dataclass(frozen=True, kw_only=True)
class DyingBeforeCommit:
    """Units of work of a process that ends at the last moment."""

    uow: UnitOfWork

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Work]:
        async with self.uow.write() as work:

            async def die() -> None:
                raise Died

            work.commit = die  # type: ignore[method-assign]
            yield work

    def read(self) -> Any:
        return self.uow.read()


@dataclass(kw_only=True)
class FasterColleagues:
    """Units of work in which others change the plan first, so many times."""

    uow: UnitOfWork
    times: int

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Work]:
        async with self.uow.write() as work:
            change = work.plans.change

            async def overtaken(plan: Plan, *, version: int) -> bool:
                self.times -= 1
                return self.times < 0 and await change(plan, version=version)

            work.plans.change = overtaken  # type: ignore[method-assign]
            yield work

    def read(self) -> Any:
        return self.uow.read()


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What waits, as it was at first."""

    office: Office
    lines: dict[str, ConsentLine]
    plan: Plan
    open_item: Meeting
    dated_item: Meeting
    referral: Referral
    sheet: ConnectSheet
    match: Match
    letter: Letter

    async def now(self) -> dict[str, Any]:
        """Where everything stands, by its name."""
        async with self.office.uow.read() as work:
            case = await work.cases.get(A12.id)
            outreach = await work.courses.outreach(case)
            taking_part = await work.courses.participation(A12.id)
            together = await work.courses.multi_agency(A12.id)
            assert outreach and taking_part and together
            (match,) = await work.resources.matches_of_case(A12.id)
            return {
                "case": case.state,
                "supported": outreach.supported,
                "participation": taking_part.state,
                "multi_agency": together.state,
                "plan": (await work.plans.get(self.plan.id)).state,
                "open_item": _ground(await work.meetings.get(self.open_item.id)),
                "dated_item": _ground(await work.meetings.get(self.dated_item.id)),
                "comes": bool((await work.meetings.get(self.dated_item.id)).invited),
                "referral": (await work.referrals.get(self.referral.id)).state,
                "sheet": (await work.referrals.sheet(self.sheet.id)).consents,
                "match": match.state,
                "letter": (await work.letters.get(self.letter.id)).state,
            }


AT_FIRST: dict[str, Any] = {
    "case": CaseState.CONSENTED,
    "supported": True,
    "participation": ParticipationState.MATCHING,
    "multi_agency": MultiAgencyState.PLAN,
    "plan": PlanState.AWAITING_DECISION,
    "open_item": Basis.JUSO,
    "dated_item": Basis.JUSO,
    "comes": True,
    "referral": ReferralState.ACCEPTED_BY_PERSON,
    "sheet": True,
    "match": MatchState.TOLD_OF,
    "letter": LetterState.SCHEDULED,
}


async def all_that_waits(office: Office) -> Waiting:
    """A has applied for all three programmes, shares in the JUSO body, and so on."""
    planning, sides = Planning(uow=office.uow), Sides(uow=office.uow)
    await planning.found()
    await settle(office.uow)
    await planning.agrees(*PLANNING)
    await planning.stands(CaseState.CONSENTED)
    await _courses(office)
    await planning.assess()
    plan = await planning.approved(await planning.draft())
    place = await sides.place()
    match = Match(
        id=MatchId("match-1"),
        municipality_id=MIDORI,
        case_id=A12.id,
        person_id=A.id,
        place_id=place.id,
    )
    more = {"tell": given(TELL, "tell"), "comes": given(COMES, "comes")}
    open_item, dated_item = _meetings()
    async with office.uow.write() as work:
        await work.resources.add_match(match)
        for line in more.values():
            await work.consents.add(line)
        await work.bodies.put_participant(table.MYSELF)
        await work.meetings.add(open_item)
        await work.meetings.add(dated_item)
        await work.commit()
    return Waiting(
        office=office,
        lines=planning.lines | more,
        plan=plan,
        open_item=open_item,
        dated_item=dated_item,
        referral=await sides.answered(),
        sheet=await sides.sheet(),
        match=match,
        letter=await office.approved(),
    )


async def _courses(office: Office) -> None:
    async with office.uow.write() as work:
        case = await work.cases.get(A12.id)
        outreach = await work.courses.outreach(case)
        assert outreach is not None
        await work.courses.put_outreach(replace(outreach, supported=True))
        await work.courses.add_participation(
            Course(
                case_id=A12.id,
                person_id=A.id,
                programme=Programme.PARTICIPATION,
                state=ParticipationState.MATCHING,
                supported=True,
            )
        )
        await work.courses.add_multi_agency(
            Course(
                case_id=A12.id,
                person_id=A.id,
                programme=Programme.MULTI_AGENCY,
                state=MultiAgencyState.PLAN,
            )
        )
        await work.commit()


def _meetings() -> tuple[Meeting, Meeting]:
    """An item before the JUSO body: of a meeting without a date yet, and of one with a date."""
    coming = MONDAY + timedelta(days=7)
    held = sitting(
        11,
        Outcome.NOTED,
        purpose=AgendaPurpose.INFO_SHARE,
        basis=Basis.JUSO,
        programmes=frozenset(),
        subjects=frozenset({A.id}),
        at=coming,
    )
    (item,) = held.items
    fresh = replace(
        item,
        decision=None,
        circle=frozenset(),
        present=frozenset(),
        shien_purpose=ShienPurpose.WORRYING_CASE,
    )
    first = replace(held, items=(fresh,), minutes=(), blocks=(), state=MeetingState.TYPE_CHECKED)
    block = Block(body_id=table.JUSO.id, begins_at=coming, ends_at=coming + timedelta(hours=1))
    second = replace(
        first,
        id=MeetingId("meeting-12"),
        items=(replace(fresh, id=ItemId("item-12")),),
        blocks=(block,),
        state=MeetingState.CONVENED,
        invited=frozenset({table.MYSELF.id}),
    )
    return first, second


def _ground(meeting: Meeting) -> Basis | None:
    (item,) = meeting.items
    return item.ground.basis if item.is_live and item.ground else None
