"""What the ledger covers: asked at every door, answered from the lines alone.

No answer is ever stored; the summary too is worked out each time (DOMAIN §2.3).
"""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from core.consent.kinds import ConsentState, ConsentType
from core.consent.ledger import ConsentLine
from core.consent.scopes import (
    AgencyScope,
    AttendScope,
    CollectScope,
    FamilyScope,
    LineScope,
    MeetingScope,
    Scope,
    ServiceScope,
)
from core.ids import AgencyId, PersonId
from core.letters import LetterKind
from core.programmes import Programme


@dataclass(frozen=True, kw_only=True, slots=True)
class PushLine:
    """Push a letter of this kind over LINE; None asks for any kind."""

    kind: LetterKind | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanFor:
    """Put a plan of this programme to the 重層的支援会議 (S0 第3-5(3)①ア, 第3-4(4)②)."""

    programme: Programme


@dataclass(frozen=True, kw_only=True, slots=True)
class ShareInMeeting:
    """Speak of the person in a body with this version of its list of members.

    Attributes:
        not_wider_than: versions whose list held everybody on this one. Somebody leaving a body
            asks nothing new of the person [I].
    """

    body: str
    membership_version: int
    not_wider_than: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class ShareWithAgency:
    """Give information on a topic to an agency outside the membership."""

    agency: AgencyId
    topic: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TellFamily:
    """Tell a relative something of a topic."""

    relative: str
    topic: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CollectAbout:
    """Ask a source about a member of the household (R-006)."""

    member: PersonId
    topic: str
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AttendMeeting:
    """Have the person in a meeting."""

    meeting: str


Need = (
    PushLine
    | PlanFor
    | ShareInMeeting
    | ShareWithAgency
    | TellFamily
    | CollectAbout
    | AttendMeeting
)


class ConsentSummary(enum.StrEnum):
    """How far a person has agreed to support and sharing, in one word for lists.

    Permission to write over LINE and attendance do not count: neither is consent to support
    (DOMAIN §0-1).
    """

    NONE = "NONE"
    ASKED = "ASKED"
    PARTIAL = "PARTIAL"
    FULL = "FULL"
    WITHDRAWN = "WITHDRAWN"


_APART: Final = frozenset({ConsentType.CHANNEL_LINE, ConsentType.ATTEND})
_ASKING: Final = frozenset({ConsentState.EXPLAINING, ConsentState.DECLINED_FOR_NOW})


def covering(
    ledger: Iterable[ConsentLine], need: Need, *, subject: PersonId, today: date
) -> ConsentLine | None:
    """The first line in force that covers the need, as evidence for the audit; or None."""
    for line in ledger:
        if line.subject == subject and line.in_force(today) and _meets(line, need):
            return line
    return None


def covers(ledger: Iterable[ConsentLine], need: Need, *, subject: PersonId, today: date) -> bool:
    """Whether a consent of this person is in force that covers the need."""
    return covering(ledger, need, subject=subject, today=today) is not None


def covered_by(scope: Scope) -> tuple[Need, ...]:
    """Every need that a consent of this scope covers, in a stable order."""
    match scope:
        case LineScope(kinds=kinds):
            return tuple(PushLine(kind=kind) for kind in sorted(kinds))
        case ServiceScope(programme=programme):
            return (PlanFor(programme=programme),)
        case MeetingScope(body=body, membership_version=version):
            return (ShareInMeeting(body=body, membership_version=version),)
        case AgencyScope(agencies=agencies, topics=topics):
            return tuple(
                ShareWithAgency(agency=agency, topic=topic)
                for agency in sorted(agencies)
                for topic in sorted(topics)
            )
        case FamilyScope(relative=relative, topics=topics):
            return tuple(TellFamily(relative=relative, topic=topic) for topic in sorted(topics))
        case CollectScope(member=member, topics=topics, sources=sources):
            return tuple(
                CollectAbout(member=member, topic=topic, source=source)
                for topic in sorted(topics)
                for source in sorted(sources)
            )
        case AttendScope(meeting=meeting):
            return (AttendMeeting(meeting=meeting),)


def overlap(one: Scope, other: Scope) -> bool:
    """Whether two scopes ask for some of the same, be the rest what it may."""
    return not frozenset(covered_by(one)).isdisjoint(covered_by(other))


def may_plan(
    ledger: Iterable[ConsentLine], *, subject: PersonId, today: date, programme: Programme
) -> bool:
    """Whether the person applied for the programme (利用申込)."""
    return covers(ledger, PlanFor(programme=programme), subject=subject, today=today)


def summary_of(
    ledger: Iterable[ConsentLine],
    *,
    subject: PersonId,
    today: date,
    programmes: frozenset[Programme],
) -> ConsentSummary:
    """The consent in one word, worked out from the lines.

    FULL: every programme of the case is applied for, and sharing in some body is agreed to.
    """
    lines = [line for line in ledger if line.subject == subject and line.type not in _APART]
    given = [line for line in lines if line.in_force(today)]
    if given:
        applied = {line.scope.programme for line in given if isinstance(line.scope, ServiceScope)}
        shared = any(line.type is ConsentType.SHARE_MEETING for line in given)
        whole = bool(programmes) and programmes <= applied and shared
        return ConsentSummary.FULL if whole else ConsentSummary.PARTIAL
    if any(line.state in _ASKING for line in lines):
        return ConsentSummary.ASKED
    if any(line.state is ConsentState.WITHDRAWN for line in lines):
        return ConsentSummary.WITHDRAWN
    return ConsentSummary.NONE


def _meets(line: ConsentLine, need: Need) -> bool:
    match line.scope, need:
        case LineScope() as scope, PushLine():
            return need.kind is None or need.kind in scope.kinds
        case ServiceScope() as scope, PlanFor():
            return scope.programme is need.programme
        case MeetingScope() as scope, ShareInMeeting():
            versions = {need.membership_version} | need.not_wider_than
            return scope.body == need.body and scope.membership_version in versions
        case AgencyScope() as scope, ShareWithAgency():
            return need.agency in scope.agencies and need.topic in scope.topics
        case FamilyScope() as scope, TellFamily():
            return scope.relative == need.relative and need.topic in scope.topics
        case CollectScope() as scope, CollectAbout():
            within = need.topic in scope.topics and need.source in scope.sources
            return scope.member == need.member and within
        case AttendScope() as scope, AttendMeeting():
            return scope.meeting == need.meeting
    return False
