"""Who takes a case up here, and who leads later: the town's own way, asked from the desk (MA-7)."""

from collections.abc import Iterable
from typing import Final

from bots.i18n.catalogue import word
from bots.web.desk.deed import Deed, Means, Offer, View
from bots.web.desk.entries import Entry, Kind, of_enum
from bots.web.desk.filled import Filled
from bots.web.desk.parties import ROOM
from core.fields import Field
from core.municipal_profiles.profile import Circumstance, Route
from core.municipal_profiles.routing import lead_after, route
from core.transitions import ANY_STAFF

# ふだん is what holds where nothing else was ticked.
_ASKED: Final = tuple(one for one in Circumstance if one is not Circumstance.USUAL)


def _says(view: View) -> Iterable[Offer]:
    profile = view.profile
    return (Offer(),) if profile is not None and (profile.routes or profile.leads) else ()


def _asking(view: View, of: str) -> tuple[Entry, ...]:
    return (
        Entry(
            name="circumstances",
            label="当てはまること",
            kind=Kind.CHOICES,
            options=of_enum(_ASKED),
            required=False,
            help="どれでもないときは、空けておきます。",
        ),
        Entry(
            name="centre",
            label="支える体制ができたあと、中心になる分野",
            kind=Kind.CHOICE,
            options=of_enum(Field),
            required=False,
        ),
    )


async def _look(means: Means, filled: Filled, of: str) -> str:
    """Changes nothing: whoever reads it decides, and hands on by a つなぎ of its own."""
    profile = means.profile
    if profile is None:
        raise LookupError("offered only where the town has a profile")
    told = _taken_up(route(profile, filled.many("circumstances", Circumstance)))
    centre = filled.maybe_one("centre", Field)
    return told if centre is None else told + _led(centre, lead_after(profile, centre))


def _taken_up(found: Route | None) -> str:
    if found is None:
        return "この町では、だれが受けもつかは決まっていません。話し合って決めます。"
    does = f"{found.does}をします。" if found.does else ""
    return f"受けもつのは「{found.to}」です({word(found.when)})。{does}"


def _led(centre: Field, lead: str | None) -> str:
    if lead is None:
        return f"{word(centre)}が中心のときの主担当は決まっていません。話し合って決めます。"
    return f"{word(centre)}が中心のとき、体制ができたあとの主担当は「{lead}」です。"


DEEDS: Final[tuple[Deed, ...]] = (
    Deed(
        key="whose-case",
        title="受けもつ先を確かめる",
        room=ROOM,
        who=ANY_STAFF,
        entries=_asking,
        act=_look,
        offered=_says,
        explains="まだ何も動きません。この町の決まりから、受けもつ先と、あとの主担当を確かめます。",
    ),
)
