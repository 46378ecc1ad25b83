"""A case with something in every chapter, written straight into the record."""

from dataclasses import replace
from datetime import date, timedelta

from core.agencies import Agency, Role
from core.applications import ConsultationTopic, FormVersion, IntakeApplicationForm
from core.assessments import IntakeAssessment, Issue, MemberIssues
from core.cases import CaseState, Urgency
from core.connect_sheets import ConnectSheet, ConnectStep
from core.consent import ConsentLine, ConsentState
from core.consent.evidence import OralEvidence
from core.consent.giver import Giver
from core.consent.scopes import AgencyScope, MeetingScope, ServiceScope
from core.courses.multi_agency import MultiAgencyState
from core.courses.outreach_guards import OutreachCourse
from core.courses.steps import Course
from core.courses.walking import course_event
from core.disclosure import Disclosure, Ground, HarmCheck, SharedPart
from core.discovery import Discovery, DiscoveryRoute
from core.emergency import Danger, Emergency
from core.ids import (
    AgencyId,
    ApplicationId,
    AssessmentId,
    ConnectSheetId,
    ConsentId,
    MatchId,
    PlaceId,
    PlanId,
    ReferralId,
    StaffId,
)
from core.inquiries import Inquiry, InquiryGround
from core.meetings.materials import Material
from core.meetings.sittings import Meeting, MeetingState
from core.plans.record import Plan, PlanState
from core.plans.sheet import AgencyPart, Goal, GoalKind, PlannedAction, PlanSheet
from core.ports import UnitOfWork, Work
from core.programmes import Programme
from core.referrals.record import Referral, ReferralKind, ReferralState
from core.resources import Match, ParticipationPlace, PlaceKind
from tests.core.meetings.table import CHAIR, JUSO, SEATED, brought_to
from tests.people import A12, MIDORI, MONDAY, SATO, SUZUKI, A

DESK, VISITS = AgencyId("agency-desk"), AgencyId("agency-visits")
TODAY = date(2026, 11, 30)


def sitting() -> Meeting:
    """A 重層的支援会議 on A's plan with one paper, its minutes confirmed."""
    meeting = brought_to(MeetingState.MINUTES_CONFIRMED)
    paper = Material(number=1, item_id=meeting.items[0].id, title="これまでの経過")
    return replace(meeting, materials=(paper,))


def agreed(name: str, scope: ServiceScope | MeetingScope | AgencyScope) -> ConsentLine:
    """A agreed to this, by word of mouth."""
    return ConsentLine(
        id=ConsentId(name),
        municipality_id=MIDORI,
        subject=A.id,
        scope=scope,
        state=ConsentState.GIVEN,
        text_version="1",
        explained_by=SATO.id,
        explained_at=MONDAY - timedelta(days=3),
        giver=Giver(person_id=A.id),
        given_at=MONDAY - timedelta(days=2),
        evidence=OralEvidence(
            said_on=TODAY - timedelta(days=2),
            place="玄関先",
            words="会議で話してもらってかまいません",
            heard_by=SATO.id,
            second_witness=SUZUKI.id,
        ),
    )


async def enrich(
    uow: UnitOfWork, *, chair: StaffId = SATO.id, member: StaffId | None = None
) -> None:
    """Something in every chapter of A-12; `chair` and `member` sit at the table."""
    async with uow.write() as work:
        await _town(work, chair, member)
        await _courses(work)
        await _papers(work)
        await _plan(work)
        await _referrals(work)
        await _places(work)
        await _given(work)
        await work.meetings.add(sitting())
        await work.consents.add(agreed("c-use", ServiceScope(programme=Programme.OUTREACH)))
        await work.consents.add(agreed("c-juso", MeetingScope(body=JUSO.id, membership_version=7)))
        told = AgencyScope(agencies=frozenset({DESK}), topics=frozenset({"POVERTY"}))
        await work.consents.add(agreed("c-desk", told))
        await work.commit()


async def _town(work: Work, chair: StaffId, member: StaffId | None) -> None:
    for who in SEATED:
        name = {"desk": "生活の窓口", "visits": "訪問の会"}.get(who.id, who.id)
        agency = Agency(
            id=AgencyId(str(who.agency_id)), municipality_id=MIDORI, code=who.id, name=name
        )
        await work.towns.put_agency(agency)
    await work.bodies.add(replace(JUSO, name="重層の会議"))
    for who in SEATED:
        sits = chair if who is CHAIR else member if who.id == "hokan" else None
        await work.bodies.put_participant(replace(who, staff_id=sits))


async def _courses(work: Work) -> None:
    await work.courses.put_outreach(
        OutreachCourse(
            case=A12,
            discovery=Discovery(on=TODAY, route=DiscoveryRoute.AGENCY, agency_id=DESK),
        )
    )
    await work.courses.add_multi_agency(
        Course(
            case_id=A12.id,
            person_id=A.id,
            programme=Programme.MULTI_AGENCY,
            state=MultiAgencyState.ASSESSING,
        )
    )
    await work.audit.append(
        course_event(
            "O5",
            case_id=A12.id,
            was=CaseState.PRE_COORDINATION,
            now=CaseState.RELATIONSHIP_BUILDING,
            by=SATO.id,
            role=Role.OUTREACH_WORKER,
            at=MONDAY,
            reason="準備が整った",
        )
    )


async def _papers(work: Work) -> None:
    await work.emergencies.add(
        A12.id,
        Emergency(
            danger=Danger.LIFE,
            raised_at=MONDAY,
            raised_by=SATO.id,
            urgency_before=Urgency.NORMAL,
        ),
    )
    await work.applications.put(
        IntakeApplicationForm(
            id=ApplicationId("form-1"),
            version=FormVersion.WITH_CONSENT,
            received_on=TODAY,
            receiver_id=SUZUKI.id,
            case_id=A12.id,
            person_id=A.id,
            topics=frozenset({ConsultationTopic.DEBT}),
            wishes="借金のことを相談したい",
        )
    )
    await work.assessments.put(
        IntakeAssessment(
            id=AssessmentId("sheet-1"),
            case_id=A12.id,
            assessed_on=TODAY,
            authors=(SATO.id,),
            members=(MemberIssues(person_id=A.id, issues=frozenset({Issue.DEBT})),),
            formulation="夜は話しやすい",
        )
    )


async def _plan(work: Work) -> None:
    await work.plans.add(
        Plan(
            id=PlanId("plan-1"),
            municipality_id=MIDORI,
            case_id=A12.id,
            programme=Programme.OUTREACH,
            assessment_id=AssessmentId("sheet-1"),
            state=PlanState.IN_FORCE,
            final_on=TODAY,
            next_monitoring_on=date(2027, 3, 1),
            drafted_by=frozenset({SUZUKI.id}),
            sheet=PlanSheet(
                number="2026-1",
                made_on=TODAY,
                maker_id=SUZUKI.id,
                wish="電車の話がしたい",
                goals=(Goal(kind=GoalKind.TRUST, text="月に一度の立ち話"),),
                actions=(PlannedAction(what="夜の訪問", agency_id=VISITS),),
                agencies=(AgencyPart(agency_id=VISITS, part="声かけ", leads=True),),
            ),
        )
    )


async def _referrals(work: Work) -> None:
    await work.referrals.add(
        Referral(
            id=ReferralId("referral-1"),
            municipality_id=MIDORI,
            case_id=A12.id,
            kind=ReferralKind.TO_AGENCY,
            from_agency_id=VISITS,
            from_staff_id=SATO.id,
            to_agency_id=DESK,
            reason="家計",
            summary="家計の相談",
            state=ReferralState.SENT,
            explained_at=MONDAY,
            sent_on=TODAY,
        )
    )
    await work.referrals.add_sheet(
        ConnectSheet(
            id=ConnectSheetId("connect-1"),
            municipality_id=MIDORI,
            written_on=TODAY,
            from_agency_id=VISITS,
            from_staff_id=SATO.id,
            to_agency_id=DESK,
            step=ConnectStep.COMPANION,
            case_id=A12.id,
            noticed=("眠れない",),
        )
    )


async def _places(work: Work) -> None:
    place = ParticipationPlace(
        id=PlaceId("place-1"),
        municipality_id=MIDORI,
        kind=PlaceKind.IBASHO,
        name="みどりの縁側",
        host_agency_id=DESK,
    )
    await work.resources.add_place(place)
    await work.resources.add_match(
        Match(
            id=MatchId("match-1"),
            municipality_id=MIDORI,
            case_id=A12.id,
            person_id=A.id,
            place_id=place.id,
        )
    )


async def _given(work: Work) -> None:
    await work.disclosures.add_inquiry(
        Inquiry(
            case_id=A12.id,
            member_id=A.id,
            to_agency_id=DESK,
            topics=("HEALTH",),
            by=SATO.id,
            at=MONDAY,
            ground=InquiryGround.CONSENT,
        )
    )
    await work.disclosures.add(
        Disclosure(
            case_id=A12.id,
            person_id=A.id,
            to=SUZUKI.id,
            parts=frozenset({SharedPart.WATCH_SIGNS}),
            ground=Ground.CONSENT,
            reason="見守りのため",
            harm=HarmCheck(by=SATO.id, at=MONDAY, unjust=False),
            proof="c-desk",
            ends_on=TODAY,
        )
    )
