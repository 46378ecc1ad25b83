"""A town as its file describes it: plain records, linked by the file's own codes."""

from dataclasses import dataclass
from datetime import date, datetime, time

from core.agencies import Role
from core.cases import CaseState, Urgency
from core.letters import LetterKind
from core.people import LanguageStyle
from core.profiles import LetterRules


@dataclass(frozen=True, kw_only=True, slots=True)
class TownArea:
    code: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TownAgency:
    code: str
    name: str
    kind: str = ""
    is_municipality: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class TownStaff:
    code: str
    name: str
    roles: frozenset[Role]
    agency: str | None = None
    slack_team_id: str | None = None
    slack_user_id: str | None = None
    locale: str = "ja"
    active: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class TownHousehold:
    code: str
    label: str
    area: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TownLine:
    """A LINE account known from before, with what proves the permission to write to it."""

    user_id: str
    given_at: datetime
    evidence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TownPerson:
    code: str
    name: str
    kana: str = ""
    household: str | None = None
    area: str | None = None
    birth_date: date | None = None
    address: str = ""
    phones: tuple[str, ...] = ()
    language_style: LanguageStyle = LanguageStyle.STANDARD
    interests: tuple[str, ...] = ()
    do_not_mention: tuple[str, ...] = ()
    shared_device: bool = False
    is_minor: bool = False
    wakes: time | None = None
    sleeps: time | None = None
    line: TownLine | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TownSeat:
    staff: str
    role: Role


@dataclass(frozen=True, kw_only=True, slots=True)
class TownCase:
    case_no: str
    alias: str
    person: str
    state: CaseState
    opened_on: date
    household: str | None = None
    area: str | None = None
    lead: str | None = None
    urgency: Urgency = Urgency.NORMAL
    seats: tuple[TownSeat, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class TownText:
    name: str
    version: str
    body: str
    author: str
    approved_by: str
    approved_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class TownLetter:
    """A letter that waits for approval when the town is loaded for the first time."""

    code: str
    case: str
    author: str
    body: str
    opens_at: datetime
    kind: LetterKind = LetterKind.CHECK_IN


@dataclass(frozen=True, kw_only=True, slots=True)
class Town:
    """Everything that one town file holds."""

    code: str
    name: str
    account_name: str
    letter_rules: LetterRules
    areas: tuple[TownArea, ...] = ()
    agencies: tuple[TownAgency, ...] = ()
    staff: tuple[TownStaff, ...] = ()
    households: tuple[TownHousehold, ...] = ()
    people: tuple[TownPerson, ...] = ()
    cases: tuple[TownCase, ...] = ()
    texts: tuple[TownText, ...] = ()
    letters: tuple[TownLetter, ...] = ()
