"""Every table of the house. Rows stay inside `storage`; repositories hand out records."""

from storage.tables.answering import AbsenceRow, AnswerRow
from storage.tables.casework import CaseRow, ConsentRow, ContactRow, OpenQuestionRow, ReplyRow
from storage.tables.channel import (
    LineAccountRow,
    LineErrandRow,
    LineMenuRow,
    VisitorRow,
)
from storage.tables.columns import METADATA, Row
from storage.tables.connections import (
    ConnectSheetRow,
    DisclosureRow,
    GapRow,
    InquiryRow,
    MatchRow,
    PlaceRow,
    QueryRow,
    ReferralRow,
)
from storage.tables.courses import (
    CareMarkRow,
    EmergencyRow,
    MultiAgencyCourseRow,
    OpenGlassRow,
    OutreachCourseRow,
    ParticipationCourseRow,
)
from storage.tables.crisis import CrisisAlertRow, DutyShiftRow
from storage.tables.figures import MonthRow
from storage.tables.leaflets import LeafletLinkRow, LeafletPageRow, LeafletRow
from storage.tables.letters import CardRow, LetterRow, OutboxRow
from storage.tables.media import MediaBytesRow, MediaRow
from storage.tables.meetings import (
    AgendaItemRow,
    MeetingBodyRow,
    MeetingRow,
    ParticipantRow,
    PledgeRow,
)
from storage.tables.notices import NoticeRow
from storage.tables.pages import PageLinkRow, PagePinRow
from storage.tables.people import (
    HouseholdRow,
    LineLinkRow,
    LinkCodeRow,
    PersonRow,
    WrongCodeRow,
)
from storage.tables.plans import ApplicationRow, AssessmentRow, MonitoringRow, PlanRow
from storage.tables.series import SeriesRow
from storage.tables.towns import (
    AgencyRow,
    AreaRow,
    ChannelRestRow,
    LineQuotaRow,
    MunicipalityRow,
    ProviderRow,
    SeatRow,
    StaffRow,
    StandingTextRow,
)
from storage.tables.trail import (
    AuditEntryRow,
    AuditHeadRow,
    HeartbeatRow,
    LineEventRow,
    UnsentMessageRow,
    UsedPassRow,
    WebhookRow,
)

__all__ = [
    "METADATA",
    "AbsenceRow",
    "AgencyRow",
    "AgendaItemRow",
    "AnswerRow",
    "ApplicationRow",
    "AreaRow",
    "AssessmentRow",
    "AuditEntryRow",
    "AuditHeadRow",
    "CardRow",
    "CareMarkRow",
    "CaseRow",
    "ChannelRestRow",
    "ConnectSheetRow",
    "ConsentRow",
    "ContactRow",
    "CrisisAlertRow",
    "DisclosureRow",
    "DutyShiftRow",
    "EmergencyRow",
    "GapRow",
    "HeartbeatRow",
    "HouseholdRow",
    "InquiryRow",
    "LeafletLinkRow",
    "LeafletPageRow",
    "LeafletRow",
    "LetterRow",
    "LineAccountRow",
    "LineErrandRow",
    "LineEventRow",
    "LineLinkRow",
    "LineMenuRow",
    "LineQuotaRow",
    "LinkCodeRow",
    "MatchRow",
    "MediaBytesRow",
    "MediaRow",
    "MeetingBodyRow",
    "MeetingRow",
    "MonitoringRow",
    "MonthRow",
    "MultiAgencyCourseRow",
    "MunicipalityRow",
    "NoticeRow",
    "OpenGlassRow",
    "OpenQuestionRow",
    "OutboxRow",
    "OutreachCourseRow",
    "PageLinkRow",
    "PagePinRow",
    "ParticipantRow",
    "ParticipationCourseRow",
    "PersonRow",
    "PlaceRow",
    "PlanRow",
    "PledgeRow",
    "ProviderRow",
    "QueryRow",
    "ReferralRow",
    "ReplyRow",
    "Row",
    "SeatRow",
    "SeriesRow",
    "StaffRow",
    "StandingTextRow",
    "UnsentMessageRow",
    "UsedPassRow",
    "VisitorRow",
    "WebhookRow",
    "WrongCodeRow",
]
