"""The ledger of consents as a meeting sees it: lines in force, reduced to plain values."""

from collections.abc import Iterable
from datetime import date, datetime, tzinfo

from core.consent.ledger import ConsentLine
from core.consent.scopes import (
    AgencyScope,
    AttendScope,
    FamilyScope,
    MeetingScope,
    ServiceScope,
)
from core.days import local_day
from core.ids import PersonId
from core.meetings.ids import BodyId, MeetingId
from core.meetings.shares import AgencyShare, FamilyShare, MeetingShare, Shares


def shares_from(ledger: Iterable[ConsentLine], *, today: date) -> dict[PersonId, Shares]:
    """What each person allows on this local day; who has no line in force is not in it.

    A `MeetingScope` names the body by its id, and a `FamilyScope` the relative by theirs.
    Permission to write over LINE, and to collect information, say nothing of meetings.
    """
    given: dict[PersonId, list[ConsentLine]] = {}
    for line in ledger:
        if line.in_force(today):
            given.setdefault(line.subject, []).append(line)
    return {person: _shares(lines) for person, lines in given.items()}


def shares_at(ledger: Iterable[ConsentLine], *, at: datetime, tz: tzinfo) -> dict[PersonId, Shares]:
    """What each person had allowed at a moment, also where it was withdrawn or replaced since.

    For a sitting that is written down after it took place (M6): what was lawful in the room is
    what counts.
    """
    lines = tuple(ledger)
    begun = {line.id: line.given_at for line in lines}
    given: dict[PersonId, list[ConsentLine]] = {}
    for line in lines:
        wider = begun.get(line.replaced_by) if line.replaced_by is not None else None
        over = [moment for moment in (line.withdrawn_at, wider) if moment is not None]
        if line.expires_on is not None and line.expires_on <= local_day(at, tz=tz):
            continue
        if line.given_at is not None and line.given_at <= at and all(at < end for end in over):
            given.setdefault(line.subject, []).append(line)
    return {person: _shares(own) for person, own in given.items()}


def _shares(lines: list[ConsentLine]) -> Shares:
    scopes = [line.scope for line in lines]
    return Shares(
        meetings=frozenset(
            MeetingShare(body_id=BodyId(scope.body), roster=scope.membership_version)
            for scope in scopes
            if isinstance(scope, MeetingScope)
        ),
        agencies=frozenset(
            AgencyShare(agency_id=agency, topics=scope.topics)
            for scope in scopes
            if isinstance(scope, AgencyScope)
            for agency in scope.agencies
        ),
        programmes=frozenset(s.programme for s in scopes if isinstance(s, ServiceScope)),
        relatives=frozenset(
            FamilyShare(relative=PersonId(scope.relative), topics=scope.topics)
            for scope in scopes
            if isinstance(scope, FamilyScope)
        ),
        attends=frozenset(MeetingId(s.meeting) for s in scopes if isinstance(s, AttendScope)),
    )
