"""The contact log: every touch between a case and the people around it (DOMAIN §2.7)."""

import enum
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from core.errors import CaseworkError
from core.ids import CaseId, ContactId, LetterId, MunicipalityId, ReplyId, StaffId


class ContactChannel(enum.StrEnum):
    """By what means."""

    PHONE = "PHONE"
    VISIT = "VISIT"
    LETTER = "LETTER"
    LEAFLET_DROP = "LEAFLET_DROP"
    LINE_OUT = "LINE_OUT"
    LINE_IN = "LINE_IN"
    PAGE_IN = "PAGE_IN"
    MAIL = "MAIL"
    CHAT = "CHAT"
    ACCOMPANY = "ACCOMPANY"
    FAMILY_TALK = "FAMILY_TALK"
    AGENCY_TALK = "AGENCY_TALK"
    RESIDENT_INFO = "RESIDENT_INFO"
    OFFICE = "OFFICE"
    MEETING_OF = "MEETING_OF"


FROM_THE_PERSON: Final = frozenset({ContactChannel.LINE_IN, ContactChannel.PAGE_IN})
"""Words of the person themself, whatever they say; a press of a button among them."""
BY_ITSELF: Final = FROM_THE_PERSON | {ContactChannel.LINE_OUT}
"""Entries that the product makes; nobody enters them by hand."""


class Met(enum.StrEnum):
    """How near it came; silence is a result, never a failure (G-25)."""

    MET = "met"
    VOICE_ONLY = "voice_only"
    DOOR_NOT_OPENED = "door_not_opened"
    ABSENT = "absent"
    LETTER_LEFT = "letter_left"
    NO_ANSWER = "no_answer"
    NOT_APPLICABLE = "not_applicable"


class Direction(enum.StrEnum):
    """Who got in touch with whom."""

    FROM_US = "FROM_US"
    TO_US = "TO_US"


class WithWhom(enum.StrEnum):
    """With whom it was."""

    SELF = "SELF"
    FAMILY = "FAMILY"
    AGENCY = "AGENCY"
    RESIDENT = "RESIDENT"


class Destination(enum.StrEnum):
    """Where somebody was accompanied to (同行支援)."""

    PENSION_OFFICE = "PENSION_OFFICE"
    BANK = "BANK"
    CLINIC = "CLINIC"
    TOWN_HALL = "TOWN_HALL"
    EMPLOYMENT_OFFICE = "EMPLOYMENT_OFFICE"
    SCHOOL = "SCHOOL"
    PLACE_TO_BE = "PLACE_TO_BE"
    OTHER = "OTHER"


class ContactUnfit(CaseworkError):
    """What is told of a contact does not belong to one of this kind.

    Facts: `missing` (destination, minutes), `allowed`.
    """

    rule = "DOMAIN-2.7"


@dataclass(frozen=True, kw_only=True, slots=True)
class ContactDetail:
    """What else may be told of a contact; everything is sealed where it is stored.

    Attributes:
        place: where, in staff words.
        mood: how the person seemed, as far as it was seen.
        new_facts: what was not known before.
        agreed: what comes next, as it was agreed.
        minutes: how long it took.
        safety_incident: what endangered somebody; "" for nothing.
        counts_as_effort: whether it counts as something tried, should contact be lost (R-052).
        destination, outcome: where somebody was accompanied to, and what came of it.
    """

    direction: Direction | None = None
    with_whom: WithWhom | None = None
    place: str = ""
    mood: str = ""
    new_facts: str = ""
    agreed: str = ""
    minutes: int | None = None
    safety_incident: str = ""
    counts_as_effort: bool = True
    destination: Destination | None = None
    outcome: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """One entry of the contact log. `note` is sealed where it is stored.

    Attributes:
        command_key: the front's own key of the command, unique, so that a doubled click is one
            entry.
        detail: None where nothing else was told.
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
    detail: ContactDetail | None = None

    @property
    def with_whom(self) -> WithWhom | None:
        """With whom it was, where somebody said."""
        return None if self.detail is None else self.detail.with_whom

    @property
    def counts_as_effort(self) -> bool:
        """Whether it counts as something tried (R-052)."""
        return self.detail is None or self.detail.counts_as_effort


def require_fit(contact: Contact) -> None:
    """Refuse a destination without a way gone together.

    Raises:
        ContactUnfit.
    """
    detail = contact.detail
    if detail is None:
        return
    missing = []
    if detail.destination is not None and contact.channel is not ContactChannel.ACCOMPANY:
        missing.append("destination")
    if detail.minutes is not None and detail.minutes < 0:
        missing.append("minutes")
    if missing:
        raise ContactUnfit(missing=", ".join(missing), allowed="ACCOMPANY")
