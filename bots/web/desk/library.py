"""ちらし on the town's desk: the library, which a second person reads before it is sent (G-20)."""

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from bots.web.desk.deed import Offer, TownDeed, TownMeans
from bots.web.desk.entries import Entry, Kind, Option, held
from bots.web.desk.filled import Filled
from bots.web.desk.views import TownView
from core.ids import AreaId, LeafletId, PlaceId
from core.leaflets import LEAFLET_APPROVERS, LEAFLET_KEEPERS, Leaflet, LeafletState
from core.usecases.leaflets.add_leaflet import add_leaflet
from core.usecases.leaflets.approve_leaflet import approve_leaflet
from core.usecases.leaflets.renew_leaflet import renew_leaflet
from core.usecases.leaflets.withdraw_leaflet import withdraw_leaflet

ROOM: Final = "ちらし"
_USUALLY: Final = timedelta(days=60)
_BETWEEN_TAGS: Final = re.compile("[、,，\\s]+")
_STANDING: Final = frozenset({LeafletState.WAITING, LeafletState.APPROVED})


def _saying(was: Leaflet | None, *, view: TownView) -> tuple[Entry, ...]:
    """What a leaflet says, as the edition before said it."""
    first = view.today if was is None else was.valid_from
    last = view.today + _USUALLY if was is None else was.valid_until
    return (
        Entry(name="title", label="題名", value="" if was is None else was.title),
        Entry(
            name="quiet_title",
            label="ロック画面でも安心な題名",
            value="" if was is None else was.quiet_title,
            help="おたよりの言葉と、ページの題名になります。支援・相談・病名などは書きません。",
        ),
        Entry(name="issuer", label="出しているところ", value="" if was is None else was.issuer),
        Entry(
            name="tags",
            label="話題(「、」で区切る)",
            value="" if was is None else "、".join(sorted(was.tags)),
            help="ご本人の「好きなもの」と照らします。例: 鉄道、写真",
        ),
        Entry(
            name="valid_from", label="お届けする最初の日", kind=Kind.DAY, value=first.isoformat()
        ),
        Entry(
            name="valid_until", label="お届けする最後の日", kind=Kind.DAY, value=last.isoformat()
        ),
        Entry(
            name="plain",
            label="文字だけの説明",
            kind=Kind.TEXT,
            value="" if was is None else was.plain,
            help="絵が見えない方のための、同じ内容です。申し込みの期限など、せかす言葉は書きません。",
        ),
    )


def _adding(view: TownView, of: str) -> tuple[Entry, ...]:
    areas = tuple(Option(value=area.id, label=area.name) for area in view.story.areas)
    places = tuple(Option(value=place.id, label=place.name) for place in view.story.places)
    where = Entry(
        name="areas",
        label="どの地域の方に",
        kind=Kind.CHOICES,
        options=areas,
        required=False,
        help="選ばなければ、町全体です。",
    )
    about = Entry(
        name="place",
        label="参加の場のちらしなら、その場",
        kind=Kind.CHOICE,
        options=places,
        required=False,
        help="届くと、その場のことを伝えたと記録されます。次の段階は、ご本人の希望で進めます。",
    )
    return (
        *_saying(None, view=view),
        *((where,) if areas else ()),
        *((about,) if places else ()),
        Entry(
            name="pages",
            label="ちらしのファイル",
            kind=Kind.FILE,
            help="PDF(8ページまで)、PNG、JPEG。10MBまで。",
        ),
        Entry(name="public", label="だれでも見られる、公開されたお知らせである", kind=Kind.YES),
    )


def _said(filled: Filled) -> dict[str, Any]:
    return {
        "title": filled.text("title"),
        "quiet_title": filled.text("quiet_title"),
        "issuer": filled.text("issuer"),
        "tags": frozenset(tag for tag in _BETWEEN_TAGS.split(filled.text("tags")) if tag),
        "valid_from": filled.day("valid_from"),
        "valid_until": filled.day("valid_until"),
        "plain": filled.text("plain"),
    }


async def _add(means: TownMeans, filled: Filled, of: str) -> str:
    view = means.view
    place = filled.maybe("place") if view.story.places else None
    added = await add_leaflet(
        means.uow,
        **_said(filled),
        pages=await means.pages_of(filled.file("pages")),
        is_public_info=filled.yes("public"),
        area_ids=frozenset(map(AreaId, filled.texts("areas") if view.story.areas else ())),
        place_id=None if place is None else PlaceId(place),
        by=means.by,
        at=means.at,
        proof=means.proof,
    )
    return f"「{added.title}」を登録しました。別の方が承認すると、お届けできます。"


def _leaflet(view: TownView, of: str) -> Leaflet:
    return next(leaflet for leaflet in view.story.leaflets if leaflet.id == of)


def _named(leaflet: Leaflet) -> Offer:
    edition = f"・第{leaflet.edition}版" if leaflet.edition > 1 else ""
    return Offer(of=leaflet.id, about=f"{leaflet.title}{edition}")


def _to_approve(view: TownView) -> Iterable[Offer]:
    for leaflet in view.story.leaflets:
        if leaflet.state is LeafletState.WAITING and leaflet.author_id != view.reader:
            yield _named(leaflet)


def _to_withdraw(view: TownView) -> Iterable[Offer]:
    return (_named(one) for one in view.story.leaflets if one.state in _STANDING)


def _to_renew(view: TownView) -> Iterable[Offer]:
    """The newest edition of each, unless it waits to be read."""
    newest: dict[LeafletId, Leaflet] = {}
    for leaflet in view.story.leaflets:
        if leaflet.edition >= newest.get(leaflet.root_id, leaflet).edition:
            newest[leaflet.root_id] = leaflet
    return (_named(one) for one in newest.values() if one.state is not LeafletState.WAITING)


def _approving(view: TownView, of: str) -> tuple[Entry, ...]:
    return (
        Entry(
            name="read",
            label="絵と文字を読み、せかす言葉も、どなたかのことも書かれていないことを確かめた",
            kind=Kind.YES,
            help="ちらしは、町の机の「ちらし」から開いて読めます。",
        ),
        held("version", _leaflet(view, of).version),
    )


def _of_leaflet(means: TownMeans, filled: Filled, of: str) -> dict[str, Any]:
    return {
        "leaflet_id": LeafletId(of),
        "version": filled.number("version"),
        "by": means.by,
        "at": means.at,
    }


async def _approve(means: TownMeans, filled: Filled, of: str) -> str:
    approved = await approve_leaflet(means.uow, proof=means.proof, **_of_leaflet(means, filled, of))
    return f"「{approved.title}」を承認しました。案件のページから選べます。"


def _withdrawing(view: TownView, of: str) -> tuple[Entry, ...]:
    return (
        Entry(
            name="why",
            label="取り下げるわけ",
            help="これから届くはずだったものは、届きません。届いたリンクも開かなくなります。",
        ),
        held("version", _leaflet(view, of).version),
    )


async def _withdraw(means: TownMeans, filled: Filled, of: str) -> str:
    gone = await withdraw_leaflet(
        means.uow, why=filled.text("why"), **_of_leaflet(means, filled, of)
    )
    return f"「{gone.title}」を取り下げました。"


def _renewing(view: TownView, of: str) -> tuple[Entry, ...]:
    was = _leaflet(view, of)
    return (
        *_saying(was, view=view),
        Entry(
            name="pages",
            label="ちらしのファイル",
            kind=Kind.FILE,
            required=False,
            help="選ばなければ、絵はいまのままです。",
        ),
        Entry(
            name="news",
            label="中身が新しい(前の版が届いた方にも、届けてよい)",
            kind=Kind.YES,
            required=False,
        ),
        held("version", was.version),
    )


async def _renew(means: TownMeans, filled: Filled, of: str) -> str:
    upload = filled.file("pages")
    now = await renew_leaflet(
        means.uow,
        **_said(filled),
        pages=await means.pages_of(upload) if upload else (),
        is_news=filled.yes("news"),
        proof=means.proof,
        **_of_leaflet(means, filled, of),
    )
    return f"「{now.title}」の第{now.edition}版を登録しました。承認されるまで、前の版が届きます。"


DEEDS: Final[tuple[TownDeed, ...]] = (
    TownDeed(
        key="add-leaflet",
        title="ちらしを登録する",
        room=ROOM,
        who=LEAFLET_KEEPERS,
        entries=_adding,
        act=_add,
        explains="登録した方とは別の方が読んで承認すると、案件のページから選べるようになります。",
    ),
    TownDeed(
        key="approve-leaflet",
        title="ちらしを承認する",
        room=ROOM,
        who=LEAFLET_APPROVERS,
        entries=_approving,
        act=_approve,
        offered=_to_approve,
    ),
    TownDeed(
        key="renew-leaflet",
        title="ちらしの新しい版を作る",
        room=ROOM,
        who=LEAFLET_KEEPERS,
        entries=_renewing,
        act=_renew,
        offered=_to_renew,
    ),
    TownDeed(
        key="withdraw-leaflet",
        title="ちらしを取り下げる",
        room=ROOM,
        who=LEAFLET_KEEPERS,
        entries=_withdrawing,
        act=_withdraw,
        offered=_to_withdraw,
    ),
)
