"""Who takes up what was brought to a desk, who leads later, what can be offered."""

from core.connect_sheets import ConnectStep
from core.errors import CaseworkError
from core.fields import Field
from core.municipal_profiles.profile import (
    Circumstance,
    ConnectSteps,
    Desk,
    LocalOffer,
    MunicipalProfile,
    Route,
    Seen,
)


class NoSuchDesk(CaseworkError):
    """The profile knows no desk of this code. Facts: `desk`, `allowed` (the codes it knows)."""

    rule = "DOMAIN-5"


def desk(profile: MunicipalProfile, code: str) -> Desk:
    """The desk of this code.

    Raises:
        NoSuchDesk: there is none.
    """
    for one in profile.desks:
        if one.code == code:
            return one
    raise NoSuchDesk(desk=code, allowed=",".join(one.code for one in profile.desks))


def desk_reached_by(profile: MunicipalProfile, channel: str) -> Desk | None:
    """The first desk that is reached this way, or that takes anything."""
    named = (one for one in profile.desks if channel in one.channels)
    anything = (one for one in profile.desks if not one.channels)
    return next(iter((*named, *anything)), None)


def owner(profile: MunicipalProfile, code: str) -> Desk:
    """The desk that owns a query taken down at this one.

    Raises:
        NoSuchDesk: there is no such desk, or it passes on to one that is not there.
    """
    here = desk(profile, code)
    return desk(profile, here.passes_to) if here.passes_to else here


def seen_at(profile: MunicipalProfile, code: str) -> Seen:
    """What those at this desk see of a query after it was passed on.

    Raises:
        NoSuchDesk: there is none.
    """
    here = desk(profile, code)
    return here.seen_after if here.passes_to else Seen.EVERYTHING


def route(profile: MunicipalProfile, circumstances: frozenset[Circumstance]) -> Route | None:
    """Who takes a case up: the first line whose circumstance is there, else the usual one."""
    asked = circumstances | {Circumstance.USUAL}
    special = (one for one in profile.routes if one.when in circumstances)
    usual = (one for one in profile.routes if one.when in asked)
    return next(iter((*special, *usual)), None)


def lead_after(profile: MunicipalProfile, centre: Field) -> str | None:
    """The agency that leads once the structure stands, by the field at its centre."""
    return next((one.agency for one in profile.leads if one.field is centre), None)


def offers_heard(profile: MunicipalProfile, words: str) -> tuple[LocalOffer, ...]:
    """What the town has to offer for something that is said in these words.

    A proposal for staff, by plain search; it judges nobody and sends nothing.
    """
    said = words.casefold()
    return tuple(
        one for one in profile.offers if any(heard.casefold() in said for heard in one.heard)
    )


def connect_step(steps: ConnectSteps, *, hits: int) -> ConnectStep:
    """The step proposed: name the window, a letter, or somebody goes along.

    Args:
        hits: how many of the checkpoints were noticed.
    """
    if hits >= steps.goes_along_from:
        return ConnectStep.COMPANION
    return ConnectStep.LETTER if hits >= steps.letter_from else ConnectStep.NAME_WINDOW


def comes_from_taxation(profile: MunicipalProfile, section: str) -> bool:
    """Whether what this section brings is marked as coming from taxation (R-043)."""
    return section in profile.tax_sections
