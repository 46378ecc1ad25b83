"""The contact log: every touch between a case and the people around it (DOMAIN §2.7)."""

import enum
from dataclasses import dataclass
from datetime import date, datetime

from core.ids import CaseId, ContactId, LetterId, MunicipalityId, ReplyId, StaffId


class ContactChannel(enum.StrEnum):
    """By what means."""

    PHONE = "PHONE"
    VISIT = "VISIT"
    LETTER = "LETTER"
    LEAFLET_DROP = "LEAFLET_DROP"
    LINE_OUT = "LINE_OUT"
    LINE_IN = "LINE_IN"
    MAIL = "MAIL"
    CHAT = "CHAT"
    ACCOMPANY = "ACCOMPANY"
    FAMILY_TALK = "FAMILY_TALK"
    AGENCY_TALK = "AGENCY_TALK"
    RESIDENT_INFO = "RESIDENT_INFO"
    OFFICE = "OFFICE"
    MEETING_OF = "MEETING_OF"


class Met(enum.StrEnum):
    """How near it came; silence is a result, never a failure (G-25)."""

    MET = "met"
    VOICE_ONLY = "voice_only"
    DOOR_NOT_OPENED = "door_not_opened"
    ABSENT = "absent"
    LETTER_LEFT = "letter_left"
    NO_ANSWER = "no_answer"
    NOT_APPLICABLE = "not_applicable"


# Sent by us on a schedule: not news about the person, so it holds no other letter.
OUTGOING: frozenset[ContactChannel] = frozenset({ContactChannel.LINE_OUT})


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """One entry of the contact log. `note` is sealed where it is stored.

    Attributes:
        command_key: the front's own key of the command, unique, so that a doubled click is one
            entry.
    """

    id: ContactId
    municipality_id: MunicipalityId
    case_id: CaseId
    at: datetime
    channel: ContactChannel
    met: Met = Met.NOT_APPLICABLE
    by: StaffId | None = None
    note: str = ""
    next_on: date | None = None
    letter_id: LetterId | None = None
    reply_id: ReplyId | None = None
    command_key: str | None = None
