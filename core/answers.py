"""What a colleague answers a person: words of their own, in a conversation, under their name.

An answer is no letter: nobody planned it, it belongs to what the person has just said, and it is
kept here word for word, wherever it is read (G-15). How it reaches the person is the channel's
mode (`core.line_modes`): over LINE, or on the person's own page while LINE says only that there
is something to read.
"""

import enum
from dataclasses import dataclass
from datetime import datetime

from core.ids import AnswerId, CaseId, LetterId, MunicipalityId, PersonId, StaffId


class ShownAs(enum.StrEnum):
    """Where the person reads it. On the page every answer stands; over LINE some do besides."""

    LINE = "LINE"
    PAGE = "PAGE"


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """One answer to one person. It is written once and never changed.

    Attributes:
        text: the words as the person reads them; sealed where stored.
        by: whose words these are; the person is told the name.
        at: when it was written; aware UTC.
        shown_as: LINE where the words themselves go over LINE; else they lie on the page.
        in_place_of: the usual colleague, where a deputy answers and says so; None otherwise.
        letter_id: what goes over LINE because of it: the words (LINE), or the neutral line that
            there is something to read (PAGE). None where nothing goes.
    """

    id: AnswerId
    municipality_id: MunicipalityId
    person_id: PersonId
    case_id: CaseId
    text: str
    by: StaffId
    at: datetime
    shown_as: ShownAs
    in_place_of: StaffId | None = None
    letter_id: LetterId | None = None


class Untold(enum.StrEnum):
    """Why nothing goes over LINE, and the answer only lies on the page."""

    NOT_REACHABLE = "NOT_REACHABLE"
    RESTING = "RESTING"
    TOLD_ALREADY = "TOLD_ALREADY"
    NO_TEXT = "NO_TEXT"
