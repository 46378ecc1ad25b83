"""Which leaflet may go to whom: by interest, in its time and place, once (R-026, G-20)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from core.approach import Fit, LeafletUnfit
from core.errors import CaseworkError
from core.ids import AreaId, LeafletId, PlaceId
from core.leaflets import Leaflet, LeafletState, bare_topics, require_unpressing

# What a letter says of a leaflet, without blanks and stops; in やさしい日本語 or for a leaflet that
# is read and not gone to, likewise (G-20).
_NO_NEED: Final = (
    "行っても行かなくても",
    "いってもいかなくても",
    "来ても来なくても",
    "見ても見なくても",
    "読んでも読まなくても",
    "使っても使わなくても",
)
_SHORTEST_TOPIC: Final = 2


class LeafletGiven(CaseworkError):
    """The same leaflet goes to a person once (R-026). Facts: `allowed`."""

    rule = "R-026"


class LeafletElsewhere(CaseworkError):
    """It is meant for another part of the town (R-026). Facts: `allowed`."""

    rule = "R-026"


class LeafletOver(CaseworkError):
    """An expired leaflet is never sent (G-20). Facts: `allowed`."""

    rule = "G-20"


class LeafletNotYet(CaseworkError):
    """It is not valid yet (G-20). Facts: `first`, the first day, ISO 8601."""

    rule = "G-20"


class LeafletNotReleased(CaseworkError):
    """Nobody has approved it yet, or it was taken back (G-20). Facts: `allowed`."""

    rule = "G-20"


class NoNeedUnsaid(CaseworkError):
    """A letter with a leaflet says that going is not needed (G-20). Facts: `allowed`."""

    rule = "G-20"


class Given(NamedTuple):
    """A leaflet that a person has been sent, or is about to be."""

    root_id: LeafletId
    edition: int


class LeafletStanding(NamedTuple):
    """Of a leaflet that a letter carries, what the second look reads at the moment of sending."""

    state: LeafletState
    valid_from: date
    valid_until: date

    def holds(self, on: date) -> bool:
        """Whether it may be sent on this local day."""
        valid = self.valid_from <= on <= self.valid_until
        return self.state is LeafletState.APPROVED and valid


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """A leaflet that may go to a person; `shared` are its topics that they care about."""

    leaflet: Leaflet
    shared: frozenset[str]


def shared_topics(tags: Iterable[str], *, interests: Iterable[str]) -> frozenset[str]:
    """The tags that meet an interest: the same word, or one within the other (写真, 駅の写真)."""
    cared_for = [one for one in bare_topics(interests) if len(one) >= _SHORTEST_TOPIC]
    return frozenset(
        tag
        for bare, tag in bare_topics(tags).items()
        if len(bare) >= _SHORTEST_TOPIC and any(bare in one or one in bare for one in cared_for)
    )


def was_given(leaflet: Leaflet, given: Iterable[Given]) -> bool:
    """Whether the person has this content already; a new edition counts as the same, unless
    somebody said that its content is new."""
    return any(
        one.root_id == leaflet.root_id and one.edition >= leaflet.fresh_since for one in given
    )


def require_in_force(leaflet: Leaflet, *, on: date) -> None:
    """Refuse a leaflet that may not be sent on this local day.

    Raises:
        LeafletNotReleased, LeafletNotYet, LeafletOver.
    """
    if leaflet.state is not LeafletState.APPROVED or not leaflet.is_public_info:
        raise LeafletNotReleased(allowed="APPROVE_FIRST")
    if on < leaflet.valid_from:
        raise LeafletNotYet(first=leaflet.valid_from.isoformat())
    if on > leaflet.valid_until:
        raise LeafletOver(allowed="OTHER_LEAFLET")


def require_may_go(
    leaflet: Leaflet,
    *,
    on: date,
    areas: Iterable[AreaId | None],
    given: Iterable[Given],
    interests: Iterable[str],
    reason: str = "",
) -> Fit:
    """Why this leaflet goes to this person on this day.

    Args:
        areas: of the person and of the case.
        reason: a colleague's, where no interest matches.

    Raises:
        LeafletNotReleased, LeafletNotYet, LeafletOver: G-20.
        LeafletElsewhere, LeafletGiven, LeafletUnfit: R-026.
    """
    require_in_force(leaflet, on=on)
    if leaflet.area_ids and leaflet.area_ids.isdisjoint(areas):
        raise LeafletElsewhere(allowed="OTHER_LEAFLET")
    if was_given(leaflet, given):
        raise LeafletGiven(allowed="OTHER_LEAFLET")
    shared = shared_topics(leaflet.tags, interests=interests)
    if not shared and not reason.strip():
        raise LeafletUnfit(allowed="choose by interest, or say why it fits")
    return Fit(tags=shared, reason=reason.strip())


def choices(
    leaflets: Iterable[Leaflet],
    *,
    on: date,
    areas: Iterable[AreaId | None],
    given: Iterable[Given],
    interests: Iterable[str],
    known_places: Iterable[PlaceId] = (),
) -> tuple[Choice, ...]:
    """What may go to a person today, those that meet an interest first; then by last day.

    Left out is what they have been sent, what is over, not yet valid or taken back, what is meant
    for elsewhere, and what tells of a place that they know already (R-064: its next step is theirs
    to wish for).
    """
    here, had, known = tuple(areas), tuple(given), frozenset(known_places)
    found = []
    for leaflet in leaflets:
        try:
            fit = require_may_go(
                leaflet, on=on, areas=here, given=had, interests=interests, reason="to be said"
            )
        except CaseworkError:
            continue
        if leaflet.place_id not in known:
            found.append(Choice(leaflet=leaflet, shared=fit.tags))
    return tuple(
        sorted(found, key=lambda one: (not one.shared, one.leaflet.valid_until, one.leaflet.id))
    )


def says_no_need(body: str) -> bool:
    """Whether the words say 「行っても行かなくても大丈夫」, in one of its forms."""
    bare = "".join(sign for sign in body if sign not in " 、,。 \n\u3000")
    return any(form in bare for form in _NO_NEED)


def require_leaflet_words(body: str) -> None:
    """Refuse words around a leaflet that leave no way not to go, or press.

    Raises:
        NoNeedUnsaid, DeadlinePressed.
    """
    if not says_no_need(body):
        raise NoNeedUnsaid(allowed="SAY_NO_NEED")
    require_unpressing(body)
