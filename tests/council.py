"""The people who meet about cases in the tests: six colleagues, their bodies, notices, pledges."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from bots.profiles.reader import read_profile
from core.agencies import Agency, Role, Staff
from core.basis import Basis
from core.consent import ConsentLine, ConsentState
from core.consent.evidence import SignedForm
from core.consent.giver import Giver
from core.consent.scopes import AttendScope, MeetingScope, Scope, ServiceScope
from core.ids import AgencyId, CaseId, ConsentId, PersonId, StaffId
from core.meetings.asking import ItemAsked
from core.meetings.bodies import (
    Holder,
    MeetingBody,
    Membership,
    MembershipKind,
    Participant,
    SeatKind,
    with_regular,
)
from core.meetings.decisions import AssignedRole, ItemDecision, Outcome
from core.meetings.ids import BodyId, ItemId, MeetingId, MembershipId, ParticipantId
from core.meetings.items import AgendaItem, AgendaPurpose, ShienPurpose
from core.meetings.minutes import template_of
from core.meetings.pledges import Pledge
from core.meetings.sittings import Block, Meeting, Slot, SlotKind
from core.municipal_profiles.profile import MunicipalProfile
from core.ports import UnitOfWork
from core.programmes import Programme
from core.usecases.meetings.admit_member import admit_member
from core.usecases.meetings.confirm_minutes import confirm_minutes
from core.usecases.meetings.convene_meeting import convene_meeting
from core.usecases.meetings.decide_item import decide_item
from core.usecases.meetings.found_bodies import found_bodies
from core.usecases.meetings.give_notice import give_notice
from core.usecases.meetings.hold_meeting import hold_meeting
from core.usecases.meetings.offer_slots import offer_slots
from core.usecases.meetings.register_participant import register_participant
from core.usecases.meetings.request_meeting import request_meeting
from core.usecases.meetings.schedule_meeting import schedule_meeting
from core.usecases.meetings.sign_pledge import sign_pledge
from core.usecases.meetings.write_minutes import write_minutes
from tests.people import A12, MIDORI, MONDAY, SATO, TANAKA, TOKYO, A

K = SeatKind
SITTING = MONDAY + timedelta(days=7)
AFTER = SITTING + timedelta(hours=4)
HIDAMARI, SHAKYO, CITY = AgencyId("hidamari"), AgencyId("shakyo"), AgencyId("city")


def colleague(name: str, *roles: Role, agency: AgencyId = CITY) -> Staff:
    """A colleague of the city hall, if nothing else is said."""
    return Staff(
        id=StaffId(f"staff-{name}"),
        municipality_id=MIDORI,
        code=name,
        name=name,
        roles=frozenset(roles),
        agency_id=agency,
    )


OFFICE = colleague("takahashi", Role.SECRETARIAT, Role.MUNICIPAL_OFFICER)
CLERK = colleague("inoue", Role.CLERK)
CHAIR = colleague("fukuda", Role.CHAIR)
PLACES = colleague("kimura", Role.PARTICIPATION_WORKER, agency=HIDAMARI)
# Who fills which seat at the table, by colleague.
SEATS_OF = {
    OFFICE.id: (K.MUNICIPALITY, K.SECRETARIAT),
    TANAKA.id: (K.MULTI_AGENCY,),
    SATO.id: (K.OUTREACH,),
    PLACES.id: (K.PARTICIPATION,),
    CLERK.id: (K.CLERK,),
    CHAIR.id: (K.CHAIR,),
}
ASKED = ItemAsked(
    purpose=AgendaPurpose.PLAN,
    case_id=A12.id,
    programmes=frozenset({Programme.OUTREACH}),
    shien_purpose=ShienPurpose.WORRYING_CASE,
)


@dataclass
class Council:
    """A town's bodies with their people, and the usual way of a meeting."""

    uow: UnitOfWork
    profile: MunicipalProfile
    bodies: dict[Basis, MeetingBody] = field(default_factory=dict)
    people: dict[StaffId, Participant] = field(default_factory=dict)

    @property
    def seated(self) -> frozenset[ParticipantId]:
        return frozenset(one.id for one in self.people.values())

    async def admit(self, body: MeetingBody, who: Participant, **more: Any) -> None:
        """A place in a body, with notice."""
        at = more.pop("at", MONDAY - timedelta(days=90))
        _, place = await admit_member(
            self.uow,
            body_id=body.id,
            holder=Holder(participant_id=who.id),
            by=OFFICE.id,
            at=at,
            tz=TOKYO,
            **more,
        )
        await give_notice(self.uow, body_id=body.id, membership_id=place.id, by=OFFICE.id, at=at)

    async def register(self, *seats: SeatKind, pledges: bool = True, **more: Any) -> Participant:
        """Somebody who may sit, pledged; from the council of social welfare, if nobody is named."""
        if not more.keys() & {"staff_id", "agency_id", "person_id"}:
            more["agency_id"] = SHAKYO
        at = MONDAY - timedelta(days=90)
        one = await register_participant(
            self.uow, stands_for=frozenset(seats), by=OFFICE.id, at=at, **more
        )
        if pledges:
            await sign_pledge(self.uow, participant_id=one.id, by=OFFICE.id, at=at)
        return one

    async def seat(self, founded: tuple[MeetingBody, ...]) -> None:
        """The usual people, on every list, with notice and pledge, all at once."""
        at = MONDAY - timedelta(days=90)
        async with self.uow.write() as work:
            for staff_id, seats in SEATS_OF.items():
                who = Participant(
                    id=ParticipantId(f"p-{staff_id}"),
                    stands_for=frozenset(seats),
                    staff_id=staff_id,
                    agency_id=(await work.staff.get(staff_id)).agency_id,
                )
                self.people[staff_id] = who
                await work.bodies.put_participant(who)
                await work.bodies.add_pledge(
                    Pledge(participant_id=who.id, text_version="1", signed_at=at)
                )
            for body in founded:
                for who in self.people.values():
                    place = Membership(
                        id=MembershipId(work.new_id()),
                        body_id=body.id,
                        kind=MembershipKind.REGULAR,
                        holder=Holder(participant_id=who.id),
                        registered_at=at,
                        since=at,
                        notice_given_at=at,
                    )
                    body = with_regular(body, place)
                assert await work.bodies.change(body)
            await work.commit()

    async def body(self, basis: Basis) -> MeetingBody:
        """The body as it is now."""
        async with self.uow.read() as work:
            return await work.bodies.get(self.bodies[basis].id)

    async def agrees(
        self, *scopes: Scope, person: PersonId = A.id, at: datetime = MONDAY
    ) -> tuple[ConsentLine, ...]:
        """The person's consents, given on paper."""
        async with self.uow.write() as work:
            lines = [
                ConsentLine(
                    id=ConsentId(work.new_id()),
                    municipality_id=MIDORI,
                    subject=person,
                    scope=scope,
                    state=ConsentState.GIVEN,
                    text_version="1",
                    giver=Giver(person_id=person),
                    evidence=SignedForm(document="form", signed_on=date(2026, 11, 1)),
                    given_at=at - timedelta(hours=1),
                )
                for scope in scopes
            ]
            for line in lines:
                await work.consents.add(line)
            await work.commit()
        return tuple(lines)

    async def takes_back(self, line: ConsentLine, *, at: datetime) -> None:
        """The line withdrawn, as the ledger has it; nothing else is touched."""
        async with self.uow.write() as work:
            gone = replace(
                line, state=ConsentState.WITHDRAWN, withdrawn_at=at, version=line.version + 1
            )
            assert await work.consents.change(gone, version=line.version)
            await work.commit()

    async def agrees_to_share(self, *, person: PersonId = A.id) -> tuple[ConsentLine, ...]:
        """In the 重層的支援会議 as its list is now, with use of outreach support."""
        body = await self.body(Basis.JUSO)
        number = body.roster.number if body.roster else 0
        return await self.agrees(
            MeetingScope(body=body.id, membership_version=number),
            ServiceScope(programme=Programme.OUTREACH),
            person=person,
        )

    async def agrees_to_attend(self, meeting_id: MeetingId) -> None:
        await self.agrees(AttendScope(meeting=meeting_id))

    async def request(self, asked: ItemAsked = ASKED, *, by: Staff = SATO, **more: Any) -> Meeting:
        return await request_meeting(
            self.uow, asked=asked, by=by.id, at=more.get("at", MONDAY), tz=TOKYO
        )

    def slot(self, begins: datetime = SITTING) -> Slot:
        """Two hours."""
        return Slot(begins_at=begins, ends_at=begins + timedelta(hours=2), kind=SlotKind.REGULAR)

    async def offered(self, meeting: Meeting) -> Meeting:
        return await offer_slots(self.uow, offered=(self.slot(),), **self.at(meeting, OFFICE))

    async def schedule(self, meeting: Meeting) -> Meeting:
        """A date a week from Monday, half an hour for each body in turn."""
        slot = Slot(begins_at=SITTING, ends_at=SITTING + timedelta(hours=2), kind=SlotKind.REGULAR)
        meeting = await offer_slots(self.uow, offered=(slot,), **self.at(meeting, OFFICE))
        ids = dict.fromkeys(i.ground.body_id for i in meeting.live if i.ground)
        half = timedelta(minutes=30)
        blocks = tuple(
            Block(
                body_id=BodyId(body_id),
                begins_at=SITTING + i * half,
                ends_at=SITTING + (i + 1) * half,
                purpose="それぞれの議題",
            )
            for i, body_id in enumerate(ids)
        )
        return await schedule_meeting(
            self.uow,
            blocks=blocks,
            hosts=self.seated,
            rules_settled=True,
            **self.at(meeting, OFFICE),
        )

    async def convene(self, meeting: Meeting, *others: ParticipantId) -> Meeting:
        return await convene_meeting(
            self.uow, invited=self.seated | frozenset(others), **self.at(meeting, OFFICE)
        )

    async def hold(self, meeting: Meeting, *others: ParticipantId) -> Meeting:
        there = self.seated | frozenset(others)
        return await hold_meeting(
            self.uow,
            present={item.id: there for item in meeting.live},
            **self.at(meeting, CLERK, AFTER),
        )

    async def minute(self, meeting: Meeting, item: AgendaItem) -> Meeting:
        return await write_minutes(
            self.uow,
            item_id=item.id,
            content=tuple((heading, "記録") for heading in template_of(item.purpose)),
            facts=("事実",),
            **self.at(meeting, CLERK, AFTER),
        )

    async def decide(
        self, meeting: Meeting, item_id: ItemId, outcome: Outcome = Outcome.APPROVED, **more: Any
    ) -> Meeting:
        values: dict[str, Any] = {
            "outcome": outcome,
            "roles": (AssignedRole(agency_id=HIDAMARI, does="訪問"),),
            "next_monitoring_on": date(2027, 3, 1),
            "reason": "もう少し様子を見ます",
            "lead_agency_id": HIDAMARI,
        }
        asked = {k: v for k, v in self.at(meeting, CLERK, AFTER).items() if k != "tz"}
        return await decide_item(
            self.uow, item_id=item_id, decision=ItemDecision(**(values | more)), **asked
        )

    async def confirm(self, meeting: Meeting) -> Meeting:
        return await self.confirm_as(meeting, CHAIR)

    async def confirm_as(self, meeting: Meeting, who: Staff) -> Meeting:
        return await confirm_minutes(self.uow, **self.at(meeting, who, AFTER))

    def at(self, meeting: Meeting, who: Staff, at: datetime = MONDAY) -> dict[str, Any]:
        """The arguments that every step has."""
        return {
            "meeting_id": meeting.id,
            "version": meeting.version,
            "by": who.id,
            "at": at,
            "tz": TOKYO,
        }

    async def now(self, meeting_id: MeetingId) -> Meeting:
        async with self.uow.read() as work:
            return await work.meetings.get(meeting_id)

    async def trail(self, case_id: CaseId = A12.id) -> list[str]:
        """What the case's record says was done."""
        async with self.uow.read() as work:
            return [entry.event.action for entry in await work.audit.of_case(case_id)]


async def call_council(uow: UnitOfWork, preset: str | MunicipalProfile = "midori") -> Council:
    """The bodies of a profile in みどり市, whose people are registered, noticed and pledged."""
    profile = read_profile(preset) if isinstance(preset, str) else preset
    async with uow.write() as work:
        for agency_id in (HIDAMARI, SHAKYO, CITY):
            await work.towns.put_agency(
                Agency(
                    id=agency_id, municipality_id=MIDORI, code=str(agency_id), name=str(agency_id)
                )
            )
        for member in (OFFICE, CLERK, CHAIR, PLACES):
            await work.staff.put(member)
        await work.staff.put(replace(SATO, agency_id=HIDAMARI))
        await work.staff.put(replace(TANAKA, agency_id=SHAKYO))
        await work.commit()
    founded = await found_bodies(uow, profile=profile, at=MONDAY - timedelta(days=100))
    council = Council(uow=uow, profile=profile)
    for body in founded:
        council.bodies.setdefault(body.basis, body)
    await council.seat(founded)
    return council
