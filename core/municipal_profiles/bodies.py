"""Under which name a body meets here, with which seats, and when next (R-039, R-091)."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from core.basis import Basis
from core.ids import MunicipalityId
from core.meetings.bodies import MeetingBody, SeatKind
from core.meetings.ids import BodyId
from core.meetings.pledge_text import PledgeText
from core.municipal_profiles.cadence import Offer, Rhythm, offers
from core.municipal_profiles.profile import Body, Guest, MunicipalProfile

_TITLED: Final = (SeatKind.CHAIR, SeatKind.SECRETARIAT, SeatKind.CLERK)


@dataclass(frozen=True, kw_only=True, slots=True)
class FilledSeat:
    """A seat as a screen shows it before anybody has typed: 議長 · 福祉事務所長."""

    title: str
    seat: SeatKind
    held_by: str


def body_name(profile: MunicipalProfile, basis: Basis) -> str | None:
    """What people here call the body of this legal kind; None where there is none."""
    return next((body.name for body in profile.bodies if body.basis is basis), None)


def filled_seats(body: Body) -> tuple[FilledSeat, ...]:
    """The seats filled at each meeting by the town's own rules, in its own order."""
    return tuple(
        FilledSeat(title=seat.title, seat=seat.seat, held_by=seat.held_by) for seat in body.seats
    )


def guests_needing_notice(body: Body) -> tuple[Guest, ...]:
    """Who comes for a case only, and is given the notice of secrecy beforehand."""
    return tuple(guest for guest in body.guests if guest.temporary)


def next_meetings(
    body: Body, *, after: date, closed_days: frozenset[date] = frozenset(), count: int = 3
) -> tuple[Offer, ...]:
    """When this body meets next.

    A body whose cadence the town has not said meets whenever it is asked to.
    """
    if body.cadence is None or body.cadence.rhythm is Rhythm.ANY_TIME:
        return (Offer(earliest=after, latest=after, ad_hoc=True),)
    return offers(body.cadence, after=after, closed_days=closed_days, count=count)


def body_id_of(profile: MunicipalProfile, code: str) -> BodyId:
    """The id under which a body of the profile is kept: the same at each loading."""
    return BodyId(f"{profile.key}-{code}")


def own_body(profile: MunicipalProfile | None, body_id: BodyId) -> Body | None:
    """What the profile says of the body kept under this id."""
    bodies = () if profile is None else profile.bodies
    return next((b for b in bodies if profile and body_id_of(profile, b.code) == body_id), None)


def meeting_body(
    body: Body,
    *,
    id: BodyId,
    municipality_id: MunicipalityId,
    pledge_text: PledgeText | None = None,
) -> MeetingBody:
    """The body as meetings know it, still without members."""
    titles = {seat.seat: seat.held_by or seat.title for seat in body.seats if seat.seat in _TITLED}
    return MeetingBody(
        id=id,
        municipality_id=municipality_id,
        basis=body.basis,
        name=body.name,
        mandatory=frozenset(seat.seat for seat in body.seats),
        establishment_rule=body.establishment_rule,
        statutory_basis=body.statutory_basis,
        host_is_contractor=body.host_is_contractor,
        most_community=body.most_community,
        chair_title=titles.get(SeatKind.CHAIR, ""),
        secretariat_title=titles.get(SeatKind.SECRETARIAT, ""),
        clerk_title=titles.get(SeatKind.CLERK, ""),
        pledge_text=pledge_text,
    )
