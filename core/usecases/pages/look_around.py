"""See on one's own page the leaflets that one was sent, and the places one was told of."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from core.days import local_day
from core.ids import LeafletId
from core.leaflets import Leaflet
from core.letters import LetterState
from core.page_steps import PageKey, come_in
from core.people import LanguageStyle
from core.ports import UnitOfWork
from core.resources import MatchState, PlaceKind


@dataclass(frozen=True, kw_only=True, slots=True)
class LeafletOffered:
    """A leaflet that came with a letter; `root_id` names all its editions."""

    root_id: LeafletId
    title: str
    issuer: str
    until: date
    is_over: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceOffered:
    """A place that the person was told of, and how near they have come (R-064)."""

    name: str
    kind: PlaceKind
    conditions: str
    step: MatchState


@dataclass(frozen=True, kw_only=True, slots=True)
class AroundView:
    """What there is around; nobody has to go anywhere."""

    account: str
    style: LanguageStyle
    leaflets: tuple[LeafletOffered, ...]
    places: tuple[PlaceOffered, ...]


async def look_around(uow: UnitOfWork, key: PageKey, *, at: datetime, tz: tzinfo) -> AroundView:
    """It reads only. Places are those that somebody has told the person of, step by step.

    Raises:
        NotFound: the link opens nothing. PinNeeded.
    """
    async with uow.read() as work:
        visit = await come_in(work, key, at=at)
        leaflets: dict[LeafletId, LeafletOffered] = {}
        places = []
        for case in await work.cases.of_person(visit.person.id):
            letters = await work.letters.of_case(case.id)
            sent = [one.id for one in letters if one.state is LetterState.SENT]
            for link in await work.leaflets.links_of(sent):
                leaflet = await work.leaflets.current(link.root_id)
                if leaflet is not None and link.revoked_at is None:
                    leaflets.setdefault(link.root_id, _offered(leaflet, at=at, tz=tz))
            for match in await work.resources.matches_of_case(case.id):
                if match.person_id == visit.person.id and match.state is not MatchState.ENDED:
                    place = await work.resources.place(match.place_id)
                    places.append(
                        PlaceOffered(
                            name=place.name,
                            kind=place.kind,
                            conditions=place.conditions,
                            step=match.state,
                        )
                    )
        return AroundView(
            account=(await work.towns.get()).account_name,
            style=visit.person.language_style,
            leaflets=tuple(leaflets.values()),
            places=tuple(places),
        )


def _offered(leaflet: Leaflet, *, at: datetime, tz: tzinfo) -> LeafletOffered:
    return LeafletOffered(
        root_id=leaflet.root_id,
        title=leaflet.title,
        issuer=leaflet.issuer,
        until=leaflet.valid_until,
        is_over=local_day(at, tz=tz) > leaflet.valid_until,
    )
