"""Who sits at the table in these tests, and before which bodies."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from core.agencies import Role
from core.basis import Basis
from core.ids import AgencyId, CaseId, MunicipalityId, PersonId, StaffId
from core.meetings.bodies import (
    Holder,
    MeetingBody,
    Membership,
    MembershipKind,
    Participant,
    SeatKind,
    with_notice,
    with_regular,
)
from core.meetings.changes import with_applied, with_decision, with_minutes
from core.meetings.decisions import AssignedRole, ItemDecision, Outcome
from core.meetings.ids import BodyId, ItemId, MeetingId, MembershipId, ParticipantId
from core.meetings.items import AgendaItem, AgendaPurpose, ShienPurpose
from core.meetings.machine import advance, request
from core.meetings.minutes import Minutes, template_of
from core.meetings.pledges import Pledge
from core.meetings.shares import MeetingShare, Shares
from core.meetings.sittings import Block, Meeting, MeetingState, Slot, SlotKind
from core.meetings.situation import Command, Situation
from core.programmes import Programme

MIDORI = MunicipalityId("midori")
# A Monday, 10:00 in Tokyo; the sitting is on the Monday after it.
NOW = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=400)
SITTING = NOW + timedelta(days=7)
AFTER = SITTING + timedelta(hours=4)

CASE = CaseId("case-a12")
A, FATHER, AUNT = PersonId("person-a"), PersonId("person-f"), PersonId("person-aunt")
SUZUKI = StaffId("staff-suzuki")
K = SeatKind


def someone(name: str, *seats: SeatKind, **more: Any) -> Participant:
    agency = more.pop("agency_id", AgencyId(f"agency-{name}"))
    return Participant(
        id=ParticipantId(name), agency_id=agency, stands_for=frozenset(seats), **more
    )


CITY = someone("city", K.MUNICIPALITY, K.SECRETARIAT)
HOKAN = someone("hokan", K.MULTI_AGENCY)
VISITS = someone("visits", K.OUTREACH, is_contractor=True)
PLACES = someone("places", K.PARTICIPATION)
DESK = someone("desk", K.CONSULTATION)
CHAIR = someone("chair", K.CHAIR)
CLERK = someone("clerk", K.CLERK)
TAX_DESK = someone("tax", K.AGENCY, tax_officer=True)
SCHOOL = someone("school", K.SCHOOL)
HOSPITAL = someone("hospital", K.AGENCY)
RELATIVE = someone("relative", K.FAMILY, agency_id=None, person_id=AUNT)
MYSELF = someone("myself", K.PERSON, agency_id=None, person_id=A)
SEATED = (CITY, HOKAN, VISITS, PLACES, DESK, CHAIR, CLERK)
EVERYBODY = (*SEATED, TAX_DESK, SCHOOL, HOSPITAL, RELATIVE, MYSELF)


def place(body: str, who: Participant, **more: Any) -> Membership:
    values: dict[str, Any] = {
        "id": MembershipId(f"{body}-{who.id}"),
        "body_id": BodyId(body),
        "kind": MembershipKind.REGULAR,
        "holder": Holder(participant_id=who.id),
        "registered_at": LONG_AGO,
        "since": LONG_AGO,
        "notice_given_at": LONG_AGO,
    }
    return Membership(**(values | more))


def temporary(body: str, who: Participant, **more: Any) -> Membership:
    values = {
        "kind": MembershipKind.TEMPORARY,
        "case_id": CASE,
        "registered_at": NOW,
        "since": NOW,
        "notice_given_at": NOW,
    }
    return place(body, who, **(values | more))


def body(basis: Basis, *members: Participant, **more: Any) -> MeetingBody:
    name = more.pop("named", basis.value.lower())
    made = MeetingBody(
        id=BodyId(name),
        municipality_id=MIDORI,
        basis=basis,
        name=name,
        establishment_rule=more.pop("establishment_rule", "要綱"),
        statutory_basis=more.pop("statutory_basis", "社会福祉法第106条の6"),
        **more,
    )
    for who in members:
        made = with_regular(made, place(name, who))
    return made


JUSO = body(Basis.JUSO, *SEATED)
SHIEN = body(Basis.SHIEN, *SEATED, TAX_DESK)
TALK = body(Basis.CASE, HOKAN, VISITS, SCHOOL, statutory_basis="")
CARE = body(Basis.OTHER, CITY, HOKAN, HOSPITAL, statutory_basis="介護保険法")
BODIES = (JUSO, SHIEN, TALK, CARE)


def roster_of(whose: MeetingBody) -> int:
    return whose.roster.number if whose.roster else 0


IN_JUSO = MeetingShare(body_id=JUSO.id, roster=roster_of(JUSO))
AGREES = Shares(
    meetings=frozenset({IN_JUSO}),
    programmes=frozenset({Programme.OUTREACH, Programme.MULTI_AGENCY}),
)
PLEDGES = tuple(
    Pledge(participant_id=p.id, text_version="1", signed_at=LONG_AGO) for p in EVERYBODY
)


def item(purpose: AgendaPurpose = AgendaPurpose.PLAN, **more: Any) -> AgendaItem:
    values: dict[str, Any] = {
        "id": ItemId("item-1"),
        "purpose": purpose,
        "requested_by": SUZUKI,
        "requested_at": NOW,
        "case_id": CASE,
        "person_id": A,
        "subjects": frozenset({A}),
        "programmes": frozenset({Programme.OUTREACH}),
        "shien_purpose": ShienPurpose.WORRYING_CASE,
    }
    return AgendaItem(**(values | more))


def situation(**more: Any) -> Situation:
    values: dict[str, Any] = {
        "bodies": BODIES,
        "participants": {p.id: p for p in EVERYBODY},
        "shares": {A: AGREES},
        "pledges": PLEDGES,
    }
    return Situation(**(values | more))


def meeting(*items: AgendaItem, **more: Any) -> Meeting:
    return Meeting(
        id=MeetingId("meeting-1"),
        municipality_id=MIDORI,
        items=items or (item(),),
        requested_by=SUZUKI,
        **more,
    )


def by(role: Role, at: datetime = NOW, **more: Any) -> Command:
    return Command(by=SUZUKI, role=role, at=at, **more)


SLOT = Slot(begins_at=SITTING, ends_at=SITTING + timedelta(hours=2), kind=SlotKind.REGULAR)


def blocks(*bodies: MeetingBody) -> tuple[Block, ...]:
    """A half hour each, one after the other."""
    half = timedelta(minutes=30)
    return tuple(
        Block(
            body_id=b.id,
            begins_at=SITTING + i * half,
            ends_at=SITTING + (i + 1) * half,
            purpose=b.name,
        )
        for i, b in enumerate(bodies)
    )


def command_for(to: MeetingState, planned: Meeting, now: Situation, **more: Any) -> Command:
    """A command with which all goes well."""
    met = tuple(
        b for b in now.bodies if b.id in {i.ground.body_id for i in planned.live if i.ground}
    )
    seats = frozenset(p.id for p in SEATED)
    fitting: dict[MeetingState, tuple[Role, dict[str, Any]]] = {
        MeetingState.TYPE_CHECKED: (Role.SYSTEM, {}),
        MeetingState.SLOT_OFFERED: (Role.SECRETARIAT, {"offered": (SLOT,)}),
        MeetingState.SCHEDULED: (
            Role.SECRETARIAT,
            {"blocks": blocks(*met), "rules_settled": True, "hosts": (HOKAN, CITY)},
        ),
        MeetingState.CONVENED: (Role.SECRETARIAT, {"invited": seats}),
        MeetingState.HELD: (
            Role.CLERK,
            {"at": AFTER, "present": {i.id: seats for i in planned.live}},
        ),
        MeetingState.MINUTES_DRAFT: (Role.CLERK, {"at": AFTER}),
        MeetingState.MINUTES_CONFIRMED: (Role.CHAIR, {"at": AFTER, "confirmed_by": CHAIR.id}),
        MeetingState.CLOSED: (Role.SECRETARIAT, {"at": AFTER}),
        MeetingState.POSTPONED: (Role.SECRETARIAT, {"reason": "雪"}),
        MeetingState.CANCELLED: (
            Role.SECRETARIAT,
            {"reason": "不要", "moved_to": MeetingId("meeting-2")},
        ),
    }
    role, values = fitting[to]
    values = values | more
    return by(values.pop("role", role), values.pop("at", NOW), **values)


def step(planned: Meeting, to: MeetingState, now: Situation | None = None, **more: Any) -> Meeting:
    now = now or situation()
    command = command_for(to, planned, now, **more)
    return advance(planned, to=to, command=command, situation=now).meeting


WAY = (
    MeetingState.TYPE_CHECKED,
    MeetingState.SLOT_OFFERED,
    MeetingState.SCHEDULED,
    MeetingState.CONVENED,
    MeetingState.HELD,
    MeetingState.MINUTES_DRAFT,
    MeetingState.MINUTES_CONFIRMED,
    MeetingState.CLOSED,
)
FITS = {
    (AgendaPurpose.PLAN, Basis.JUSO): Outcome.APPROVED,
    (AgendaPurpose.REPLAN, Basis.JUSO): Outcome.APPROVED,
    (AgendaPurpose.PLAN, Basis.SHIEN): Outcome.ENDORSED,
    (AgendaPurpose.REPLAN, Basis.SHIEN): Outcome.ENDORSED,
    (AgendaPurpose.CLOSE, Basis.JUSO): Outcome.CLOSE_OK,
    (AgendaPurpose.CLOSE, Basis.SHIEN): Outcome.NOT_YET,
    (AgendaPurpose.INTERRUPT, Basis.JUSO): Outcome.INTERRUPT_OK,
    (AgendaPurpose.INTERRUPT, Basis.SHIEN): Outcome.INTERRUPT_OK,
}


def decision(outcome: Outcome = Outcome.APPROVED, **more: Any) -> ItemDecision:
    values: dict[str, Any] = {
        "outcome": outcome,
        "roles": (AssignedRole(agency_id=AgencyId("agency-visits"), does="訪問"),),
        "next_monitoring_on": date(2027, 3, 1),
        "reason": "もう少し様子を見る",
        "lead_agency_id": AgencyId("agency-desk"),
    }
    return ItemDecision(**(values | more))


def minutes(of: AgendaItem, **more: Any) -> Minutes:
    values: dict[str, Any] = {
        "item_id": of.id,
        "written_by": CLERK.id,
        "content": tuple((heading, "記録") for heading in template_of(of.purpose)),
        "facts": ("訪問を続けている",),
    }
    return Minutes(**(values | more))


def written_up(held: Meeting) -> Meeting:
    """Every item with minutes and its decision."""
    for one in held.live:
        held = with_minutes(held, minutes(one))
        basis = one.ground.basis if one.ground else Basis.JUSO
        outcome = FITS.get((one.purpose, basis), Outcome.NOTED)
        held = with_decision(held, one.id, decision(outcome))
    return held


def brought_to(state: MeetingState, *items: AgendaItem, now: Situation | None = None) -> Meeting:
    """A meeting at this stage, all well so far."""
    now = now or situation()
    planned = request(meeting(*items), command=by(Role.OUTREACH_WORKER), situation=now).meeting
    if state is MeetingState.REQUESTED:
        return planned
    for to in WAY[: WAY.index(state) + 1]:
        if to is MeetingState.MINUTES_CONFIRMED:
            planned = written_up(planned)
        if to is MeetingState.CLOSED:
            for one in planned.live:
                planned = with_applied(planned, one.id, at=AFTER)
        planned = step(planned, to, now)
    return planned


def noticed(whose: MeetingBody, membership: Membership, at: datetime) -> MeetingBody:
    return with_notice(whose, membership.id, given_at=at)


def having(whose: MeetingBody, **more: Any) -> MeetingBody:
    return replace(whose, **more)
