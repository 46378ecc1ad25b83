"""What the courses stand on, ready made: a full set of grounds to take parts away from."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from core.agencies import Role
from core.cases import CaseState, LeadMode
from core.closing import ClosingReason, Farewell, PostClosing, ReopenReason
from core.consent.covers import ShareInMeeting
from core.consent.ledger import ConsentLine
from core.consent.scopes import MeetingScope, ServiceScope
from core.contacts import Contact, ContactChannel, Met
from core.courses.grounds import Grounds, Lead, PlanStanding
from core.courses.outreach import advance, discover
from core.courses.outreach_guards import OutreachCourse
from core.discovery import Discovery, DiscoveryRoute
from core.ids import AgencyId, ContactId
from core.interruption import report_loss
from core.plans.decisions import MeetingDecision
from core.plans.record import PlanState
from core.preparation import (
    Asked,
    Difficulty,
    EmergencyOutlook,
    Hook,
    HookKind,
    NotNeeded,
    PreCoordination,
    Readiness,
    SourcesAsked,
)
from core.programmes import Programme
from tests.core.casework.ledgers import TODAY, given
from tests.people import A12, MIDORI, MONDAY, SATO

CENTRE = AgencyId("self-reliance")
BODY = "重層的支援会議"
IN_BODY = ShareInMeeting(body=BODY, membership_version=1)
USE = {
    programme: given(ServiceScope(programme=programme))
    for programme in (Programme.OUTREACH, Programme.MULTI_AGENCY, Programme.PARTICIPATION)
}
SHARE = given(MeetingScope(body=BODY, membership_version=1))
AGREED: tuple[ConsentLine, ...] = (USE[Programme.OUTREACH], SHARE)
HEARD_FROM = Discovery(on=TODAY, route=DiscoveryRoute.AGENCY, agency_id=AgencyId("care"))
PREPARED = PreCoordination(
    sources=SourcesAsked(asked=(Asked(source="ケアマネジャー", on=TODAY),)),
    network=NotNeeded(because="父の支援者がいる"),
    hook=Hook(kind=HookKind.HOBBY, reason="鉄道"),
    difficulty=Difficulty(hard="父の入院", offered="家のことの手伝い"),
    emergency=EmergencyOutlook(assessed="いまはない", links=("119",)),
    readiness=Readiness(ready=True, by=SATO.id, on=TODAY),
)
AFTER = PostClosing(
    reason=ClosingReason.LINKED_AND_STABLE,
    lead_agency_id=CENTRE,
    follow_up_method="月に一度の電話",
    information_sharing="名簿の機関どうし",
    next_contact_on=TODAY + timedelta(days=30),
    farewell=Farewell.ANNOUNCED_THEN_LAST,
)


def plan(
    state: PlanState, programme: Programme = Programme.OUTREACH, *, before: bool = False
) -> PlanStanding:
    return PlanStanding(
        id="plan-1",
        programme=programme,
        state=state,
        before_consent=before,
        meeting=None if before else IN_BODY,
    )


def meeting(purpose: str, decision: str, basis: str = "JUSO") -> MeetingDecision:
    return MeetingDecision(
        meeting_id="meeting-1",
        purpose=purpose,
        basis=basis,
        decision=decision,
        held_on=TODAY,
    )


def contact(
    channel: ContactChannel, met: Met = Met.NOT_APPLICABLE, *, at: datetime = MONDAY
) -> Contact:
    return Contact(
        id=ContactId(f"{channel}-{met}-{at:%d}"),
        municipality_id=MIDORI,
        case_id=A12.id,
        at=at,
        channel=channel,
        met=met,
    )


TRIED = (
    contact(ContactChannel.AGENCY_TALK),
    contact(ContactChannel.RESIDENT_INFO),
    contact(ContactChannel.VISIT, Met.ABSENT),
)
LOST = report_loss(TRIED, since=MONDAY)


def grounds(**changes: Any) -> Grounds:
    return replace(Grounds(at=MONDAY, today=TODAY), **changes)


# For each row, grounds on which it is taken; and who takes it.
PRE_PLAN = plan(PlanState.IN_FORCE_PRECONSENT, before=True)
TAKES: dict[str, tuple[CaseState, CaseState, Role, Grounds]] = {
    "O2": (
        CaseState.DISCOVERED,
        CaseState.LEAD_REVIEW,
        Role.OUTREACH_WORKER,
        grounds(assessment="note-1"),
    ),
    "O3": (
        CaseState.LEAD_REVIEW,
        CaseState.PRE_COORDINATION,
        Role.COORDINATOR,
        grounds(lead=Lead(mode=LeadMode.CO_LEAD, agency_id=CENTRE)),
    ),
    "O4": (
        CaseState.LEAD_REVIEW,
        CaseState.REFERRED_OUT,
        Role.COORDINATOR,
        grounds(lead=Lead(mode=LeadMode.OTHER_LEAD, agency_id=CENTRE, accepted_on=TODAY)),
    ),
    "O5": (
        CaseState.PRE_COORDINATION,
        CaseState.RELATIONSHIP_BUILDING,
        Role.OUTREACH_WORKER,
        grounds(preparation=PREPARED, plan=PRE_PLAN),
    ),
    "O6": (
        CaseState.RELATIONSHIP_BUILDING,
        CaseState.CONSENTED,
        Role.OUTREACH_WORKER,
        grounds(ledger=AGREED),
    ),
    "O7": (
        CaseState.CONSENTED,
        CaseState.CONTINUING_SUPPORT,
        Role.MUNICIPAL_OFFICER,
        grounds(ledger=AGREED, plan=plan(PlanState.FINAL)),
    ),
    "O9": (
        CaseState.CONTINUING_SUPPORT,
        CaseState.CLOSING_REVIEW,
        Role.CASE_LEAD,
        grounds(ledger=AGREED, evaluation="sheet-1", closing=AFTER),
    ),
    "O10": (
        CaseState.CLOSING_REVIEW,
        CaseState.CLOSED,
        Role.COORDINATOR,
        grounds(
            ledger=AGREED,
            meeting=meeting("CLOSE", "CLOSE_OK"),
            closing=AFTER,
            letters_were_sent=True,
            end_made=True,
        ),
    ),
    "O11": (
        CaseState.CLOSING_REVIEW,
        CaseState.CONTINUING_SUPPORT,
        Role.CHAIR,
        grounds(ledger=AGREED, meeting=meeting("CLOSE", "NOT_YET")),
    ),
    "O12": (CaseState.CLOSED, CaseState.FOLLOW_UP, Role.SYSTEM, grounds(closing=AFTER)),
    "O13": (
        CaseState.CONTINUING_SUPPORT,
        CaseState.INTERRUPTION_REVIEW,
        Role.CASE_LEAD,
        grounds(loss=LOST),
    ),
    "O14": (
        CaseState.INTERRUPTION_REVIEW,
        CaseState.INTERRUPTED,
        Role.CHAIR,
        grounds(ledger=AGREED, loss=LOST, meeting=meeting("INTERRUPT", "INTERRUPT_OK")),
    ),
    "O16": (
        CaseState.FOLLOW_UP,
        CaseState.REOPENED,
        Role.MEMBER,
        grounds(reopen=ReopenReason.STATE_CHANGED),
    ),
    "O19": (
        CaseState.CONTINUING_SUPPORT,
        CaseState.RELATIONSHIP_BUILDING,
        Role.OUTREACH_WORKER,
        grounds(),
    ),
    "O20": (
        CaseState.DISCOVERED,
        CaseState.NO_ACTION,
        Role.COORDINATOR,
        grounds(reason="ご家族で足りている", source_told=True),
    ),
}


def found() -> OutreachCourse:
    return discover(
        A12, discovery=HEARD_FROM, by=SATO.id, role=Role.OUTREACH_WORKER, grounds=grounds()
    ).course


def at_state(state: CaseState, **changes: Any) -> OutreachCourse:
    course = replace(found(), preparation=PREPARED, supported=True, post_closing=AFTER)
    return replace(course, case=replace(course.case, state=state), **changes)


def taken(row: str, course: OutreachCourse | None = None, **changes: Any) -> OutreachCourse:
    start, to, role, stands_on = TAKES[row]
    return advance(
        course or at_state(start),
        to=to,
        by=SATO.id,
        role=changes.pop("role", role),
        grounds=replace(stands_on, **changes),
    ).course
