"""The two sides of a referral, as the desk's forms need them."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from bots.i18n.catalogue import word
from bots.web.desk.deed import Deed, Means, Offer, View
from bots.web.desk.entries import Entry, Option, held
from bots.web.desk.filled import Filled
from core.agencies import Agency
from core.ids import AgencyId, ReferralId
from core.referrals.machine import WORKERS
from core.referrals.record import (
    Referral,
    ReferralState,
)

ROOM: Final = "つなぎ"


def agencies_of(view: View) -> tuple[Option, ...]:
    """The town's organisations, by name."""
    listed = sorted(view.story.agencies.values(), key=lambda agency: agency.name)
    return tuple(Option(value=agency.id, label=agency.name) for agency in listed)


def name_of(agencies: dict[AgencyId, Agency], agency_id: AgencyId) -> str:
    """What an organisation is called."""
    found = agencies.get(agency_id)
    return "" if found is None else found.name


def own_agency(view: View) -> AgencyId | None:
    """Where the reader works."""
    reader = view.story.staff.get(view.reader)
    return None if reader is None else reader.agency_id


def on_roll(view: View, agency_id: AgencyId) -> tuple[Option, ...]:
    """Who takes referrals there."""
    return tuple(
        Option(value=one.id, label=one.name)
        for one in view.story.staff.values()
        if one.agency_id == agency_id and one.active and one.roles & WORKERS
    )


def at_stage(*states: ReferralState, receiver: bool) -> Callable[[View], Iterable[Offer]]:
    """The referrals at these stages that wait for the reader's side."""

    def offered(view: View) -> Iterable[Offer]:
        for one in view.story.referrals:
            if one.state in states and _on_my_side(view, one, receiver=receiver):
                yield Offer(of=one.id, about=about(view, one))

    return offered


def _on_my_side(view: View, referral: Referral, *, receiver: bool) -> bool:
    mine = own_agency(view)
    if not receiver:
        return mine == referral.from_agency_id
    # Of somebody who is not on our roll, the source writes down what it hears.
    return mine == referral.to_agency_id or not on_roll(view, referral.to_agency_id)


def about(view: View, referral: Referral) -> str:
    """Where it goes, and how far it has come."""
    to = name_of(view.story.agencies, referral.to_agency_id)
    return f"{to}へ・{word(referral.state)}"


def referral_in(view: View, of: str) -> Referral:
    """The referral that a form is about."""
    return next(one for one in view.story.referrals if one.id == of)


def version_of(view: View, of: str) -> Entry:
    """From which version the form was made."""
    return held("version", referral_in(view, of).version)


def only_version(view: View, of: str) -> tuple[Entry, ...]:
    """A form that asks for nothing."""
    return (version_of(view, of),)


def step_of(means: Means, filled: Filled, of: str) -> dict[str, Any]:
    """What every step of a referral is told."""
    return {
        "referral_id": ReferralId(of),
        "version": filled.number("version"),
        "by": means.by,
        "at": means.at,
        "tz": means.tz,
    }


def referral_deed(key: str, title: str, **more: Any) -> Deed:
    """A deed of this room."""
    return Deed(key=key, title=title, room=ROOM, who=WORKERS, **more)
