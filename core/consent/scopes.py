"""What a consent covers: one kind of value for each of the seven kinds (DOMAIN §2.4).

Topics are field codes (DOMAIN §2.9) or words of the town's own text. `TAX_DERIVED` has to be
named by itself: nothing else stands for it (R-043).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from core.consent.kinds import ConsentType
from core.errors import CaseworkError
from core.ids import AgencyId, PersonId
from core.letters import ENDS, LetterKind
from core.programmes import Programme

TAX_DERIVED: Final = "tax_derived"
# The kinds of letters that consents were asked for before others came.
_AT_FIRST: Final = frozenset(
    {
        LetterKind.FIRST,
        LetterKind.CHECK_IN,
        LetterKind.LEAFLET,
        LetterKind.SEASON,
        LetterKind.REPLY,
        LetterKind.ACKNOWLEDGEMENT,
    }
)


class KindNotAgreed(CaseworkError):
    """The person agreed to letters over LINE, and not to this kind of them. Facts: `kind`."""

    rule = "S3"


@dataclass(frozen=True, kw_only=True, slots=True)
class LineScope:
    """Kinds of letters that may be pushed over LINE; acknowledgements always may.

    Whoever lets every kind come that there was when they were asked has not chosen among them:
    kinds that came later are let in, too [D]. Whoever left one out gets those that were named.
    Whoever agreed to letters is told when they end (G-21): these kinds belong to every such
    consent, also to one that was written down before they had a name.
    """

    kinds: frozenset[LetterKind] = field(default_factory=lambda: frozenset(LetterKind))

    def __post_init__(self) -> None:
        """Let in what came later, where nothing was left out."""
        if self.kinds >= _AT_FIRST:
            object.__setattr__(self, "kinds", frozenset(LetterKind))
        elif self.kinds and not self.kinds >= ENDS:
            object.__setattr__(self, "kinds", self.kinds | ENDS)


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceScope:
    """One programme of the three that a person applies for (利用申込)."""

    programme: Programme


@dataclass(frozen=True, kw_only=True, slots=True)
class CollectScope:
    """Information about one member of the household: which topics, from which sources."""

    member: PersonId
    topics: frozenset[str]
    sources: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingScope:
    """One meeting body by its name, with the version of the list of members that was shown."""

    body: str
    membership_version: int


@dataclass(frozen=True, kw_only=True, slots=True)
class AgencyScope:
    """Agencies by name, and the topics that they may be told."""

    agencies: frozenset[AgencyId]
    topics: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class FamilyScope:
    """One relative by name (opaque id), and the topics that they may be told [D]."""

    relative: str
    topics: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class AttendScope:
    """The person's own attendance at one meeting; never required (R-036)."""

    meeting: str


Scope = (
    LineScope | ServiceScope | CollectScope | MeetingScope | AgencyScope | FamilyScope | AttendScope
)

_KIND: Final[Mapping[type, ConsentType]] = MappingProxyType(
    {
        LineScope: ConsentType.CHANNEL_LINE,
        ServiceScope: ConsentType.SERVICE_USE,
        CollectScope: ConsentType.INFO_COLLECT,
        MeetingScope: ConsentType.SHARE_MEETING,
        AgencyScope: ConsentType.SHARE_AGENCY,
        FamilyScope: ConsentType.SHARE_FAMILY,
        AttendScope: ConsentType.ATTEND,
    }
)


def kind_of(scope: Scope) -> ConsentType:
    """The kind of consent to which this scope belongs."""
    return _KIND[type(scope)]


def lets(scope: Scope, kind: LetterKind) -> bool:
    """Whether letters of this kind may be pushed under it; acknowledgements always may."""
    return isinstance(scope, LineScope) and (
        kind is LetterKind.ACKNOWLEDGEMENT or kind in scope.kinds
    )


def same_matter(one: Scope, other: Scope) -> bool:
    """Whether two scopes ask the person for the same thing, be it to another extent.

    The extent is what may widen: letters' kinds, topics, sources, agencies, members of a body.
    """
    match one, other:
        case LineScope(), LineScope():
            return True
        case AgencyScope(), AgencyScope():
            return bool(one.agencies & other.agencies)
        case ServiceScope(), ServiceScope():
            return one.programme == other.programme
        case CollectScope(), CollectScope():
            return one.member == other.member
        case MeetingScope(), MeetingScope():
            return one.body == other.body
        case FamilyScope(), FamilyScope():
            return one.relative == other.relative
        case AttendScope(), AttendScope():
            return one.meeting == other.meeting
    return False


def contains(wide: Scope, narrow: Scope) -> bool:
    """Whether everything in `narrow` is in `wide`."""
    match wide, narrow:
        case LineScope(), LineScope():
            return narrow.kinds <= wide.kinds
        case AgencyScope(), AgencyScope():
            return narrow.agencies <= wide.agencies and narrow.topics <= wide.topics
        case CollectScope(), CollectScope():
            inside = narrow.topics <= wide.topics and narrow.sources <= wide.sources
            return wide.member == narrow.member and inside
        case FamilyScope(), FamilyScope():
            return wide.relative == narrow.relative and narrow.topics <= wide.topics
        case _:
            return wide == narrow


def is_empty(scope: Scope) -> bool:
    """Whether it covers nothing, so that nothing could have been explained."""
    match scope:
        case LineScope():
            return not scope.kinds
        case AgencyScope():
            return not (scope.agencies and scope.topics)
        case CollectScope():
            return not (scope.topics and scope.sources)
        case FamilyScope():
            return not (scope.relative and scope.topics)
        case MeetingScope():
            return not scope.body
        case AttendScope():
            return not scope.meeting
        case ServiceScope():
            return False
