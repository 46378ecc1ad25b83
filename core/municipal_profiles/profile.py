"""A municipality's profile as its file describes it (DOMAIN §5).

Empty text means that the town has not said; an editor fills it before real use. What a field of
a record is called here is what it is called in the file.
"""

import enum
from dataclasses import dataclass, field
from datetime import time
from typing import Final

from core.basis import Basis
from core.cadence.packs import LetterPack
from core.fields import Field
from core.meetings.bodies import SeatKind
from core.meetings.pledge_text import PledgeText
from core.municipal_profiles.answering import DirectChatDecision
from core.municipal_profiles.cadence import Cadence
from core.municipal_profiles.wording import Wording
from core.programmes import Programme


class Seen(enum.StrEnum):
    """What whoever took a query down sees of it afterwards."""

    EVERYTHING = "everything"
    STATUS = "status"
    RECEIVED = "received"


class Circumstance(enum.StrEnum):
    """What decides who takes a case up."""

    ABUSE = "abuse"
    DIFFICULT = "difficult"
    USUAL = "usual"
    NO_CLEAR_OWNER = "no_clear_owner"


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnSeat:
    """A seat that the town's own rules fill at each meeting (R-091).

    Attributes:
        title: the town's word for it, such as 議長.
        held_by: the office or provider that holds it, such as 福祉事務所長.
    """

    title: str
    seat: SeatKind
    held_by: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Guest:
    """Somebody who comes for a case; temporary ones need the notice of secrecy first (R-041)."""

    title: str
    seat: SeatKind
    temporary: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Body:
    """A body that meets, by the town's own name.

    Attributes:
        establishment_rule: the rule that sets it up (要綱).
        statutory_basis: the statute of its secrecy.
        most_community: more people of the community than this, and it is told (R-035).
    """

    code: str
    basis: Basis
    name: str
    also_called: tuple[str, ...] = ()
    cadence: Cadence | None = None
    establishment_rule: str = ""
    statutory_basis: str = ""
    host_is_contractor: bool = False
    seats: tuple[OwnSeat, ...] = ()
    guests: tuple[Guest, ...] = ()
    most_community: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LocalProgramme:
    """An item of the programme, by the town's own name, and who runs it."""

    programme: Programme
    local_name: str = ""
    run_by: str = ""
    outsourced: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where one can bring anything; published means that residents know it (R-094)."""

    name: str
    published: bool = True
    phone: str = ""
    mail: str = ""
    hours: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceArea:
    """圏域, with its places to consult."""

    code: str
    name: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """A desk where queries are taken down.

    Attributes:
        channels: how it is reached, such as SNS.
        passes_to: the desk that owns what is taken down here; "" for its own.
        seen_after: what those who took it down see of it later.
    """

    code: str
    name: str
    channels: tuple[str, ...] = ()
    by_volunteers: bool = False
    passes_to: str = ""
    seen_after: Seen = Seen.EVERYTHING


@dataclass(frozen=True, kw_only=True, slots=True)
class Director:
    """Somebody who composes support in one field, across the departments."""

    title: str
    field: Field


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """Who takes a case up in a circumstance; `does` says what for."""

    when: Circumstance
    to: str
    does: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class LeadAfter:
    """Who leads once the structure stands, by the field at the centre."""

    field: Field
    agency: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Escalation:
    """What calls for a meeting.

    Attributes:
        least_fields: issues in so many fields or more (R-090).
        fields: the fields that count; none named means all.
        body: code of the body that is proposed.
        told_as: the criterion in the town's own words.
    """

    least_fields: int | None = None
    fields: tuple[Field, ...] = ()
    body: str = ""
    told_as: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class StudyDuty:
    """Case studies that the town wants each fiscal year, and when it looks whether they came."""

    name: str
    least_a_year: int
    warn_from_month: int = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadingHours:
    """When people read what comes in; working days only."""

    opens: time
    closes: time
    anonymous_welcome: bool = False
    family_welcome: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class LocalOffer:
    """Something to offer when one of these words is heard."""

    title: str
    heard: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ConnectSteps:
    """The steps of connecting: name the window, a letter, somebody goes along (Adachi).

    Attributes:
        letter_from, goes_along_from: hits on the checkpoints from which the step is proposed.
        advice_from: whom to ask when unsure.
    """

    sheet: str
    letter_from: int = 1
    goes_along_from: int = 2
    advice_from: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fair:
    """A day or week on which everything can be asked in one place; no meeting on a case."""

    name: str
    cadence: Cadence
    days_each: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnForm:
    """A form of the town's own; `instead_of` names the official one it replaces (R-085)."""

    name: str
    instead_of: str = ""
    holds_reported_items: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class EffortAsked:
    """Records of effort before contact counts as lost; never fewer than one each (R-052)."""

    agencies_asked: int = 1
    community_asked: int = 1
    home_visits: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Unsend:
    """What becomes of a message that its sender takes back.

    Attributes:
        keeps: it stays, marked as withdrawn; erased everywhere where nothing is said.
        reason: why this town has to keep it, such as its rule on public records; it stands
            beside the words wherever they are shown. Nothing is kept without one.
    """

    keeps: bool = False
    reason: str = ""


ERASES: Final = Unsend()
"""What happens where a town says nothing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MunicipalProfile:
    """Everything that one profile holds.

    Attributes:
        source: where it is said, by the seeds' own names.
        as_of: the year of that; what is old has to be verified.
        complete: no blank is left; False while an editor still fills it.
        assumed: keys whose value is the product's own default, not the town's word.
        most_cases: above so many open cases a colleague is pointed out as carrying much (R-084);
            None for no measure.
        plan_less_cases: cases may be shared in meetings without a plan (R-092).
        endorse_before_consent: a pre-consent plan goes to SHIEN first (DOMAIN §12-1).
        joint_assessment: an assessment has authors of two agencies or more.
        letter_packs: rhythms of letters of its own, beside those that ship (docs/letters.md).
        pledge: what members of its bodies sign; None while the town has not worded it (R-081).
        tax_sections: sections whose facts come from taxation (R-043).
        direct_chat: the municipality's decision that people may be talked with on LINE itself
            (DOMAIN §9); None while there is none.
        answers_need_second: what a colleague answers a person waits for a second person, as
            letters do.
    """

    key: str
    name: str
    source: tuple[str, ...] = ()
    as_of: int | None = None
    fictional: bool = False
    complete: bool = True
    assumed: tuple[str, ...] = ()
    coordinators: str = ""
    bodies: tuple[Body, ...] = ()
    programmes: tuple[LocalProgramme, ...] = ()
    areas: tuple[ServiceArea, ...] = ()
    desks: tuple[Desk, ...] = ()
    directors: tuple[Director, ...] = ()
    routes: tuple[Route, ...] = ()
    leads: tuple[LeadAfter, ...] = ()
    escalation: Escalation = field(default_factory=Escalation)
    study: StudyDuty | None = None
    reading: ReadingHours | None = None
    unsend: Unsend = field(default_factory=Unsend)
    offers: tuple[LocalOffer, ...] = ()
    connect: ConnectSteps | None = None
    fairs: tuple[Fair, ...] = ()
    forms: tuple[OwnForm, ...] = ()
    letter_packs: tuple[LetterPack, ...] = ()
    effort: EffortAsked = field(default_factory=EffortAsked)
    pledge: PledgeText | None = None
    tax_sections: tuple[str, ...] = ()
    most_cases: int | None = None
    plan_less_cases: bool = False
    endorse_before_consent: bool = True
    joint_assessment: bool = False
    direct_chat: DirectChatDecision | None = None
    answers_need_second: bool = False
    wording: Wording = field(default_factory=Wording)
    notes: tuple[str, ...] = ()
