"""What a test of plans needs at hand: a case, its people at work, bodies, and sittings held.

鈴木 drafts for outreach, 田中 coordinates, 佐藤 leads the case, 中野 drafts for participation,
高橋 decides for the city; 今井 chairs and 岡 keeps the secretariat.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from core.agencies import Agency, Role, Seat, Staff
from core.assessments import IntakeAssessment
from core.audit import AuditEntry
from core.basis import Basis
from core.cases import CaseState
from core.consent import ConsentLine, ConsentState
from core.consent.evidence import SignedForm
from core.consent.giver import Giver
from core.consent.scopes import MeetingScope, Scope, ServiceScope
from core.courses.outreach_guards import OutreachCourse
from core.days import local_day
from core.discovery import Discovery, DiscoveryRoute
from core.ids import ConsentId, PersonId, StaffId
from core.meetings.bodies import Participant
from core.meetings.decisions import AssignedRole, ItemDecision, Outcome
from core.meetings.ids import ItemId, MeetingId
from core.meetings.items import AgendaItem, AgendaPurpose, Ground, GroundReason
from core.meetings.minutes import Minutes
from core.meetings.sittings import Block, Meeting, MeetingState
from core.plans.evaluation import EvaluationResult, EvaluationSheet
from core.plans.record import Plan
from core.plans.sheet import PlanSheet
from core.programmes import PLANNING, Programme
from core.usecases.plans.carry_decision_to_plan import carry_decision_to_plan
from core.usecases.plans.decide_support import decide_support
from core.usecases.plans.draft_plan import draft_plan
from core.usecases.plans.note_evaluation_due import note_evaluation_due
from core.usecases.plans.put_in_force import put_in_force
from core.usecases.plans.submit_plan import submit_plan
from core.usecases.plans.write_assessment import write_assessment
from core.usecases.plans.write_evaluation import write_evaluation
from storage.unit_of_work import SqlUnitOfWork
from tests.core.meetings import table
from tests.core.plans import examples
from tests.people import A12, MIDORI, MONDAY, SATO, SUZUKI, TANAKA, TOKYO, A

TODAY: Final = examples.TODAY
LATER: Final = examples.LATER
NEVER: Final = IntakeAssessment(id="", case_id=A12.id, assessed_on=TODAY, authors=())  # type: ignore[arg-type]


def colleague(name: str, *roles: Role) -> Staff:
    """Somebody with these roles at large."""
    return Staff(
        id=StaffId(f"staff-{name}"),
        municipality_id=MIDORI,
        code=name,
        name=name,
        roles=frozenset(roles),
    )


TAKAHASHI = colleague("takahashi", Role.MUNICIPAL_OFFICER)
IMAI = colleague("imai", Role.CHAIR)
OKA = colleague("oka", Role.SECRETARIAT)
NAKANO = colleague("nakano", Role.PARTICIPATION_WORKER)
_SITS = {table.CHAIR.id: IMAI.id, table.CITY.id: OKA.id}
TABLE: Final[tuple[Participant, ...]] = tuple(
    replace(one, agency_id=None, staff_id=_SITS.get(one.id)) for one in table.SEATED
)
OUTREACH_SHEET: Final = replace(examples.SHEET, maker_id=SUZUKI.id)
EARLY_SHEET: Final = replace(examples.BEFORE_CONSENT, maker_id=SUZUKI.id)
OTHER_SHEET: Final = replace(
    examples.SHEET,
    maker_id=TANAKA.id,
    signed_on=examples.TODAY,
    actions=(examples.OTHER_ACT,),
    uses=frozenset(),
)


def given(
    scope: Scope,
    name: str,
    *,
    subject: PersonId = A.id,
    state: ConsentState = ConsentState.GIVEN,
) -> ConsentLine:
    """A line of the ledger, signed a month ago."""
    signed = MONDAY - timedelta(days=30)
    return ConsentLine(
        id=ConsentId(name),
        municipality_id=MIDORI,
        subject=subject,
        scope=scope,
        state=state,
        text_version="1",
        giver=Giver(person_id=subject),
        evidence=SignedForm(document="scan-1", signed_on=signed.date()),
        given_at=signed,
        withdrawn_at=MONDAY if state is ConsentState.WITHDRAWN else None,
    )


SHARES: Final = MeetingScope(body=table.JUSO.id, membership_version=table.roster_of(table.JUSO))


@dataclass(kw_only=True)
class Planning:
    """The record, and a clock that only goes on."""

    uow: SqlUnitOfWork
    at: datetime = MONDAY
    sittings: int = 0
    lines: dict[str, ConsentLine] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return local_day(self.at, tz=TOKYO)

    @property
    def now(self) -> dict[str, Any]:
        """The arguments of time."""
        return {"at": self.at, "tz": TOKYO}

    async def found(self) -> None:
        """Colleagues, seats, agencies, bodies, and an outreach course before consent."""
        async with self.uow.write() as work:
            for one in (TAKAHASHI, IMAI, OKA, NAKANO):
                await work.staff.put(one)
            for staff, role in ((NAKANO, Role.PARTICIPATION_WORKER), (TAKAHASHI, Role.MEMBER)):
                await work.staff.put_seat(Seat(case_id=A12.id, staff_id=staff.id, role=role))
            for agency in (examples.CENTER, examples.OFFICE):
                await work.towns.put_agency(
                    Agency(id=agency, municipality_id=MIDORI, code=agency, name=agency)
                )
            for one_at_table in TABLE:
                await work.bodies.put_participant(one_at_table)
            for body in (table.JUSO, table.SHIEN, table.TALK):
                await work.bodies.add(body)
            await work.courses.put_outreach(
                OutreachCourse(
                    case=A12, discovery=Discovery(on=TODAY, route=DiscoveryRoute.HOTLINE)
                )
            )
            await work.commit()

    async def stands(self, state: CaseState) -> None:
        """Put the case at a stage of outreach."""
        async with self.uow.write() as work:
            case = await work.cases.get(A12.id)
            moved = replace(case, state=state, version=case.version + 1)
            assert await work.cases.change(moved, version=case.version)
            await work.commit()

    async def state(self) -> CaseState:
        async with self.uow.read() as work:
            return (await work.cases.get(A12.id)).state

    async def agrees(self, *programmes: Programme, share: bool = True) -> None:
        """A applied for these, and lets the 重層的支援会議 speak of it."""
        scopes: list[tuple[str, Scope]] = [
            (f"use-{one.value}", ServiceScope(programme=one)) for one in programmes
        ]
        scopes += [("share", SHARES)] if share else []
        async with self.uow.write() as work:
            for name, scope in scopes:
                line = given(scope, name)
                await work.consents.add(line)
                self.lines[name] = line
            await work.commit()

    async def takes_back(self, name: str) -> None:
        """A withdraws a line, past the use case."""
        line = self.lines[name]
        async with self.uow.write() as work:
            gone = replace(
                line,
                state=ConsentState.WITHDRAWN,
                withdrawn_at=self.at,
                version=line.version + 1,
            )
            assert await work.consents.change(gone, version=line.version)
            await work.commit()

    async def assess(self, **changes: Any) -> IntakeAssessment:
        return await write_assessment(
            self.uow, case_id=A12.id, sheet=replace(NEVER, **changes), by=SUZUKI.id, **self.now
        )

    async def draft(
        self,
        sheet: PlanSheet = OUTREACH_SHEET,
        *,
        programme: Programme = Programme.OUTREACH,
        by: Staff = SUZUKI,
    ) -> Plan:
        return await draft_plan(
            self.uow, case_id=A12.id, programme=programme, sheet=sheet, by=by.id, at=self.at
        )

    async def submit(self, plan: Plan, *, by: Staff = SUZUKI) -> Plan:
        return await submit_plan(
            self.uow, plan_id=plan.id, version=plan.version, by=by.id, **self.now
        )

    async def sits(
        self,
        outcome: Outcome = Outcome.APPROVED,
        *,
        purpose: AgendaPurpose = AgendaPurpose.PLAN,
        basis: Basis = Basis.JUSO,
        programmes: Iterable[Programme] = PLANNING,
        subjects: frozenset[PersonId] = frozenset({A.id}),
        **changes: Any,
    ) -> tuple[MeetingId, ItemId]:
        """A sitting of an hour ago, its minutes confirmed by the chair."""
        self.sittings += 1
        meeting = sitting(
            self.sittings,
            outcome,
            purpose=purpose,
            basis=basis,
            programmes=frozenset(programmes),
            subjects=subjects,
            at=self.at,
        )
        async with self.uow.write() as work:
            await work.meetings.add(replace(meeting, **changes))
            await work.commit()
        return meeting.id, meeting.items[0].id

    async def carry(
        self, item: tuple[MeetingId, ItemId], *, by: Staff = IMAI, **more: Any
    ) -> tuple[Plan, ...]:
        meeting_id, item_id = item
        return await carry_decision_to_plan(
            self.uow, meeting_id=meeting_id, item_id=item_id, by=by.id, **self.now, **more
        )

    async def approved(self, plan: Plan, *, by: Staff = SUZUKI) -> Plan:
        """Submitted, approved, and what follows by itself."""
        submitted = await self.submit(plan, by=by)
        purpose = AgendaPurpose.PLAN if plan.edition == 1 else AgendaPurpose.REPLAN
        item = await self.sits(purpose=purpose, programmes={plan.programme})
        (moved,) = await self.carry(item, plan_id=submitted.id)
        return moved

    async def decide(self, plan: Plan, *, by: Staff = TAKAHASHI, **changes: Any) -> Plan:
        asked: dict[str, Any] = {
            "acts": examples.DECISION.acts,
            "content": "月に一度の訪問",
        } | changes
        return await decide_support(
            self.uow, plan_id=plan.id, version=plan.version, by=by.id, **self.now, **asked
        )

    async def begin(self, plan: Plan, *, by: Staff = SATO, **changes: Any) -> Plan:
        asked: dict[str, Any] = {"next_monitoring_on": LATER, "copy_offered": True} | changes
        return await put_in_force(
            self.uow, plan_id=plan.id, version=plan.version, by=by.id, **self.now, **asked
        )

    async def running(self) -> Plan:
        """An outreach plan after consent, in force."""
        await self.agrees(*PLANNING)
        await self.assess()
        return await self.begin(await self.decide(await self.approved(await self.draft())))

    async def evaluated(
        self, plan: Plan, result: EvaluationResult, *, by: Staff = SUZUKI, **changes: Any
    ) -> Plan:
        """A big change, and the evaluation after it."""
        due = await note_evaluation_due(
            self.uow,
            plan_id=plan.id,
            version=plan.version,
            by=SATO.id,
            reason="入院した",
            **self.now,
        )
        sheet: EvaluationSheet = examples.evaluation(plan, result, **changes)
        return await write_evaluation(
            self.uow, plan_id=due.id, version=due.version, sheet=sheet, by=by.id, **self.now
        )

    async def plan(self, plan: Plan) -> Plan:
        """As it is stored now."""
        async with self.uow.read() as work:
            return await work.plans.get(plan.id)

    async def plans(self) -> tuple[Plan, ...]:
        async with self.uow.read() as work:
            return await work.plans.of_case(A12.id)

    async def trail(self) -> list[AuditEntry]:
        async with self.uow.read() as work:
            return list(await work.audit.of_case(A12.id))

    async def deeds(self) -> list[str]:
        return [entry.event.action for entry in await self.trail()]


def sitting(
    number: int,
    outcome: Outcome,
    *,
    purpose: AgendaPurpose,
    basis: Basis,
    programmes: frozenset[Programme],
    subjects: frozenset[PersonId],
    at: datetime,
) -> Meeting:
    """A meeting on one item, with everybody there."""
    body = {"JUSO": table.JUSO, "SHIEN": table.SHIEN, "CASE": table.TALK}[basis.value]
    everybody = frozenset(one.id for one in TABLE)
    began = at - timedelta(hours=1)
    item = AgendaItem(
        id=ItemId(f"item-{number}"),
        purpose=purpose,
        requested_by=SUZUKI.id,
        requested_at=at - timedelta(days=1),
        case_id=A12.id,
        person_id=A.id,
        subjects=subjects,
        programmes=programmes,
        ground=Ground(
            basis=basis,
            body_id=body.id,
            roster=table.roster_of(body),
            reasons=frozenset({GroundReason.SHARE_COVERS}),
        ),
        circle=everybody,
        present=everybody,
        decision=ItemDecision(
            outcome=outcome,
            roles=(AssignedRole(agency_id=examples.CENTER, does="訪問"),),
            next_monitoring_on=LATER,
            reason="もう少し具体的に",
            lead_agency_id=examples.CENTER,
        ),
    )
    minutes = Minutes(
        item_id=item.id,
        written_by=table.CLERK.id,
        confirmed_by=table.CHAIR.id,
        confirmed_at=at,
    )
    return Meeting(
        id=MeetingId(f"meeting-{number}"),
        municipality_id=MIDORI,
        items=(item,),
        requested_by=SUZUKI.id,
        state=MeetingState.MINUTES_CONFIRMED,
        blocks=(Block(body_id=body.id, begins_at=began, ends_at=at),),
        minutes=(minutes,),
    )
