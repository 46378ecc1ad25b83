"""Every table of the house. Rows stay inside `storage`; repositories hand out records."""

from storage.tables.casework import CaseRow, ConsentRow, ContactRow, ReplyRow
from storage.tables.columns import METADATA, Row
from storage.tables.letters import CardRow, LetterRow, OutboxRow
from storage.tables.people import (
    HouseholdRow,
    LineLinkRow,
    LinkCodeRow,
    PersonRow,
    WrongCodeRow,
)
from storage.tables.towns import (
    AgencyRow,
    AreaRow,
    ChannelRestRow,
    MunicipalityRow,
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
    "AreaRow",
    "AuditEntryRow",
    "AuditHeadRow",
    "CardRow",
    "CaseRow",
    "ChannelRestRow",
    "ConsentRow",
    "ContactRow",
    "HeartbeatRow",
    "HouseholdRow",
    "LetterRow",
    "LineEventRow",
    "LineLinkRow",
    "LinkCodeRow",
    "MunicipalityRow",
    "OutboxRow",
    "PersonRow",
    "ReplyRow",
    "Row",
    "SeatRow",
    "StaffRow",
    "StandingTextRow",
    "UnsentMessageRow",
    "UsedPassRow",
    "WebhookRow",
    "WrongCodeRow",
]
