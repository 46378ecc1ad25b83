"""What law an agenda item stands on: computed from consent, per item (R-039, M2).

    every person concerned shares with the people on the list  ->  JUSO
    anybody does not                                           ->  SHIEN, never JUSO
    PROGRESS, with consent, may be a CASE talk                     (R-048)
    another scheme's body, with its own statute of secrecy     ->  OTHER (R-054)

At the four timings it is JUSO whenever consent exists (R-030, M5).
"""

from collections.abc import Collection, Iterable
from dataclasses import replace

from core.basis import Basis
from core.errors import CaseworkError
from core.meetings.bodies import MeetingBody, require_set_up
from core.meetings.items import (
    FOUR_TIMINGS,
    MAKES_PLAN,
    AgendaItem,
    AgendaPurpose,
    Ground,
    GroundReason,
    require_subjects,
)
from core.meetings.shares import NOTHING, SharesOf, all_agree


class ShienPurposeMissing(CaseworkError):
    """An item of a 支援会議 says for which of its four purposes it is put on.

    Facts: `allowed` (the purposes).
    """

    rule = "R-040"


class CaseTalkNotEnough(CaseworkError):
    """A case talk serves progress only, never the four timings.

    Facts: `purpose`, `allowed`.
    """

    rule = "R-048"


class TimingNeedsOwnMeeting(CaseworkError):
    """Another scheme's body does not stand in for the meeting of the four timings.

    Facts: `purpose`, `allowed`.
    """

    rule = "R-030"


def ground_of(item: AgendaItem, *, bodies: Collection[MeetingBody], shares: SharesOf) -> Ground:
    """The ground of an item, by the consents and lists of this moment.

    Args:
        bodies: the bodies before which this case may come (its area's); where there are several
            of one kind, `item.body_id` names one, else the first is taken.

    Raises:
        SubjectsMissing: the item does not say who is concerned.
        BodyNotSetUp: the body that the law asks for does not exist here (R-039, R-054).
        ShienPurposeMissing: it comes to a 支援会議 without one of the four purposes (R-040).
        CaseTalkNotEnough: a case talk was asked for anything but progress (R-048).
        TimingNeedsOwnMeeting: one of the four timings before another scheme's body (R-030).
    """
    require_subjects(item)
    by_kind = {basis: _chosen(item, bodies, basis=basis) for basis in Basis}
    if item.wish is Basis.CASE and item.purpose is not AgendaPurpose.PROGRESS:
        raise CaseTalkNotEnough(purpose=item.purpose.value, allowed="JUSO,SHIEN")
    if item.wish is Basis.OTHER:
        return _other(item, by_kind[Basis.OTHER])
    talk = by_kind[Basis.CASE]
    if item.wish is Basis.CASE and talk is not None and _all_name(item, talk, shares):
        return _ground(talk, reasons={GroundReason.SHARE_COVERS, GroundReason.PROGRESS_TALK})
    against = _against_sharing(item, by_kind[Basis.JUSO], shares)
    if against:
        return _shien(item, by_kind[Basis.SHIEN], reasons=against)
    if item.purpose in FOUR_TIMINGS:
        return _juso(item, by_kind[Basis.JUSO], reason=GroundReason.FOUR_TIMINGS)
    if item.wish is Basis.SHIEN:
        asked = frozenset({GroundReason.ASKED_FOR})
        return _shien(item, by_kind[Basis.SHIEN], reasons=asked)
    if item.wish is Basis.CASE:
        body = require_set_up(by_kind[Basis.CASE], basis=Basis.CASE)
        return _ground(body, reasons={GroundReason.SHARE_COVERS, GroundReason.PROGRESS_TALK})
    return _juso(item, by_kind[Basis.JUSO])


def typed(item: AgendaItem, *, bodies: Collection[MeetingBody], shares: SharesOf) -> AgendaItem:
    """The item with the ground of this moment. Raises as `ground_of`."""
    return replace(item, ground=ground_of(item, bodies=bodies, shares=shares))


def still_stands(item: AgendaItem, *, bodies: Collection[MeetingBody], shares: SharesOf) -> bool:
    """Whether consents and lists of this moment would give the item the ground it has.

    A list that changed without anybody new leaves the ground as it was. A 支援会議 stands on the
    law, so consent that came later leaves its items there, save at the four timings (M5).
    """
    held = item.ground
    if held is None:
        return False
    if held.basis is Basis.SHIEN and item.purpose not in FOUR_TIMINGS:
        item = replace(item, wish=Basis.SHIEN)
    try:
        fresh = ground_of(item, bodies=bodies, shares=shares)
    except CaseworkError:
        return False
    return (fresh.basis, fresh.body_id) == (held.basis, held.body_id)


def _chosen(
    item: AgendaItem, bodies: Collection[MeetingBody], *, basis: Basis
) -> MeetingBody | None:
    of_kind = [body for body in bodies if body.basis is basis]
    named = [body for body in of_kind if body.id == item.body_id]
    return next(iter(named or of_kind), None)


def _against_sharing(
    item: AgendaItem, juso: MeetingBody | None, shares: SharesOf
) -> frozenset[GroundReason]:
    """Why consent does not carry the item into a 重層的支援会議; empty when it does."""
    against = set()
    for person in item.subjects:
        given = shares.get(person, NOTHING)
        if juso is None or not given.names(juso):
            against.add(GroundReason.NO_SHARE)
        elif not given.covers(juso):
            against.add(GroundReason.ROSTER_WIDENED)
    if item.purpose in MAKES_PLAN and item.person_id is not None:
        uses = shares.get(item.person_id, NOTHING).programmes
        # A plan that names no programme is nobody's application, so it is not covered (§2.4).
        if not item.programmes or not item.programmes <= uses:
            against.add(GroundReason.NO_SERVICE_USE)
    return frozenset(against)


def _all_name(item: AgendaItem, talk: MeetingBody, shares: SharesOf) -> bool:
    """Whether everybody concerned agreed to this very talk, in a town without a 重層的支援会議."""
    return bool(item.subjects) and all_agree(item.subjects, shares, body=talk)


def _shien(
    item: AgendaItem, body: MeetingBody | None, *, reasons: frozenset[GroundReason]
) -> Ground:
    body = require_set_up(body, basis=Basis.SHIEN)
    if item.shien_purpose is None:
        raise ShienPurposeMissing(
            allowed="WORRYING_CASE,WATCH_AND_POLICY,URGENT_CASE,SUPPORT_SYSTEM"
        )
    return _ground(body, reasons=reasons)


def _juso(
    item: AgendaItem, body: MeetingBody | None, *, reason: GroundReason | None = None
) -> Ground:
    body = require_set_up(body, basis=Basis.JUSO)
    consent = GroundReason.SHARE_COVERS if item.subjects else GroundReason.NO_PERSON_CONCERNED
    return _ground(body, reasons={consent} | ({reason} if reason else set()))


def _other(item: AgendaItem, body: MeetingBody | None) -> Ground:
    if item.purpose in FOUR_TIMINGS:
        raise TimingNeedsOwnMeeting(purpose=item.purpose.value, allowed="JUSO,SHIEN")
    body = require_set_up(body, basis=Basis.OTHER)
    return _ground(body, reasons={GroundReason.OWN_STATUTE})


def _ground(body: MeetingBody, *, reasons: Iterable[GroundReason]) -> Ground:
    number = body.roster.number if body.roster else 0
    return Ground(basis=body.basis, body_id=body.id, roster=number, reasons=frozenset(reasons))
