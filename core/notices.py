"""一斉のお知らせ: welfare notices to many, in a disaster or an epidemic (R-087, S0 第4-4(2)②, 第6).

A notice is one text and as many ordinary letters as people it is for: nothing is a broadcast. Only
the municipality gives one out, while an occasion lasts that it has declared, and a second person
of the municipality approves the text, by its name and version, with everything it is bound to. What
an occasion may change is the distance between letters (G-03) and nothing else: whoever rests, has
stopped, or has something new that nobody has read yet is visited or written to on paper instead
[D], see decision 0023.
"""

import enum
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from core.agencies import Agency, Role, Staff
from core.audit import AuditEvent
from core.errors import CaseworkError
from core.ids import AgencyId, AreaId, CaseId, MunicipalityId, NoticeId, StaffId
from core.letters import Letter, LetterState, NotByTheMunicipality, Reason

# [D] who reads a notice a second time: another officer, or an approver of letters who works for
# the municipality itself.
NOTICE_APPROVERS: Final = frozenset({Role.MUNICIPAL_OFFICER, Role.MESSAGE_APPROVER})


class OccasionKind(enum.StrEnum):
    """What makes a notice to many possible at all."""

    DISASTER = "DISASTER"
    EPIDEMIC = "EPIDEMIC"


class NoticeMode(enum.StrEnum):
    """How a notice stands to the other letters of a person (G-03)."""

    KEEPS_PACE = "KEEPS_PACE"
    PASSES_PACE = "PASSES_PACE"


class NoticeState(enum.StrEnum):
    """Where the text stands; each letter has its own stage."""

    WAITING = "WAITING"
    APPROVED = "APPROVED"
    STOPPED = "STOPPED"


class NotThisWay(enum.StrEnum):
    """Why a person gets no letter over LINE, so that a colleague goes or writes on paper."""

    NOT_LINKED = "NOT_LINKED"
    NO_CONSENT = "NO_CONSENT"
    RESTING = "RESTING"
    NEWS_UNREAD = "NEWS_UNREAD"
    SHARED_DEVICE = "SHARED_DEVICE"
    WORDS = "WORDS"
    MINOR = "MINOR"
    NO_HOUR = "NO_HOUR"
    TOO_SOON = "TOO_SOON"
    STOPPED_HERE = "STOPPED_HERE"
    NOT_SENT = "NOT_SENT"


class OccasionIncomplete(CaseworkError):
    """An occasion says what it is, from when to when, why, and on what ground.

    Facts: `missing`, `allowed`.
    """

    rule = "R-087"


class OwnNotice(CaseworkError):
    """Whoever wrote a notice does not approve it (G-06)."""

    rule = "G-06"


class NoticeMovedOn(CaseworkError):
    """The notice does not stand there any more. Facts: `state`."""

    rule = "R-087"


class NoticeReadAsOne(CaseworkError):
    """A letter of a notice that waits is approved with all the others, by the municipality.

    Facts: `allowed`.
    """

    rule = "R-087"


@dataclass(frozen=True, kw_only=True, slots=True)
class Occasion:
    """What the municipality declares; staff words.

    Attributes:
        name: what happened, as a colleague says it: 台風10号.
        since, until: first and last local day.
        reason: why people are to hear of it from the town now.
        ground: on what it rests: a plan, an order, a decision.
    """

    kind: OccasionKind
    name: str
    since: date
    until: date
    reason: str
    ground: str

    def holds(self, day: date) -> bool:
        """Whether it lasts on this local day."""
        return self.since <= day <= self.until


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftOut:
    """Somebody whom the notice does not reach over LINE, and why not."""

    case_id: CaseId
    why: NotThisWay


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """One text for many.

    Attributes:
        areas: whose cases; none means the whole town.
        opens_at, closes_at: the window of every letter, half-open, aware UTC.
        left_out: who had no letter from the beginning.
        command_key: the front's key; the same key twice is one notice.
    """

    id: NoticeId
    municipality_id: MunicipalityId
    occasion: Occasion
    areas: frozenset[AreaId]
    mode: NoticeMode
    body: str
    alt_text: str
    opens_at: datetime
    closes_at: datetime
    author_id: StaffId
    created_at: datetime
    left_out: tuple[LeftOut, ...] = ()
    state: NoticeState = NoticeState.WAITING
    approved_by: StaffId | None = None
    approved_at: datetime | None = None
    stopped_by: StaffId | None = None
    stopped_at: datetime | None = None
    command_key: str | None = None
    version: int = 1

    def is_for(self, area_id: AreaId | None) -> bool:
        """Whether cases of this area are among those it is for."""
        return not self.areas or area_id in self.areas


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """How far the letters of a notice have come; together they are everybody it is for.

    Attributes:
        unread: taken back since it was approved, until somebody on the case has read them again.
        elsewise: people who are visited or written to on paper.
    """

    waiting: int = 0
    scheduled: int = 0
    sent: int = 0
    unread: int = 0
    elsewise: int = 0


_COUNTED: Final = {
    LetterState.DRAFT: "waiting",
    LetterState.LINTED: "waiting",
    LetterState.PENDING_APPROVAL: "waiting",
    LetterState.APPROVED: "scheduled",
    LetterState.SCHEDULED: "scheduled",
    LetterState.HELD: "unread",
    LetterState.SENT: "sent",
}
_WHY: Final = {
    Reason.NOT_LINKED: NotThisWay.NOT_LINKED,
    Reason.BLOCKED: NotThisWay.NOT_LINKED,
    Reason.STOPPED_BY_PERSON: NotThisWay.NO_CONSENT,
    Reason.CONSENT_CHANGED: NotThisWay.NO_CONSENT,
    Reason.RESTING: NotThisWay.RESTING,
    Reason.TOO_SOON: NotThisWay.TOO_SOON,
    Reason.NEW_FACT: NotThisWay.NEWS_UNREAD,
    Reason.WITHDRAWN_BY_STAFF: NotThisWay.STOPPED_HERE,
}
_CANCELS: Final = {
    NotThisWay.NOT_LINKED: Reason.NOT_LINKED,
    NotThisWay.NO_CONSENT: Reason.CONSENT_CHANGED,
    NotThisWay.RESTING: Reason.RESTING,
    NotThisWay.TOO_SOON: Reason.TOO_SOON,
    NotThisWay.NEWS_UNREAD: Reason.NEW_FACT,
    NotThisWay.NO_HOUR: Reason.WINDOW_CLOSED,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """Whom a notice reaches, and who is left to colleagues."""

    counts: Counts = field(default_factory=Counts)
    elsewise: tuple[LeftOut, ...] = ()


def reach_of(notice: Notice, letters: Iterable[Letter]) -> Reach:
    """How far a notice has come, from its letters as they stand."""
    tally = dict.fromkeys(Counts.__slots__, 0)
    gone = list(notice.left_out)
    for letter in letters:
        counted = _COUNTED.get(letter.state)
        if counted is None:
            gone.append(LeftOut(case_id=letter.case_id, why=_why(letter)))
        else:
            tally[counted] += 1
    return Reach(counts=Counts(**(tally | {"elsewise": len(gone)})), elsewise=tuple(gone))


def _why(letter: Letter) -> NotThisWay:
    if letter.reason is None:
        return NotThisWay.NOT_SENT
    return _WHY.get(letter.reason, NotThisWay.NOT_SENT)


def cancels_as(why: NotThisWay) -> Reason:
    """The reason that a letter ends with, when it cannot go this way any more."""
    return _CANCELS.get(why, Reason.LEFT_OUT)


def require_bulk_notice(roles: Iterable[Role], *, in_disaster: bool) -> Role:
    """Refuse a bulk welfare notice but the municipality's own, in a disaster (R-087).

    Raises:
        NotByTheMunicipality: another role, or no disaster.
    """
    if Role.MUNICIPAL_OFFICER not in roles or not in_disaster:
        raise NotByTheMunicipality(allowed="ask_municipal_officer,letters_one_by_one")
    return Role.MUNICIPAL_OFFICER


def require_occasion(occasion: Occasion) -> None:
    """Refuse an occasion that lacks what it rests on (R-087).

    Raises:
        OccasionIncomplete: facts `missing`, `allowed`.
    """
    said = {"name": occasion.name, "reason": occasion.reason, "ground": occasion.ground}
    missing = [name for name, text in said.items() if not text.strip()]
    if occasion.until < occasion.since:
        missing.append("until")
    if missing:
        raise OccasionIncomplete(missing=",".join(missing), allowed="FILL_IN")


def approving_role(staff: Staff, agencies: dict[AgencyId, Agency]) -> Role | None:
    """In which role this colleague may approve a notice; None where they may not.

    [D] an officer of the municipality, or an approver of letters who works for it.
    """
    if not staff.active:
        return None
    if Role.MUNICIPAL_OFFICER in staff.roles:
        return Role.MUNICIPAL_OFFICER
    agency = None if staff.agency_id is None else agencies.get(staff.agency_id)
    works_there = agency is not None and agency.is_municipality
    approves = Role.MESSAGE_APPROVER in staff.roles
    return Role.MESSAGE_APPROVER if works_there and approves else None


def require_approver_of(notice: Notice, staff: Staff, role: Role | None) -> Role:
    """Refuse whoever is not of the municipality, and the author (R-087, G-06).

    Raises:
        NotByTheMunicipality, OwnNotice.
    """
    if role is None:
        raise NotByTheMunicipality(allowed="ask_municipal_officer,letters_one_by_one")
    if notice.author_id == staff.id:
        raise OwnNotice()
    return role


def approved(notice: Notice, *, by: StaffId, at: datetime) -> Notice:
    """The notice once a second person has read it.

    Raises:
        NoticeMovedOn: it does not wait any more.
    """
    if notice.state is not NoticeState.WAITING:
        raise NoticeMovedOn(state=notice.state.value)
    return replace(
        notice,
        state=NoticeState.APPROVED,
        approved_by=by,
        approved_at=at,
        version=notice.version + 1,
    )


def stopped(notice: Notice, *, by: StaffId, at: datetime) -> Notice:
    """The notice once it is stopped; what has left has left.

    Raises:
        NoticeMovedOn: it was stopped before.
    """
    if notice.state is NoticeState.STOPPED:
        raise NoticeMovedOn(state=notice.state.value)
    return replace(
        notice, state=NoticeState.STOPPED, stopped_by=by, stopped_at=at, version=notice.version + 1
    )


def event_of(
    notice: Notice,
    action: str,
    *,
    by: StaffId,
    role: Role,
    at: datetime,
    was: NoticeState | None = None,
    evidence: tuple[str, ...] = (),
) -> AuditEvent:
    """What the trail keeps of a step; the occasion's words stay with the notice."""
    return AuditEvent(
        action=action,
        at=at,
        actor=by,
        role=role.value,
        subject=notice.id,
        was="" if was is None else was.value,
        now=notice.state.value,
        reason=notice.occasion.kind.value,
        evidence=(f"version={notice.version}", f"mode={notice.mode.value}", *evidence),
    )
