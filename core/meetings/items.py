"""The agenda item: what of which case is discussed, on whose behalf, and how it ended."""

import enum
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.basis import Basis
from core.errors import CaseworkError
from core.fields import Field
from core.ids import AgencyId, CaseId, PersonId, StaffId
from core.meetings.bodies import SeatKind
from core.meetings.decisions import ItemDecision
from core.meetings.ids import BodyId, ItemId, ParticipantId
from core.programmes import Programme


class AgendaPurpose(enum.StrEnum):
    """Why an item is put on (DOMAIN §2.8)."""

    PLAN = "PLAN"
    REPLAN = "REPLAN"
    CLOSE = "CLOSE"
    INTERRUPT = "INTERRUPT"
    PROGRESS = "PROGRESS"
    INFO_SHARE = "INFO_SHARE"
    URGENT = "URGENT"
    RESOURCE_GAP = "RESOURCE_GAP"


# The four timings at which a 重層的支援会議 has to be held (R-030, S0 第4-4(2)④).
FOUR_TIMINGS: Final = frozenset(
    {
        AgendaPurpose.PLAN,
        AgendaPurpose.REPLAN,
        AgendaPurpose.CLOSE,
        AgendaPurpose.INTERRUPT,
    }
)
# What a 重層的支援会議 looks at by the plan, outside the four timings (R-092) [D]: a 支援会議 is
# there for cases that have none yet, and what is urgent waits for no paper.
BY_THE_PLAN: Final = frozenset({AgendaPurpose.PROGRESS, AgendaPurpose.INFO_SHARE})
MAKES_PLAN: Final = frozenset({AgendaPurpose.PLAN, AgendaPurpose.REPLAN})


class ShienPurpose(enum.StrEnum):
    """What a 支援会議 is for: support for hidden clients, not office convenience (R-040)."""

    WORRYING_CASE = "WORRYING_CASE"
    WATCH_AND_POLICY = "WATCH_AND_POLICY"
    URGENT_CASE = "URGENT_CASE"
    SUPPORT_SYSTEM = "SUPPORT_SYSTEM"


class ItemState(enum.StrEnum):
    """LIVE stands on the agenda; DROPPED was taken off and is not discussed (M10)."""

    LIVE = "LIVE"
    DROPPED = "DROPPED"


class DropReason(enum.StrEnum):
    """Why an item was taken off; OTHER_MEETING: its body does not meet in this sitting."""

    CONSENT_WITHDRAWN = "CONSENT_WITHDRAWN"
    OTHER_MEETING = "OTHER_MEETING"
    NOT_NEEDED = "NOT_NEEDED"


class GroundReason(enum.StrEnum):
    """What the basis was computed from, shown to whoever asked for the item (M2)."""

    SHARE_COVERS = "SHARE_COVERS"
    NO_PERSON_CONCERNED = "NO_PERSON_CONCERNED"
    NO_SHARE = "NO_SHARE"
    ROSTER_WIDENED = "ROSTER_WIDENED"
    NO_SERVICE_USE = "NO_SERVICE_USE"
    FOUR_TIMINGS = "FOUR_TIMINGS"
    PROGRESS_TALK = "PROGRESS_TALK"
    ASKED_FOR = "ASKED_FOR"
    OWN_STATUTE = "OWN_STATUTE"


class SubjectsMissing(CaseworkError):
    """An item on a case names everybody whose information is discussed.

    Facts: `allowed`.
    """

    rule = "R-039"


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """The law an item stands on, and why.

    Attributes:
        body_id: the body that discusses it.
        roster: version of that body's list when it was computed; 0 for a body without one.
    """

    basis: Basis
    body_id: BodyId
    roster: int
    reasons: frozenset[GroundReason]


@dataclass(frozen=True, kw_only=True, slots=True)
class Excuse:
    """Why a seat that should be filled in principle was empty (R-033). Staff text."""

    seat: SeatKind
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AgendaItem:
    """One item.

    Attributes:
        case_id: None only for a RESOURCE_GAP that concerns no case.
        person_id: whose case it is; among `subjects`.
        subjects: everybody whose information is discussed, each household member apart.
        topics: codes of what is discussed; a share with an agency has to name them.
        programmes: whose plan it is, or whose support ends or is interrupted (R-030).
        wish: the kind of meeting that was asked for; consent decides, not the wish.
        body_id: which body, where a town has several of one kind, or one of another scheme.
        referrer_agency_id: the consultation provider that brought the case (R-033).
        fields: fields touched, for prompting whom to invite (R-034).
        is_pupil: somebody concerned goes to school (R-034).
        ground: computed by `grounds.ground_of`, None while not yet (M2).
        circle: who was allowed when it was discussed, kept from then on (R-082).
        present: who was there.
    """

    id: ItemId
    purpose: AgendaPurpose
    requested_by: StaffId
    requested_at: datetime
    case_id: CaseId | None = None
    person_id: PersonId | None = None
    subjects: frozenset[PersonId] = frozenset()
    topics: frozenset[str] = frozenset()
    programmes: frozenset[Programme] = frozenset()
    is_urgent: bool = False
    wish: Basis | None = None
    shien_purpose: ShienPurpose | None = None
    body_id: BodyId | None = None
    referrer_agency_id: AgencyId | None = None
    fields: frozenset[Field] = frozenset()
    is_pupil: bool = False
    ground: Ground | None = None
    state: ItemState = ItemState.LIVE
    dropped_for: DropReason | None = None
    excuses: tuple[Excuse, ...] = ()
    circle: frozenset[ParticipantId] = frozenset()
    present: frozenset[ParticipantId] = frozenset()
    decision: ItemDecision | None = None

    @property
    def is_live(self) -> bool:
        """Whether it still stands on the agenda."""
        return self.state is ItemState.LIVE


def require_subjects(item: AgendaItem) -> None:
    """Refuse an item on a case that names nobody, or leaves out whose case it is.

    Raises:
        SubjectsMissing: facts as above (R-039: consent is asked of each of them).
    """
    of_no_case = item.case_id is None and item.purpose is AgendaPurpose.RESOURCE_GAP
    named = item.person_id is not None and item.person_id in item.subjects
    if of_no_case and item.person_id is None:
        return
    if item.case_id is None or not named:
        raise SubjectsMissing(allowed="name_everybody_concerned,gap_without_case")
