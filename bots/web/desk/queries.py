"""寄せられた相談 on the town's desk: written down at any desk, taken up by the one that owns it."""

from collections.abc import Iterable
from typing import Final

from bots.web.desk.deed import Offer, TownDeed, TownMeans
from bots.web.desk.entries import Entry, Kind, Option, held
from bots.web.desk.filled import Filled
from bots.web.desk.views import TownView
from core.agencies import Role
from core.ids import QueryId
from core.municipal_profiles.profile import MunicipalProfile
from core.municipal_profiles.routing import desk, desk_reached_by, offers_heard
from core.queries import QuerySeen, QueryState
from core.usecases.cases.find_case import find_case
from core.usecases.queries.take_down_query import take_down_query
from core.usecases.queries.take_up_query import take_up_query

ROOM: Final = "寄せられた相談"
_ANYBODY: Final = frozenset(Role) - {Role.SYSTEM, Role.AUDITOR}


def _profile(view: TownView) -> MunicipalProfile:
    if view.profile is None:
        raise LookupError("offered only where the town has a profile")
    return view.profile


def _any_desk(view: TownView) -> Iterable[Offer]:
    return (Offer(),) if view.profile is not None and view.profile.desks else ()


def _writing(view: TownView, of: str) -> tuple[Entry, ...]:
    desks = tuple(Option(value=one.code, label=one.name) for one in _profile(view).desks)
    return (
        Entry(
            name="desk",
            label="どの窓口で聞いたか",
            kind=Kind.CHOICE,
            options=desks,
            value=desks[0].value if len(desks) == 1 else "",
            help=_ways(_profile(view)),
        ),
        Entry(
            name="words",
            label="聞いたこと",
            kind=Kind.TEXT,
            help="どんなことでも書けます。お名前や年齢がわからなくてもかまいません。",
        ),
    )


def _ways(profile: MunicipalProfile) -> str:
    """At which desk what comes in by this way belongs, where the town says so."""
    ways = dict.fromkeys(way for one in profile.desks for way in one.channels)
    told = ((way, desk_reached_by(profile, way)) for way in ways)
    return "、".join(f"{way}で届いたものは「{one.name}」" for way, one in told if one is not None)


async def _write(means: TownMeans, filled: Filled, of: str) -> str:
    profile = _profile(means.view)
    query = await take_down_query(
        means.uow,
        profile=profile,
        desk=filled.text("desk"),
        words=filled.text("words"),
        by=means.by,
        at=means.at,
    )
    return f"相談を書きとめました。「{desk(profile, query.owner_desk).name}」が受けとめます。"


def _waiting(view: TownView) -> Iterable[Offer]:
    for one in view.story.queries:
        if one.owned and one.state is QueryState.WAITING:
            at = one.taken_at.astimezone(view.tz)
            yield Offer(of=one.id, about=f"{one.desk}・{at:%-m月%-d日 %H:%M}")


def _query(view: TownView, of: str) -> QuerySeen:
    return next(one for one in view.story.queries if one.id == of)


def _to_offer(profile: MunicipalProfile, words: str) -> str:
    """What the town has to offer for these words; a proposal that nothing sends by itself."""
    titles = "、".join(offer.title for offer in offers_heard(profile, words))
    return f"ご案内できるもの: {titles}。お届けするかどうかは、人が決めます。" if titles else ""


def _reading(view: TownView, of: str) -> tuple[Entry, ...]:
    query = _query(view, of)
    return (
        Entry(
            name="words",
            label="書きとめられた言葉",
            kind=Kind.TEXT,
            value=query.words or "",
            required=False,
            help=_to_offer(_profile(view), query.words or ""),
        ),
        Entry(
            name="alias",
            label="この相談から始めた案件の記号",
            required=False,
            help="その場でお答えできたときは、空欄のままにします。例: A-12",
        ),
        held("version", query.version),
    )


async def _take_up(means: TownMeans, filled: Filled, of: str) -> str:
    alias = filled.maybe("alias")
    case = None if alias is None else await find_case(means.uow, alias=alias)
    await take_up_query(
        means.uow,
        profile=_profile(means.view),
        query_id=QueryId(of),
        version=filled.number("version"),
        by=means.by,
        at=means.at,
        case_id=None if case is None else case.id,
    )
    return "相談を受けとめました。書きとめた方にも、受けとめたことが伝わります。"


DEEDS: Final[tuple[TownDeed, ...]] = (
    TownDeed(
        key="take-down-query",
        title="相談を書きとめる",
        room=ROOM,
        who=_ANYBODY,
        entries=_writing,
        act=_write,
        offered=_any_desk,
        explains="どんな相談も、断らずに書きとめます。",
    ),
    TownDeed(
        key="take-up-query",
        title="相談を読んで受けとめる",
        room=ROOM,
        who=_ANYBODY,
        entries=_reading,
        act=_take_up,
        offered=_waiting,
    ),
)
