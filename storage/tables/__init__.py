"""Every table of the house. Rows stay inside `storage`; repositories hand out records."""

from storage.tables.casework import CaseRow, ConsentRow, ContactRow, OpenQuestionRow, ReplyRow
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
from storage.tables.figures import MonthRow
from storage.tables.leaflets import LeafletLinkRow, LeafletPageRow, LeafletRow
from storage.tables.letters import CardRow, LetterRow, OutboxRow
from storage.tables.meetings import (
    AgendaItemRow,
    MeetingBodyRow,
    MeetingRow,
    ParticipantRow,
    PledgeRow,
)
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
    "AgencyRow",
    "AgendaItemRow",
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
    "DisclosureRow",
    "EmergencyRow",
    "GapRow",
    "HeartbeatRow",
    "HouseholdRow",
    "InquiryRow",
    "LeafletLinkRow",
    "LeafletPageRow",
    "LeafletRow",
    "LetterRow",
    "LineEventRow",
    "LineLinkRow",
    "LinkCodeRow",
    "MatchRow",
    "MeetingBodyRow",
    "MeetingRow",
    "MonitoringRow",
    "MonthRow",
    "MultiAgencyCourseRow",
    "MunicipalityRow",
    "OpenGlassRow",
    "OpenQuestionRow",
    "OutboxRow",
    "OutreachCourseRow",
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
    "WebhookRow",
    "WrongCodeRow",
]
