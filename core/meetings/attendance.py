"""Whose seat has to be filled for an item, and whom one might ask besides (R-031 to R-037)."""

import enum
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from core.basis import Basis
from core.errors import CaseworkError
from core.fields import Field
from core.meetings.bodies import MeetingBody, Participant, SeatKind
from core.meetings.ids import MeetingId
from core.meetings.items import AgendaItem, Excuse
from core.meetings.shares import Shares
from core.programmes import PLANNING, Programme


class SuggestionReason(enum.StrEnum):
    """Why somebody is suggested, or a size is warned of; never blocks."""

    PUBLIC_ASSISTANCE_CONSIDERED = "PUBLIC_ASSISTANCE_CONSIDERED"
    WORK_SUPPORT_NEEDED = "WORK_SUPPORT_NEEDED"
    PUPIL_CONCERNED = "PUPIL_CONCERNED"
    OBJECTIVE_VIEW = "OBJECTIVE_VIEW"
    TOO_MANY_TO_BE_NIMBLE = "TOO_MANY_TO_BE_NIMBLE"


class MandatoryAbsent(CaseworkError):
    """The municipality and the multi-agency provider are at every 重層的支援会議.

    Facts: `seats`, `allowed`.
    """

    rule = "R-031"


class ProviderAbsent(CaseworkError):
    """The providers of outreach and of participation support attend too.

    Facts: `seats`, `allowed`.
    """

    rule = "R-032"


class ReferrerAbsentUnexplained(CaseworkError):
    """The consultation provider that brought the case attends, or its absence has a reason.

    Facts: `seats`, `allowed`.
    """

    rule = "R-033"


class OwnSeatAbsent(CaseworkError):
    """The town's own rules name this seat as always filled. Facts: `seats`, `allowed`."""

    rule = "R-091"


class PersonNotUrged(CaseworkError):
    """The person comes if it does them good and they wish it; nobody urges or reminds.

    Facts: `lacks` (judgement, attend), `allowed`.
    """

    rule = "R-036"


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """One prompt for the secretariat, with its reason and rule. Desirable, not blocking."""

    seat: SeatKind
    reason: SuggestionReason
    rule: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SeatNeed:
    """A seat that has to be filled, and the refusal when it is not.

    Attributes:
        excusable: absence with a recorded reason is enough (R-033).
    """

    seat: SeatKind
    refusal: type[CaseworkError]
    excusable: bool = False


_PROVIDERS: Final = (
    (Programme.OUTREACH, SeatKind.OUTREACH),
    (Programme.PARTICIPATION, SeatKind.PARTICIPATION),
)


def seats_needed(
    item: AgendaItem, *, body: MeetingBody, runs: Collection[Programme] = PLANNING
) -> tuple[SeatNeed, ...]:
    """The seats without which the item may not be held.

    Args:
        runs: the programmes this town runs; a provider that does not exist is not waited for.
    """
    needed: list[SeatNeed] = []
    if body.basis is Basis.JUSO:
        needed.append(SeatNeed(seat=SeatKind.MUNICIPALITY, refusal=MandatoryAbsent))
        needed.append(SeatNeed(seat=SeatKind.MULTI_AGENCY, refusal=MandatoryAbsent))
        needed += [
            SeatNeed(seat=seat, refusal=ProviderAbsent)
            for programme, seat in _PROVIDERS
            if programme in runs
        ]
        if item.referrer_agency_id is not None:
            referrer = SeatKind.CONSULTATION
            needed.append(
                SeatNeed(seat=referrer, refusal=ReferrerAbsentUnexplained, excusable=True)
            )
    known = {need.seat for need in needed}
    own = sorted(body.mandatory - known)
    return (*needed, *(SeatNeed(seat=seat, refusal=OwnSeatAbsent) for seat in own))


def missing(
    item: AgendaItem,
    *,
    body: MeetingBody,
    present: Iterable[Participant],
    excuses: Iterable[Excuse] = (),
    runs: Collection[Programme] = PLANNING,
) -> tuple[SeatNeed, ...]:
    """The needed seats that nobody present fills and no reason excuses."""
    people = tuple(present)
    excused = {excuse.seat for excuse in excuses if excuse.reason.strip()}
    return tuple(
        need
        for need in seats_needed(item, body=body, runs=runs)
        if not _is_filled(need.seat, item=item, people=people)
        and not (need.excusable and need.seat in excused)
    )


def require_attendance(
    item: AgendaItem,
    *,
    body: MeetingBody,
    present: Iterable[Participant],
    runs: Collection[Programme] = PLANNING,
) -> None:
    """Refuse an item held without those who have to be there (M6).

    Raises:
        MandatoryAbsent, ProviderAbsent, ReferrerAbsentUnexplained, OwnSeatAbsent: R-031 to
            R-033 and R-091; fact `seats` names every empty seat of that rule.
    """
    absent = missing(item, body=body, present=present, excuses=item.excuses, runs=runs)
    if absent:
        refusal = absent[0].refusal
        seats = ",".join(need.seat.value for need in absent if need.refusal is refusal)
        ways = "postpone,join_online" + (",give_reason" if absent[0].excusable else "")
        raise refusal(seats=seats, allowed=ways)


def suggestions(
    item: AgendaItem, *, body: MeetingBody, invited: Iterable[Participant]
) -> tuple[Suggestion, ...]:
    """Whom the secretariat might ask, and why; and whether the table grows too large.

    From the item's content (R-034), for an objective view (R-037), for nimbleness (R-035).
    """
    people = tuple(invited)
    wanted = (
        (Field.PUBLIC_ASSIST in item.fields, SeatKind.PUBLIC_ASSISTANCE, "R-034"),
        (Field.LABOR in item.fields, SeatKind.EMPLOYMENT, "R-034"),
        (item.is_pupil or Field.EDU in item.fields, SeatKind.SCHOOL, "R-034"),
        (True, SeatKind.REVIEWER, "R-037"),
    )
    found = [
        Suggestion(seat=seat, reason=_WHY[seat], rule=rule)
        for applies, seat, rule in wanted
        if applies and not _is_filled(seat, item=item, people=people)
    ]
    community = sum(SeatKind.COMMUNITY in p.stands_for for p in people)
    if body.most_community is not None and community > body.most_community:
        reason = SuggestionReason.TOO_MANY_TO_BE_NIMBLE
        found.append(Suggestion(seat=SeatKind.COMMUNITY, reason=reason, rule="R-035"))
    return tuple(found)


def require_person_may_come(shares: Shares, *, meeting_id: MeetingId, judgement: str) -> None:
    """Refuse to invite the person without a worker's judgement, or without their own wish.

    Args:
        judgement: the worker's note why it would do the person good; staff text.

    Raises:
        PersonNotUrged: R-036; there is no reminder to the person in any case.
    """
    if not judgement.strip():
        raise PersonNotUrged(lacks="judgement", allowed="note_judgement,meet_without_person")
    if meeting_id not in shares.attends:
        raise PersonNotUrged(lacks="attend", allowed="record_attend,meet_without_person")


_WHY: Final[dict[SeatKind, SuggestionReason]] = {
    SeatKind.PUBLIC_ASSISTANCE: SuggestionReason.PUBLIC_ASSISTANCE_CONSIDERED,
    SeatKind.EMPLOYMENT: SuggestionReason.WORK_SUPPORT_NEEDED,
    SeatKind.SCHOOL: SuggestionReason.PUPIL_CONCERNED,
    SeatKind.REVIEWER: SuggestionReason.OBJECTIVE_VIEW,
}


def _is_filled(seat: SeatKind, *, item: AgendaItem, people: Iterable[Participant]) -> bool:
    if seat is SeatKind.CONSULTATION and item.referrer_agency_id is not None:
        return any(p.agency_id == item.referrer_agency_id for p in people)
    return any(seat in p.stands_for for p in people)
