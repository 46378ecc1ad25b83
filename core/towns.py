"""A town as its file describes it: plain records, linked by the file's own codes."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from core.agencies import ContactWindow, Role, SiteType, StaffPledge
from core.cases import CaseState, Urgency
from core.fields import Field
from core.leaflet_pages import Page
from core.letters import LetterKind
from core.meetings.bodies import SeatKind
from core.people import KeyPerson, LanguageStyle, LetterWishes, SafeContact, SafetyFlag
from core.profiles import LetterRules, TextUse
from core.programmes import Programme
from core.resources import PlaceKind
from core.shielding import Care
from core.wording.kinds import TextKind


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
    fields: frozenset[Field] = frozenset()
    areas: tuple[str, ...] = ()
    window: ContactWindow = field(default_factory=ContactWindow)
    is_contractor: bool = False
    contract_since: date | None = None
    contract_until: date | None = None
    secrecy_basis: str = ""
    takes_emergencies: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class TownProvider:
    agency: str
    programme: Programme
    since: date | None = None
    until: date | None = None
    outsourced_to: str | None = None
    site_type: SiteType | None = None


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
    qualifications: tuple[str, ...] = ()
    pledge: StaffPledge | None = None
    tax_officer: bool = False
    on_call: bool = False
    novice: bool = False
    approves_own: bool = False
    sits_as: frozenset[SeatKind] = frozenset()
    sits_in: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class TownMember:
    person: str
    relation: str = ""
    role: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class TownHousehold:
    code: str
    label: str
    area: str | None = None
    members: tuple[TownMember, ...] = ()
    livelihood: tuple[str, ...] = ()
    public_assistance: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class TownLine:
    """A LINE account known from before, with what proves the permission to write to it."""

    user_id: str
    given_at: datetime
    evidence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TownCare:
    """A mark of special care, and the only staff who see it."""

    care: Care
    cleared: tuple[str, ...]
    closes_case: bool = False


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
    about_age: int | None = None
    sex: str = ""
    emails: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    key_persons: tuple[KeyPerson, ...] = ()
    safe_contact: SafeContact = field(default_factory=SafeContact)
    safety_flags: frozenset[SafetyFlag] = frozenset()
    care: tuple[TownCare, ...] = ()
    phone: bool = True
    letter_wishes: LetterWishes = field(default_factory=LetterWishes)


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
    programmes: frozenset[Programme] = frozenset()
    plan_less: bool = False
    closed_on: date | None = None

    @property
    def from_before(self) -> bool:
        """Whether it brings something along from before the product."""
        return bool(self.programmes) or self.plan_less or self.closed_on is not None

    @property
    def reached_out_to(self) -> bool:
        """Whether it is on the course of outreach: so it says, or its stage is one of outreach."""
        if self.programmes:
            return Programme.OUTREACH in self.programmes
        return self.state is not CaseState.RECEIVED


@dataclass(frozen=True, kw_only=True, slots=True)
class TownPlace:
    """A place and its host; made once, then it belongs to the record."""

    code: str
    kind: PlaceKind
    name: str
    host: str
    capacity: int | None = None
    age_mix: str = ""
    conditions: str = ""
    widens: bool = False
    reimburses: bool = False
    assessed_on: date | None = None
    situation: str = ""
    worries: tuple[str, ...] = ()
    opened_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TownLeaflet:
    """A leaflet with its pictures; made once, then it belongs to the record."""

    code: str
    title: str
    quiet_title: str
    issuer: str
    tags: frozenset[str]
    valid_from: date
    valid_until: date
    plain: str
    pages: tuple[Page, ...]
    is_public_info: bool
    author: str
    areas: tuple[str, ...] = ()
    place: str | None = None
    approved_by: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TownText:
    name: str
    version: str
    body: str
    author: str
    approved_by: str
    approved_at: datetime
    use: TextUse = TextUse.ACKNOWLEDGEMENT
    title: str = ""
    kind: TextKind | None = None
    style: LanguageStyle | None = None


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
class TownSitting:
    """A sitting held before the town worked with the product."""

    code: str
    body: str
    on: date
    cases: tuple[str, ...]
    requested_by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TownShift:
    """A shift, entered once; from then on it belongs to the town's desk."""

    code: str
    staff: str
    starts_at: datetime
    ends_at: datetime
    place: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Town:
    """Everything that one town file holds.

    Attributes:
        profile: a preset's key or a path; None where the file names none.
    """

    code: str
    name: str
    account_name: str
    letter_rules: LetterRules
    profile: str | None = None
    areas: tuple[TownArea, ...] = ()
    agencies: tuple[TownAgency, ...] = ()
    providers: tuple[TownProvider, ...] = ()
    staff: tuple[TownStaff, ...] = ()
    households: tuple[TownHousehold, ...] = ()
    people: tuple[TownPerson, ...] = ()
    cases: tuple[TownCase, ...] = ()
    places: tuple[TownPlace, ...] = ()
    leaflets: tuple[TownLeaflet, ...] = ()
    texts: tuple[TownText, ...] = ()
    letters: tuple[TownLetter, ...] = ()
    sittings: tuple[TownSitting, ...] = ()
    shifts: tuple[TownShift, ...] = ()
