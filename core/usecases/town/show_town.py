"""Show the town's own desk: its bodies and their people, its places and gaps, what waits."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, Final

from core.absences import Absence
from core.access import Action, may
from core.agencies import Agency, Area, Role, Staff
from core.crisis.shifts import Shift
from core.crisis_access import AlertSeen, calls_to_review, strangers_calling
from core.days import local_day
from core.ids import AgencyId, StaffId
from core.leaflets import Leaflet
from core.meetings.agendas import Sitting
from core.meetings.bodies import MeetingBody, Participant
from core.municipal_profiles.profile import MunicipalProfile
from core.notices import Notice, approving_role
from core.open_sittings import sittings_seen
from core.ports import UnitOfWork, Work
from core.profiles import StandingText, TextUse
from core.queries import QuerySeen
from core.query_steps import queries_for
from core.quota import QuotaSeen
from core.quota_steps import quota_for
from core.reading_steps import GlassSeen, glass_to_review
from core.reception import ANSWER_PREFIX, Visitor
from core.resources import ParticipationPlace, ResourceGap

SHIFTS_AHEAD: Final = timedelta(days=28)
MOST_VISITORS: Final = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class TownStory:
    """What the town has, apart from any case; names no person at home.

    Attributes:
        reader: who looks, with the roles that they hold at large or on any case.
        sittings: those on their way, with the lines of the agenda that the reader may know of.
        queries: what was brought to the reader's desk, or by them to another one.
        leaflets: every edition of the library, newest first.
        absences: of colleagues, from today on.
        shifts: who is called when nobody reads, from now on.
        calls_to_review: calls for people that wait to be looked back on, for who does that.
        visitors: who stands at the reception desk, and `answers`, with what they may be answered;
            for whoever minds the desk. Others see whom they were called for.
        quota: how LINE's month stands, for those who look after it.
        glass: reads past the usual door that wait to be looked back on, for who does that.
        notices: notices to many, newest first, for whoever may approve one.
        approves_notices: whether that is the reader (R-087).
    """

    name: str
    reader: Staff
    roles: frozenset[Role]
    areas: tuple[Area, ...]
    agencies: dict[AgencyId, Agency]
    staff: dict[StaffId, Staff]
    bodies: tuple[MeetingBody, ...]
    participants: tuple[Participant, ...]
    places: tuple[ParticipationPlace, ...]
    gaps: tuple[ResourceGap, ...]
    glass: tuple[GlassSeen, ...] = ()
    queries: tuple[QuerySeen, ...] = ()
    sittings: tuple[Sitting, ...] = ()
    leaflets: tuple[Leaflet, ...] = ()
    absences: tuple[Absence, ...] = ()
    shifts: tuple[Shift, ...] = ()
    calls_to_review: tuple[AlertSeen, ...] = ()
    visitors: tuple[Visitor, ...] = ()
    answers: tuple[StandingText, ...] = ()
    quota: QuotaSeen | None = None
    notices: tuple[Notice, ...] = ()
    approves_notices: bool = False


async def show_town(
    uow: UnitOfWork,
    *,
    by: StaffId,
    at: datetime | None = None,
    tz: tzinfo = UTC,
    profile: MunicipalProfile | None = None,
) -> TownStory:
    """The town as a colleague sees it.

    Args:
        at: now; who is away and on shift, and how LINE's month stands, is not told without it.
        profile: the town's own; it says what is seen of queries.

    Raises:
        NotFound: no such colleague.
    """
    async with uow.read() as work:
        reader = await work.staff.get(by)
        seats = await work.staff.seats_of(by)
        town = await work.towns.get()
        agencies = {agency.id: agency for agency in await work.towns.agencies()}
        approves = approving_role(reader, agencies) is not None
        return TownStory(
            name=town.name,
            reader=reader,
            roles=reader.roles | {seat.role for seat in seats},
            areas=await work.towns.areas(),
            agencies=agencies,
            staff={member.id: member for member in await work.staff.all()},
            bodies=await work.bodies.all(),
            participants=await work.bodies.participants(),
            places=await work.resources.places(),
            gaps=await work.resources.gaps(),
            glass=await glass_to_review(work, reader),
            queries=await queries_for(work, reader, profile),
            sittings=await sittings_seen(work, reader),
            leaflets=await work.leaflets.all(),
            absences=() if at is None else await work.absences.from_day(local_day(at, tz=tz)),
            quota=None if at is None else await quota_for(work, reader, at=at),
            shifts=() if at is None else await work.shifts.between(at, at + SHIFTS_AHEAD),
            calls_to_review=await calls_to_review(work, reader),
            **await _reception(work, reader),
            notices=await work.notices.all() if approves else (),
            approves_notices=approves,
        )


async def _reception(work: Work, reader: Staff) -> dict[str, Any]:
    if not may(reader, Action.READ_RECEPTION):
        called = await strangers_calling(work, reader)
        there = await work.visitors.waiting(limit=MOST_VISITORS) if called else ()
        return {"visitors": tuple(one for one in there if one.link_id in called)}
    texts = await work.towns.texts_in_force(TextUse.ACKNOWLEDGEMENT)
    return {
        "visitors": await work.visitors.waiting(limit=MOST_VISITORS),
        "answers": tuple(one for one in texts if one.name.startswith(ANSWER_PREFIX)),
    }
