"""What may stand in a town file, version 1. Unknown fields are refused."""

from datetime import time
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from bots.town.entry import Entry
from bots.town.history import SittingEntry
from bots.town.leaflet_entry import LeafletEntry
from bots.town.shapes import (
    Alias,
    Code,
    Day,
    Hour,
    LineUser,
    Moment,
    Name,
    SlackTeam,
    SlackUser,
    When,
    Words,
    of_cases,
    of_people,
    own_kind,
)
from bots.town.shift_entry import ShiftEntry
from bots.town.text_entries import TextEntry
from bots.town.wish_entries import LetterWishesEntry
from core.agencies import Role, SiteType
from core.cases import CaseState, Urgency
from core.fields import Field as WelfareField
from core.letters import LetterKind
from core.meetings.bodies import SeatKind
from core.people import LanguageStyle, SafetyFlag
from core.programmes import Programme
from core.resources import PlaceKind
from core.shielding import Care


class TownHead(Entry):
    """The town itself."""

    code: Code
    """Short name of the town in files and settings."""
    name: Name
    account_name: Name
    """The LINE account's name. It shows on lock screens: keep it neutral (G-11)."""
    profile: Name | None = None
    """The municipal profile: a preset's key, or a file, beside this one or by its path
    (docs/municipal-profile.md)."""


class RulesEntry(Entry):
    """What the town settles about letters (G-03, G-05, S2)."""

    opens: Hour = time(10, 0)
    closes: Hour = time(20, 0)
    gap_hours: int = Field(72, ge=1, le=24 * 60)
    """Least time between two letters to one person."""
    most_in_30_days: int = Field(3, ge=1, le=30)
    rests_on_saturdays: bool = False
    writes_to_minors: bool = False
    self_approval: bool = False
    """Colleagues marked `approves_own` may approve their own letters, each with a reason."""
    """The town has settled how minors are written to (G-24)."""
    approval_lasts_days: int = Field(14, ge=1, le=90)
    longest: int = Field(120, ge=20, le=500)
    """Most characters of a letter."""
    lock_screen_words: tuple[Name, ...] = ()
    """Further words that must not stand on a lock screen."""


class AreaEntry(Entry):
    """A service area (圏域)."""

    code: Code
    name: Name


class WindowEntry(Entry):
    """Where an organisation is reached."""

    dept: str = ""
    phone: str = ""
    mail: str = ""
    hours: str = ""


class AgencyEntry(Entry):
    """An organisation that helps."""

    code: Code
    name: Name
    kind: str = ""
    is_municipality: bool = False
    fields: tuple[WelfareField, ...] = ()
    """In which fields it helps (分野)."""
    areas: tuple[Code, ...] = ()
    """Where it helps; none named means the whole town."""
    window: WindowEntry = WindowEntry()
    is_contractor: bool = False
    contract_since: Day | None = None
    contract_until: Day | None = None
    """Last day of the contract."""
    secrecy_basis: str = ""
    """The statute that binds its people to secrecy."""
    takes_emergencies: bool = False


class ProviderEntry(Entry):
    """Who runs an item of the programme."""

    agency: Code
    programme: Programme
    since: Day | None = None
    until: Day | None = None
    outsourced_to: Code | None = None
    site_type: SiteType | None = None


class PledgeEntry(Entry):
    """The pledge of secrecy that was signed (R-080)."""

    signed_on: Day
    version: Code = "1"


class StaffEntry(Entry):
    """A member of staff, with the roles held and the place in Slack."""

    code: Code
    name: Name
    roles: tuple[Annotated[Role, AfterValidator(of_people)], ...] = Field(min_length=1)
    agency: Code | None = None
    slack_team_id: SlackTeam | None = None
    slack_user_id: SlackUser | None = None
    locale: Literal["ja", "en"] = "ja"
    active: bool = True
    qualifications: tuple[Name, ...] = ()
    pledge: PledgeEntry | None = None
    tax_officer: bool = False
    on_call: bool = False
    novice: bool = False
    """Is new: writes letters with approved texts only."""
    approves_own: bool = False
    """May approve an own letter with a reason, where `letter_rules.self_approval` allows it."""
    sits_as: tuple[SeatKind, ...] = ()
    """What this colleague stands for at a meeting."""
    sits_in: tuple[Code, ...] = ()
    """Bodies of the profile, by their codes, in which this colleague is a regular member."""


class MemberEntry(Entry):
    """Somebody in a household."""

    person: Code
    relation: str = ""
    """To the person of the case, such as 父."""
    role: str = ""
    """What they carry there, such as 家計."""


class HouseholdEntry(Entry):
    """People who live as one."""

    code: Code
    label: Name
    area: Code | None = None
    members: tuple[MemberEntry, ...] = ()
    livelihood: tuple[Name, ...] = ()
    """What they live on, such as 年金."""
    public_assistance: bool = False
    """They receive 生活保護 (R-011)."""


class LineEntry(Entry):
    """A LINE account known from before, and what proves the permission to write to it."""

    user_id: LineUser
    given_at: Moment
    evidence: Words


class KeyPersonEntry(Entry):
    """Somebody through whom a person can be reached (キーパーソン)."""

    name: Name
    relation: str = ""
    reached_by: str = ""


class SafeContactEntry(Entry):
    """What is safe when one gets in touch."""

    may_know: tuple[Name, ...] = ()
    family_may_see: bool | None = None
    when: str = ""


class CareEntry(Entry):
    """A mark of special care (R-015)."""

    care: Care
    cleared: tuple[Code, ...] = Field(min_length=1)
    """The only staff who see it."""
    closes_case: bool = False


class PersonEntry(Entry):
    """A person at home."""

    code: Code
    name: Name
    kana: str = ""
    household: Code | None = None
    area: Code | None = None
    birth_date: Day | None = None
    address: str = ""
    phones: tuple[Name, ...] = ()
    language_style: LanguageStyle = LanguageStyle.STANDARD
    interests: tuple[Name, ...] = ()
    do_not_mention: tuple[Name, ...] = ()
    """Words that must not stand in any letter to this person."""
    shared_device: bool = False
    is_minor: bool = False
    wakes: Hour | None = None
    """The person's own hours; `sleeps` may be the earlier one, past midnight (G-05)."""
    sleeps: Hour | None = None
    line: LineEntry | None = None
    about_age: int | None = Field(None, ge=0, le=130)
    """Years, where the birth date is not known."""
    sex: str = ""
    """As the person says it; may be left out."""
    emails: tuple[Name, ...] = ()
    languages: tuple[Name, ...] = ()
    key_persons: tuple[KeyPersonEntry, ...] = ()
    safe_contact: SafeContactEntry = SafeContactEntry()
    safety_flags: tuple[SafetyFlag, ...] = ()
    letter_wishes: LetterWishesEntry = LetterWishesEntry()
    care: tuple[CareEntry, ...] = ()
    phone: bool = True
    """Whether practice mode shows a phone for this person."""


class SeatEntry(Entry):
    """Who holds which role on a case."""

    staff: Code
    role: Annotated[Role, AfterValidator(of_people)]


class CaseEntry(Entry):
    """A case."""

    case_no: Code
    alias: Alias
    """What Slack and lists show; says nothing of the person."""
    person: Code
    state: CaseState
    opened_on: Day
    household: Code | None = None
    area: Code | None = None
    lead: Code | None = None
    urgency: Urgency = Urgency.NORMAL
    seats: tuple[SeatEntry, ...] = ()
    programmes: tuple[Annotated[Programme, AfterValidator(of_cases)], ...] = ()
    """From before: what it uses. Without a word of it, a stage of outreach is outreach."""
    plan_less: bool = False
    """From before: one agency supports it, and it is only shared in meetings (R-092)."""
    closed_on: Day | None = None
    """From before: the day on which it was closed."""


class PlaceEntry(Entry):
    """A place where people can take part, and its host."""

    code: Code
    kind: PlaceKind
    name: Name
    host: Code
    capacity: int | None = Field(None, ge=1)
    age_mix: str = ""
    conditions: str = ""
    widens: bool = False
    """May be used beyond its scheme (制度外)."""
    reimburses: bool = False
    """Its actual cost may be paid (R-072)."""
    assessed_on: Day | None = None
    situation: str = ""
    """What was found when somebody looked at the host's situation (R-064)."""
    worries: tuple[Name, ...] = ()
    opened_on: Day | None = None


class LetterEntry(Entry):
    """A letter that waits for approval when the town is loaded for the first time."""

    code: Code
    case: Alias
    author: Code
    body: Words
    opens_at: When
    """Day and time from which it may arrive. Shipped towns may also write `+2d 10:30`."""
    kind: Annotated[LetterKind, AfterValidator(own_kind)] = LetterKind.CHECK_IN


class TownFile(Entry):
    """A town file, version 1."""

    version: Literal[1]
    town: TownHead
    letter_rules: RulesEntry = RulesEntry()
    areas: tuple[AreaEntry, ...] = ()
    agencies: tuple[AgencyEntry, ...] = ()
    providers: tuple[ProviderEntry, ...] = ()
    staff: tuple[StaffEntry, ...] = ()
    households: tuple[HouseholdEntry, ...] = ()
    people: tuple[PersonEntry, ...] = ()
    cases: tuple[CaseEntry, ...] = ()
    places: tuple[PlaceEntry, ...] = ()
    leaflets: tuple[LeafletEntry, ...] = ()
    texts: tuple[TextEntry, ...] = ()
    letters: tuple[LetterEntry, ...] = ()
    sittings: tuple[SittingEntry, ...] = ()
    shifts: tuple[ShiftEntry, ...] = ()


SECTIONS: dict[str, type[Entry]] = {
    "areas": AreaEntry,
    "agencies": AgencyEntry,
    "providers": ProviderEntry,
    "staff": StaffEntry,
    "households": HouseholdEntry,
    "people": PersonEntry,
    "cases": CaseEntry,
    "places": PlaceEntry,
    "leaflets": LeafletEntry,
    "texts": TextEntry,
    "letters": LetterEntry,
    "sittings": SittingEntry,
    "shifts": ShiftEntry,
}
"""The lists of the file, each with the shape of its items."""
