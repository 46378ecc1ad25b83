"""参加の場と足りない資源 on the town's desk (R-051, R-064, R-072)."""

from collections.abc import Iterable
from typing import Any, Final

from bots.web.desk.deed import Offer, TownDeed, TownMeans
from bots.web.desk.entries import Entry, Kind, Option, held, of_enum
from bots.web.desk.filled import Filled
from bots.web.desk.views import TownView
from core.connection_steps import HOST_WORKERS
from core.ids import AgencyId, GapId, PlaceId
from core.resources import (
    GapState,
    ParticipationPlace,
    PlaceKind,
    ResourceGap,
)
from core.usecases.resources.add_place import add_place
from core.usecases.resources.assess_host import assess_host
from core.usecases.resources.check_vacancy import check_vacancy
from core.usecases.resources.close_gap import close_gap
from core.usecases.resources.forward_gap import forward_gap
from core.usecases.resources.note_expense import note_expense
from core.usecases.resources.open_gap import open_gap
from core.usecases.resources.support_host import support_host

ROOM: Final = "参加の場と地域の資源"


def _adding(view: TownView, of: str) -> tuple[Entry, ...]:
    hosts = sorted(view.story.agencies.values(), key=lambda agency: agency.name)
    return (
        Entry(name="kind", label="どんな場か", kind=Kind.CHOICE, options=of_enum(PlaceKind)),
        Entry(name="name", label="場の名前"),
        Entry(
            name="host",
            label="受け入れ先の機関",
            kind=Kind.CHOICE,
            options=tuple(Option(value=one.id, label=one.name) for one in hosts),
        ),
        Entry(name="capacity", label="一度に入れる人数", kind=Kind.NUMBER, required=False),
        Entry(name="age_mix", label="どんな年代の方がいるか", required=False),
        Entry(name="conditions", label="約束ごと", required=False),
        Entry(name="widens", label="制度の外の方も使える", kind=Kind.YES, required=False),
        Entry(name="reimburses", label="実費をお支払いできる", kind=Kind.YES, required=False),
    )


async def _add(means: TownMeans, filled: Filled, of: str) -> str:
    added = await add_place(
        means.uow,
        kind=filled.one("kind", PlaceKind),
        name=filled.text("name"),
        host_agency_id=AgencyId(filled.text("host")),
        by=means.by,
        at=means.at,
        tz=means.tz,
        capacity=filled.maybe_number("capacity"),
        age_mix=filled.text("age_mix"),
        conditions=filled.text("conditions"),
        widens=filled.yes("widens"),
        reimburses=filled.yes("reimburses"),
    )
    return f"「{added.name}」を加えました。次に、受け入れ先のようすを見ます。"


def _place(view: TownView, of: str) -> ParticipationPlace:
    return next(place for place in view.story.places if place.id == of)


def _places(view: TownView) -> Iterable[Offer]:
    return (Offer(of=place.id, about=place.name) for place in view.story.places)


def _of_place(means: TownMeans, filled: Filled, of: str) -> dict[str, Any]:
    return {
        "place_id": PlaceId(of),
        "version": filled.number("version"),
        "by": means.by,
        "at": means.at,
        "tz": means.tz,
    }


def _assessing(view: TownView, of: str) -> tuple[Entry, ...]:
    place = _place(view, of)
    return (
        Entry(
            name="situation",
            label="受け入れ先のようす",
            kind=Kind.TEXT,
            value=place.situation,
            help="どなたかの事情は書きません。",
        ),
        Entry(
            name="worries",
            label="受け入れ先の心配(1行にひとつ)",
            kind=Kind.ROWS,
            value="\n".join(place.worries),
            required=False,
        ),
        held("version", place.version),
    )


async def _assess(means: TownMeans, filled: Filled, of: str) -> str:
    worries = tuple(row[0] for row in filled.rows("worries"))
    await assess_host(
        means.uow,
        situation=filled.text("situation"),
        worries=worries,
        **_of_place(means, filled, of),
    )
    return "受け入れ先のようすを記録しました。" + (
        "心配には、手助けを考えます。" if worries else ""
    )


def _supporting(view: TownView, of: str) -> tuple[Entry, ...]:
    return (
        Entry(name="what", label="手助けしたこと", kind=Kind.TEXT),
        held("version", _place(view, of).version),
    )


async def _support(means: TownMeans, filled: Filled, of: str) -> str:
    await support_host(means.uow, what=filled.text("what"), **_of_place(means, filled, of))
    return "受け入れ先への手助けを記録しました。"


def _paying(view: TownView, of: str) -> tuple[Entry, ...]:
    return (
        Entry(name="yen", label="実費(円)", kind=Kind.NUMBER),
        Entry(name="what_for", label="何の費用か"),
        held("version", _place(view, of).version),
    )


async def _pay(means: TownMeans, filled: Filled, of: str) -> str:
    await note_expense(
        means.uow,
        yen=filled.number("yen"),
        what_for=filled.text("what_for"),
        **_of_place(means, filled, of),
    )
    return "実費を記録しました。"


def _checking(view: TownView, of: str) -> tuple[Entry, ...]:
    place = _place(view, of)
    return (
        Entry(name="capacity", label="一度に入れる人数", kind=Kind.NUMBER, required=False),
        Entry(name="age_mix", label="いまいる方の年代", value=place.age_mix, required=False),
        held("version", place.version),
    )


async def _check(means: TownMeans, filled: Filled, of: str) -> str:
    await check_vacancy(
        means.uow,
        capacity=filled.maybe_number("capacity"),
        age_mix=filled.text("age_mix"),
        **_of_place(means, filled, of),
    )
    return "空きを尋ねた日を記録しました。"


def _describing(view: TownView, of: str) -> tuple[Entry, ...]:
    return (
        Entry(
            name="description",
            label="足りないもの",
            kind=Kind.TEXT,
            help="どなたのことかわかることは書きません。",
        ),
    )


async def _open(means: TownMeans, filled: Filled, of: str) -> str:
    await open_gap(
        means.uow, description=filled.text("description"), by=means.by, at=means.at, tz=means.tz
    )
    return "足りない資源を書きとめました。"


def _gaps(view: TownView) -> Iterable[Offer]:
    for gap in view.story.gaps:
        if gap.state is not GapState.CLOSED:
            yield Offer(of=gap.id, about=gap.description[:20])


def _gap(view: TownView, of: str) -> ResourceGap:
    return next(gap for gap in view.story.gaps if gap.id == of)


def _forwarding(view: TownView, of: str) -> tuple[Entry, ...]:
    return (
        Entry(name="to", label="どの場に伝えるか"),
        held("version", _gap(view, of).version),
    )


async def _forward(means: TownMeans, filled: Filled, of: str) -> str:
    forwarded = await forward_gap(
        means.uow,
        gap_id=GapId(of),
        version=filled.number("version"),
        to=filled.text("to"),
        by=means.by,
        at=means.at,
        tz=means.tz,
    )
    return f"「{forwarded.forwarded_to}」に伝えました。"


def _closing(view: TownView, of: str) -> tuple[Entry, ...]:
    return (
        Entry(
            name="place",
            label="できた場",
            kind=Kind.CHOICE,
            options=tuple(Option(value=place.id, label=place.name) for place in view.story.places),
        ),
        held("version", _gap(view, of).version),
    )


async def _close(means: TownMeans, filled: Filled, of: str) -> str:
    await close_gap(
        means.uow,
        gap_id=GapId(of),
        version=filled.number("version"),
        place_id=PlaceId(filled.text("place")),
        by=means.by,
        at=means.at,
    )
    return "足りなかった資源ができたと記録しました。"


def _deed(key: str, title: str, **more: Any) -> TownDeed:
    return TownDeed(key=key, title=title, room=ROOM, who=HOST_WORKERS, **more)


DEEDS: Final[tuple[TownDeed, ...]] = (
    _deed("add-place", "参加の場を加える", entries=_adding, act=_add),
    _deed(
        "assess-host", "受け入れ先のようすを書く", entries=_assessing, act=_assess, offered=_places
    ),
    _deed(
        "support-host",
        "受け入れ先への手助けを書く",
        entries=_supporting,
        act=_support,
        offered=_places,
    ),
    _deed("check-vacancy", "空きを尋ねた", entries=_checking, act=_check, offered=_places),
    _deed(
        "note-expense",
        "受け入れ先の実費を書く",
        entries=_paying,
        act=_pay,
        offered=lambda view: (
            offer for offer in _places(view) if _place(view, offer.of).reimburses
        ),
    ),
    _deed("open-gap", "足りない資源を書きとめる", entries=_describing, act=_open),
    _deed(
        "forward-gap",
        "足りない資源をほかの場に伝える",
        entries=_forwarding,
        act=_forward,
        offered=_gaps,
    ),
    _deed("close-gap", "足りなかった資源ができた", entries=_closing, act=_close, offered=_gaps),
)
