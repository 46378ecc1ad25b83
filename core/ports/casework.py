"""Ports of the case core: courses, plans, meetings, and what connects people with places.

`change` is conditional on the version that the record was read with, and says whether it was
still there. Where the record itself counts on (plans, meetings, referrals, sheets, places,
matches, gaps) the new record is one version on and the old version is an argument; courses and
bodies are given as they are, and storage counts on.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol

from core.applications import IntakeApplicationForm
from core.assessments import IntakeAssessment
from core.cases import Case
from core.closing import PostClosing
from core.connect_sheets import ConnectSheet
from core.courses.multi_agency import MultiAgency
from core.courses.outreach_guards import OutreachCourse
from core.courses.participation import Participation
from core.disclosure import Disclosure
from core.emergency import Emergency
from core.ids import (
    AgencyId,
    ApplicationId,
    AssessmentId,
    CaseId,
    ConnectSheetId,
    GapId,
    MatchId,
    PersonId,
    PlaceId,
    PlanId,
    ReferralId,
    StaffId,
)
from core.inquiries import Inquiry
from core.meetings.bodies import MeetingBody, Participant
from core.meetings.ids import BodyId, MeetingId, ParticipantId
from core.meetings.pledges import Pledge
from core.meetings.sittings import Meeting
from core.plans.following import Monitoring
from core.plans.record import Plan, PlanState
from core.programmes import Programme
from core.reading import OpenGlass
from core.referrals.record import Referral
from core.resources import Match, ParticipationPlace, ResourceGap
from core.shielding import CareMark


class Courses(Protocol):
    """Where a case stands in each of the three programmes."""

    async def outreach(self, case: Case) -> OutreachCourse | None:
        """The outreach course around this case, as it is now."""
        ...

    async def put_outreach(self, course: OutreachCourse) -> None:
        """Keep what the course has beside the case; the case itself is changed by `cases`."""
        ...

    async def kept_in_touch(self, case_ids: Iterable[CaseId]) -> dict[CaseId, PostClosing]:
        """What was settled for the time after closing, of those of these cases that are in it:
        FOLLOW_UP of outreach, KEEP_IN_TOUCH of participation."""
        ...

    async def participation(self, case_id: CaseId) -> Participation | None: ...
    async def add_participation(self, course: Participation) -> bool:
        """Whether it is new; a case has one."""
        ...

    async def change_participation(self, course: Participation) -> bool: ...
    async def multi_agency(self, case_id: CaseId) -> MultiAgency | None: ...
    async def add_multi_agency(self, course: MultiAgency) -> bool:
        """Whether it is new; a case has one."""
        ...

    async def change_multi_agency(self, course: MultiAgency) -> bool: ...


class Emergencies(Protocol):
    """Emergencies laid over cases; one runs at a time."""

    async def running(self, case_id: CaseId) -> Emergency | None: ...
    async def of_case(self, case_id: CaseId) -> tuple[Emergency, ...]:
        """Newest first."""
        ...

    async def add(self, case_id: CaseId, emergency: Emergency) -> bool:
        """False when one runs already."""
        ...

    async def change(self, case_id: CaseId, emergency: Emergency) -> bool:
        """Replace the one raised at the same moment, if it still runs; whether it did."""
        ...


class CareMarks(Protocol):
    """Marks of special care."""

    async def of_people(self, person_ids: Iterable[PersonId]) -> tuple[CareMark, ...]: ...
    async def closed_to(self, staff_id: StaffId | None) -> frozenset[CaseId]:
        """The cases that a mark on somebody of the household closes to this colleague; None:
        to everybody who is not named."""
        ...

    async def put(self, mark: CareMark) -> None:
        """New, or in the place of the mark of the same care on this person."""
        ...

    async def remove(self, mark: CareMark) -> None: ...


class Glass(Protocol):
    """Reads past the usual door."""

    async def get(self, glass_id: str) -> OpenGlass:
        """Raises: NotFound."""
        ...

    async def add(self, glass: OpenGlass) -> None: ...
    async def change(self, glass: OpenGlass, *, version: int) -> bool: ...
    async def open_for(
        self, staff_id: StaffId, *, case_id: CaseId, at: datetime
    ) -> OpenGlass | None:
        """The one through which this colleague still reads this case."""
        ...

    async def of_case(self, case_id: CaseId) -> tuple[OpenGlass, ...]:
        """Newest first."""
        ...

    async def unreviewed(self) -> tuple[OpenGlass, ...]:
        """Oldest first."""
        ...


class Applications(Protocol):
    """相談受付・申込票."""

    async def get(self, application_id: ApplicationId) -> IntakeApplicationForm:
        """Raises: NotFound."""
        ...

    async def of_case(self, case_id: CaseId) -> tuple[IntakeApplicationForm, ...]:
        """Newest first."""
        ...

    async def put(self, form: IntakeApplicationForm) -> None: ...


class Assessments(Protocol):
    """インテーク・アセスメントシート; a later view is a sheet of its own."""

    async def get(self, assessment_id: AssessmentId) -> IntakeAssessment:
        """Raises: NotFound."""
        ...

    async def of_case(self, case_id: CaseId) -> tuple[IntakeAssessment, ...]:
        """Newest first."""
        ...

    async def asking_early(
        self, programme: Programme, *, limit: int
    ) -> tuple[IntakeAssessment, ...]:
        """Those that want this programme there early (R-012); newest first."""
        ...

    async def put(self, assessment: IntakeAssessment) -> None: ...


class Plans(Protocol):
    """Plans, edition by edition."""

    async def get(self, plan_id: PlanId) -> Plan:
        """Raises: NotFound."""
        ...

    async def of_case(self, case_id: CaseId) -> tuple[Plan, ...]:
        """Newest first."""
        ...

    async def due_for_monitoring(self, *, on: date, limit: int) -> tuple[Plan, ...]:
        """IN_FORCE and its day has come; earliest first."""
        ...

    async def unreported(self) -> tuple[Plan, ...]:
        """Final plans of pattern 3 whose report is still owed; earliest due first."""
        ...

    async def awaiting_decision(self) -> tuple[Plan, ...]: ...
    async def of_cases(
        self, case_ids: Iterable[CaseId], *, states: Iterable[PlanState]
    ) -> tuple[Plan, ...]:
        """The plans of these cases that stand at one of these stages."""
        ...

    async def add(self, plan: Plan) -> bool:
        """False when a plan of its programme and legal status is under way already."""
        ...

    async def change(self, plan: Plan, *, version: int) -> bool: ...


class Monitorings(Protocol):
    """モニタリング."""

    async def of_plan(self, plan_id: PlanId) -> tuple[Monitoring, ...]:
        """Newest first."""
        ...

    async def put(self, monitoring: Monitoring) -> None: ...


class Bodies(Protocol):
    """Meeting bodies, those who may sit in them, and their pledges."""

    async def get(self, body_id: BodyId) -> MeetingBody:
        """Raises: NotFound."""
        ...

    async def all(self) -> tuple[MeetingBody, ...]: ...
    async def add(self, body: MeetingBody) -> None: ...
    async def change(self, body: MeetingBody) -> bool: ...
    async def participant(self, participant_id: ParticipantId) -> Participant:
        """Raises: NotFound."""
        ...

    async def participants(self) -> tuple[Participant, ...]: ...
    async def participants_of(self, staff_id: StaffId) -> tuple[Participant, ...]:
        """As whom this colleague may sit."""
        ...

    async def put_participant(self, participant: Participant) -> None: ...
    async def pledges(self) -> tuple[Pledge, ...]: ...
    async def add_pledge(self, pledge: Pledge) -> None: ...


class Meetings(Protocol):
    """Sittings with their items, papers and minutes."""

    async def get(self, meeting_id: MeetingId) -> Meeting:
        """Raises: NotFound."""
        ...

    async def of_case(
        self, case_id: CaseId, *, limit: int | None = None, before: str | None = None
    ) -> tuple[Meeting, ...]:
        """Every sitting on whose agenda the case stands or stood; newest first; `before` (an
        id): older ones."""
        ...

    async def open(self) -> tuple[Meeting, ...]:
        """Not closed and not cancelled; by their beginning, those without a date last."""
        ...

    async def between(self, since: datetime, until: datetime) -> tuple[Meeting, ...]:
        """Those that begin in this time; half-open."""
        ...

    async def add(self, meeting: Meeting) -> None: ...
    async def change(self, meeting: Meeting, *, version: int) -> bool: ...


class Referrals(Protocol):
    """つなぎ and つなぐシート."""

    async def get(self, referral_id: ReferralId) -> Referral:
        """Raises: NotFound."""
        ...

    async def of_case(self, case_id: CaseId) -> tuple[Referral, ...]:
        """Newest first."""
        ...

    async def open(self) -> tuple[Referral, ...]:
        """Sent, and neither returned nor done."""
        ...

    async def sent_to(self, agency_id: AgencyId) -> tuple[Referral, ...]:
        """Sent to this organisation, and not acknowledged yet."""
        ...

    async def late(self, *, on: date) -> tuple[Referral, ...]:
        """Not acknowledged in time, or without the news that was promised (F4, R-014)."""
        ...

    async def add(self, referral: Referral) -> None: ...
    async def change(self, referral: Referral, *, version: int) -> bool: ...
    async def sheet(self, sheet_id: ConnectSheetId) -> ConnectSheet:
        """Raises: NotFound."""
        ...

    async def sheets_of_case(self, case_id: CaseId) -> tuple[ConnectSheet, ...]:
        """Newest first."""
        ...

    async def sheets_waiting(self) -> tuple[ConnectSheet, ...]:
        """Sent, and nothing came back; earliest due first."""
        ...

    async def sheets_late(self, *, on: date) -> tuple[ConnectSheet, ...]:
        """Sent, and the answer should be back by now; earliest due first."""
        ...

    async def add_sheet(self, sheet: ConnectSheet) -> None: ...
    async def change_sheet(self, sheet: ConnectSheet, *, version: int) -> bool: ...


class Disclosures(Protocol):
    """What was asked of others, and given to them."""

    async def add_inquiry(self, inquiry: Inquiry) -> None: ...
    async def inquiries(self, case_id: CaseId) -> tuple[Inquiry, ...]:
        """Newest first."""
        ...

    async def add(self, disclosure: Disclosure) -> None: ...
    async def of_case(self, case_id: CaseId) -> tuple[Disclosure, ...]: ...


class Resources(Protocol):
    """Places, matches and gaps."""

    async def place(self, place_id: PlaceId) -> ParticipationPlace:
        """Raises: NotFound."""
        ...

    async def places(self) -> tuple[ParticipationPlace, ...]: ...
    async def add_place(self, place: ParticipationPlace) -> None: ...
    async def change_place(self, place: ParticipationPlace, *, version: int) -> bool: ...
    async def match(self, match_id: MatchId) -> Match:
        """Raises: NotFound."""
        ...

    async def matches_of_case(self, case_id: CaseId) -> tuple[Match, ...]: ...
    async def add_match(self, match: Match) -> None: ...
    async def change_match(self, match: Match, *, version: int) -> bool: ...
    async def gap(self, gap_id: GapId) -> ResourceGap:
        """Raises: NotFound."""
        ...

    async def gaps(self) -> tuple[ResourceGap, ...]:
        """Newest first."""
        ...

    async def add_gap(self, gap: ResourceGap) -> None: ...
    async def change_gap(self, gap: ResourceGap, *, version: int) -> bool: ...
