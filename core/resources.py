"""Places where a person takes part, their hosts, matches in steps, and gaps (DOMAIN §2.8)."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from core.agencies import Role
from core.audit import AuditEvent
from core.errors import CaseworkError
from core.ids import AgencyId, CaseId, GapId, MatchId, MunicipalityId, PersonId, PlaceId, StaffId


class PlaceKind(enum.StrEnum):
    """What kind of place it is."""

    IBASHO = "IBASHO"
    SALON = "SALON"
    COMMUNITY_MEAL = "COMMUNITY_MEAL"
    CHILD_CAFETERIA = "CHILD_CAFETERIA"
    SHELTER = "SHELTER"
    WORK_TRIAL = "WORK_TRIAL"
    WORK_PREPARATION = "WORK_PREPARATION"
    FARM = "FARM"
    VOLUNTEER_ROLE = "VOLUNTEER_ROLE"
    LEARNING = "LEARNING"


class MatchState(enum.StrEnum):
    """Steps of a match: proposal is staged (S0 第3-2(4)①); a step back is always open."""

    TOLD_OF = "TOLD_OF"
    VISITED = "VISITED"
    TRIAL = "TRIAL"
    SETTLING = "SETTLING"
    STABLE = "STABLE"
    ENDED = "ENDED"


_S = MatchState
# One step at a time onwards; back or out at any time. Ties outlast the issue: an ended
# match may be taken up again, whatever became of the case.
MATCH_MOVES: Final[dict[MatchState, frozenset[MatchState]]] = {
    _S.TOLD_OF: frozenset({_S.VISITED, _S.ENDED}),
    _S.VISITED: frozenset({_S.TRIAL, _S.TOLD_OF, _S.ENDED}),
    _S.TRIAL: frozenset({_S.SETTLING, _S.VISITED, _S.TOLD_OF, _S.ENDED}),
    _S.SETTLING: frozenset({_S.STABLE, _S.TRIAL, _S.VISITED, _S.TOLD_OF, _S.ENDED}),
    _S.STABLE: frozenset({_S.SETTLING, _S.TRIAL, _S.ENDED}),
    _S.ENDED: frozenset({_S.TOLD_OF, _S.VISITED}),
}


# [D] who goes with somebody to a place.
MATCHING: Final = frozenset(
    {Role.PARTICIPATION_WORKER, Role.OUTREACH_WORKER, Role.COORDINATOR, Role.CASE_LEAD}
)


class MatchStepTooFar(CaseworkError):
    """Participation is offered in steps (R-064). Facts: `from`, `asked`, `allowed`."""

    rule = "R-064"


class HostNotAssessed(CaseworkError):
    """The host's situation is assessed before anybody tries the place (R-064).

    Facts: `missing`, `allowed`.
    """

    rule = "R-064"


class PersonNotAsked(CaseworkError):
    """Every step of a match is the person's own wish (R-064). Facts: `allowed`."""

    rule = "R-064"


class HostWithoutHelp(CaseworkError):
    """A host with worries gets help before the match is called stable (R-064).

    Facts: `missing`, `allowed`.
    """

    rule = "R-064"


class CostNotActual(CaseworkError):
    """Thanks to a host are the actual cost, with a note of what for (R-072).

    Facts: `missing`, `allowed`.
    """

    rule = "R-072"


class PlaceStaysOpen(CaseworkError):
    """A solved issue or a closed case is no reason to end a match (R-073). Facts: `allowed`."""

    rule = "R-073"


@dataclass(frozen=True, kw_only=True, slots=True)
class HostSupport:
    """One act of help for the host (受け入れ先への支援)."""

    on: date
    by: StaffId
    what: str


@dataclass(frozen=True, kw_only=True, slots=True)
class HostExpense:
    """An expense note: the host's actual cost (S0 第3-2(3)③).

    Attributes:
        yen: whole yen.
    """

    on: date
    yen: int
    what_for: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ParticipationPlace:
    """A place, and what is known of its host. Holds no facts of any person.

    Attributes:
        capacity: people at one time; None means not settled.
        widens: may be used beyond its scheme (制度外).
        assessed_on, situation: when and how the host's situation was looked at (R-064).
        worries: what worries the host; support: what was done about it.
        reimburses: its actual cost may be paid (R-072).
        vacancy_checked_on: when somebody last asked.
        opened_on: for the month's figures.
    """

    id: PlaceId
    municipality_id: MunicipalityId
    kind: PlaceKind
    name: str
    host_agency_id: AgencyId
    capacity: int | None = None
    age_mix: str = ""
    conditions: str = ""
    widens: bool = False
    assessed_on: date | None = None
    situation: str = ""
    worries: tuple[str, ...] = ()
    support: tuple[HostSupport, ...] = ()
    reimburses: bool = False
    expenses: tuple[HostExpense, ...] = ()
    vacancy_checked_on: date | None = None
    opened_on: date | None = None
    version: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """A person and a place, in steps.

    Attributes:
        trials: days on which it was tried.
        host_visits: days on which the worker visited the host.
        stable_since: since when the tie holds by itself.
    """

    id: MatchId
    municipality_id: MunicipalityId
    case_id: CaseId
    person_id: PersonId
    place_id: PlaceId
    state: MatchState = MatchState.TOLD_OF
    trials: tuple[date, ...] = ()
    host_visits: tuple[date, ...] = ()
    stable_since: date | None = None
    ended_on: date | None = None
    version: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class MatchMoved:
    """The match after a step, and what the trail keeps of it."""

    match: Match
    event: AuditEvent


def move_match(
    match: Match,
    *,
    to: MatchState,
    place: ParticipationPlace,
    person_wishes: bool,
    by: StaffId,
    role: str,
    at: datetime,
    on: date,
    because_solved: bool = False,
) -> MatchMoved:
    """One step of a match, onwards, back or out (R-064, R-073).

    Args:
        person_wishes: the person wants this step; not asked of leaving.
        because_solved: somebody would end it because the issue is solved or the case closed.

    Raises:
        MatchStepTooFar: more than one step at a time.
        PersonNotAsked: the person did not wish it.
        HostNotAssessed: a trial at a place whose host nobody looked at.
        HostWithoutHelp: called stable while the host's worries were met with nothing.
        PlaceStaysOpen: it would end only because the issue is solved.
    """
    if to not in MATCH_MOVES[match.state]:
        allowed = ",".join(sorted(MATCH_MOVES[match.state]))
        raise MatchStepTooFar(asked=to.value, allowed=allowed, **{"from": match.state.value})
    if to is MatchState.ENDED and because_solved:
        raise PlaceStaysOpen(allowed=match.state.value)
    if to is not MatchState.ENDED and not person_wishes:
        raise PersonNotAsked(allowed=f"{match.state.value},ENDED")
    if to is MatchState.TRIAL and (place.assessed_on is None or not place.situation.strip()):
        raise HostNotAssessed(missing="situation", allowed=MatchState.VISITED.value)
    if to is MatchState.STABLE and place.worries and not place.support:
        raise HostWithoutHelp(missing="support", allowed=MatchState.SETTLING.value)
    moved = replace(
        match,
        state=to,
        trials=(*match.trials, on) if to is MatchState.TRIAL else match.trials,
        stable_since=on if to is MatchState.STABLE else None,
        ended_on=on if to is MatchState.ENDED else None,
        version=match.version + 1,
    )
    event = AuditEvent(
        action=f"match.{to.value.lower()}",
        at=at,
        actor=by,
        role=role,
        subject=match.id,
        case_id=match.case_id,
        was=match.state.value,
        now=to.value,
        evidence=(f"place={match.place_id}",),
    )
    return MatchMoved(match=moved, event=event)


def note_expense(place: ParticipationPlace, *, expense: HostExpense) -> ParticipationPlace:
    """Write down the host's actual cost (R-072).

    Raises:
        CostNotActual: the place is not reimbursed, no amount, or nothing says what for.
    """
    missing = [] if place.reimburses else ["reimburses"]
    if expense.yen <= 0:
        missing.append("yen")
    if not expense.what_for.strip():
        missing.append("what_for")
    if missing:
        raise CostNotActual(missing=",".join(missing), allowed="EXPENSE_NOTE")
    return replace(place, expenses=(*place.expenses, expense), version=place.version + 1)


def to_propose(places: Iterable[ParticipationPlace]) -> list[ParticipationPlace]:
    """Those whose vacancy was asked last first; nobody is told of a place that is full (R-064)."""
    return sorted(places, key=lambda p: (p.vacancy_checked_on or date.min, p.id), reverse=True)


class GapState(enum.StrEnum):
    """A gap is open, forwarded to a body, or closed by a new resource."""

    OPEN = "OPEN"
    FORWARDED = "FORWARDED"
    CLOSED = "CLOSED"


class GapUnforwarded(CaseworkError):
    """A lacking resource goes to a body that can make one (R-051). Facts: `missing`, `allowed`."""

    rule = "R-051"


@dataclass(frozen=True, kw_only=True, slots=True)
class ResourceGap:
    """社会資源の不足: found in a meeting, forwarded to a body (S0 第4-4(2)①).

    Attributes:
        description: what is lacking; names nobody.
        found_in: id of the meeting, or empty where a worker found it.
        forwarded_to: which body or forum.
    """

    id: GapId
    municipality_id: MunicipalityId
    description: str
    found_on: date
    found_in: str = ""
    state: GapState = GapState.OPEN
    forwarded_to: str = ""
    forwarded_on: date | None = None
    closed_by: PlaceId | None = None
    version: int = 1


def forward_gap(gap: ResourceGap, *, to: str, on: date) -> ResourceGap:
    """Hand a gap to another body; a long debate about it belongs there (R-051).

    Raises:
        GapUnforwarded: no body is named, or the gap is closed.
    """
    if not to.strip() or gap.state is GapState.CLOSED:
        raise GapUnforwarded(missing="forwarded_to", allowed="NAME_BODY")
    return replace(
        gap, state=GapState.FORWARDED, forwarded_to=to, forwarded_on=on, version=gap.version + 1
    )


def close_gap(gap: ResourceGap, *, place_id: PlaceId) -> ResourceGap:
    """A new place fills the gap."""
    return replace(gap, state=GapState.CLOSED, closed_by=place_id, version=gap.version + 1)
