"""一斉のお知らせ on the town's desk: an officer declares and writes, another reads (R-087)."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any, Final

from bots.i18n.catalogue import word
from bots.web.desk.deed import Offer, TownDeed, TownMeans
from bots.web.desk.entries import Entry, Kind, Option, held, of_enum
from bots.web.desk.filled import Filled
from bots.web.desk.views import TownView
from core.agencies import Role
from core.errors import CaseworkError
from core.ids import AreaId, NoticeId
from core.letters import NotByTheMunicipality
from core.notices import NOTICE_APPROVERS, Notice, NoticeMode, NoticeState, Occasion, OccasionKind
from core.usecases.notices.approve_notice import approve_notice
from core.usecases.notices.stop_notice import stop_notice
from core.usecases.notices.write_notice import write_notice

ROOM: Final = "一斉のお知らせ"
_USUALLY: Final = timedelta(days=14)
_OPENS, _CLOSES = time(10, 30), time(19, 30)
# [D] whoever might look for it here; the others are told who may.
_LOOKS_FOR_IT: Final = frozenset({Role.MUNICIPAL_OFFICER, Role.COORDINATOR})


def _officers_only(view: TownView) -> CaseworkError | None:
    if Role.MUNICIPAL_OFFICER in view.story.reader.roles:
        return None
    return NotByTheMunicipality(allowed="ask_municipal_officer,letters_one_by_one")


def _writing(view: TownView, of: str) -> tuple[Entry, ...]:
    areas = tuple(Option(value=area.id, label=area.name) for area in view.story.areas)
    where = Entry(
        name="areas",
        label="どの地域の方に",
        kind=Kind.CHOICES,
        options=areas,
        required=False,
        help="選ばなければ、町全体です。",
    )
    return (
        *_occasion(view),
        Entry(
            name="words",
            label="届ける言葉",
            kind=Kind.TEXT,
            help="ひとりひとりへのおたよりになります。名乗り、120字まで。お返事や行動は求めません。",
        ),
        Entry(
            name="alt",
            label="ロック画面に出す言葉",
            required=False,
            help="空のままなら、届ける言葉がそのまま出ます。",
        ),
        *((where,) if areas else ()),
        Entry(
            name="mode",
            label="ほかのおたよりとの間",
            kind=Kind.CHOICE,
            options=of_enum(NoticeMode),
            value=NoticeMode.KEEPS_PACE.value,
            help="間をあけずに届けても、お休み中の方、やめた方、夜と休みの日には届きません。",
        ),
        *_window(view),
    )


def _occasion(view: TownView) -> tuple[Entry, ...]:
    return (
        Entry(name="kind", label="何が起きたか", kind=Kind.CHOICE, options=of_enum(OccasionKind)),
        Entry(name="name", label="その呼び名", help="例: 台風10号、感染症の流行"),
        Entry(
            name="since",
            label="期間の最初の日",
            kind=Kind.DAY,
            value=view.today.isoformat(),
        ),
        Entry(
            name="until",
            label="期間の最後の日",
            kind=Kind.DAY,
            value=(view.today + _USUALLY).isoformat(),
        ),
        Entry(name="reason", label="いま知らせるわけ", help="例: 停電が続いている地区があるため"),
        Entry(name="ground", label="根拠", help="例: 災害対策本部の決定、地域防災計画の該当する条"),
    )


def _window(view: TownView) -> tuple[Entry, ...]:
    local = view.at.astimezone(view.tz)
    day = view.today if local.time() < _CLOSES else view.today + timedelta(days=1)
    opens = max(datetime.combine(day, _OPENS, tzinfo=view.tz), local)
    closes = datetime.combine(day, _CLOSES, tzinfo=view.tz)
    return (
        Entry(
            name="opens_at",
            label="届けはじめる日時",
            kind=Kind.MOMENT,
            value=f"{opens:%Y-%m-%dT%H:%M}",
            help="届くのは10時から20時まで。日曜・祝日・年末年始には届けません。",
        ),
        Entry(
            name="closes_at",
            label="届け終わる日時",
            kind=Kind.MOMENT,
            value=f"{closes:%Y-%m-%dT%H:%M}",
            help="これを過ぎたおたよりは送られません。期間の最後の日までにしてください。",
        ),
    )


async def _write(means: TownMeans, filled: Filled, of: str) -> str:
    notice = await write_notice(
        means.uow,
        occasion=Occasion(
            kind=filled.one("kind", OccasionKind),
            name=filled.text("name"),
            since=filled.day("since"),
            until=filled.day("until"),
            reason=filled.text("reason"),
            ground=filled.text("ground"),
        ),
        body=filled.text("words"),
        alt_text=filled.text("alt"),
        areas=frozenset(map(AreaId, filled.texts("areas") if means.view.story.areas else ())),
        mode=filled.one("mode", NoticeMode),
        opens_at=filled.moment("opens_at"),
        closes_at=filled.moment("closes_at"),
        by=means.by,
        at=means.at,
        tz=means.tz,
        proof=means.proof,
        closed_days=means.closed_days,
    )
    return (
        f"「{notice.occasion.name}」のお知らせは、承認待ちに入りました。"
        f"LINEで届かない方が{len(notice.left_out)}人います。一覧は、お知らせのページにあります。"
    )


def _notice(view: TownView, of: str) -> Notice:
    return next(notice for notice in view.story.notices if notice.id == of)


def _named(notice: Notice) -> Offer:
    return Offer(of=notice.id, about=notice.occasion.name)


def _to_approve(view: TownView) -> Iterable[Offer]:
    """What waits and is not their own."""
    return (
        _named(one)
        for one in view.story.notices
        if one.state is NoticeState.WAITING and one.author_id != view.reader
    )


def _to_stop(view: TownView) -> Iterable[Offer]:
    """What has not stopped and whose letters could still be on their way."""
    return (
        _named(one)
        for one in view.story.notices
        if one.state is not NoticeState.STOPPED and view.at < one.closes_at
    )


def _approving(view: TownView, of: str) -> tuple[Entry, ...]:
    notice = _notice(view, of)
    return (
        Entry(
            name="words",
            label="届く言葉",
            kind=Kind.TEXT,
            value=notice.body,
            required=False,
            help=f"ロック画面: {notice.alt_text or notice.body}",
        ),
        Entry(
            name="read",
            label="言葉とロック画面を読み、せかす言葉も、どなたかのことも書かれていないことを確かめた",
            kind=Kind.YES,
            help=f"{word(notice.mode)}。届くのはひとりひとりへのおたよりです。",
        ),
        held("version", notice.version),
    )


def _of_notice(means: TownMeans, filled: Filled, of: str) -> dict[str, Any]:
    return {
        "notice_id": NoticeId(of),
        "version": filled.number("version"),
        "by": means.by,
        "at": means.at,
    }


async def _approve(means: TownMeans, filled: Filled, of: str) -> str:
    notice = await approve_notice(
        means.uow,
        tz=means.tz,
        press=means.press,
        proof=means.proof,
        closed_days=means.closed_days,
        **_of_notice(means, filled, of),
    )
    return f"「{notice.occasion.name}」のお知らせを承認しました。送る前なら、とめられます。"


def _stopping(view: TownView, of: str) -> tuple[Entry, ...]:
    return (
        Entry(
            name="sure",
            label="まだ送られていない方には、届けない",
            kind=Kind.YES,
            help="もう届いたものは戻せません。",
        ),
        held("version", _notice(view, of).version),
    )


async def _stop(means: TownMeans, filled: Filled, of: str) -> str:
    notice = await stop_notice(means.uow, **_of_notice(means, filled, of))
    return f"「{notice.occasion.name}」のお知らせをとめました。"


DEEDS: Final[tuple[TownDeed, ...]] = (
    TownDeed(
        key="write-notice",
        title="一斉のお知らせを書く",
        room=ROOM,
        who=_LOOKS_FOR_IT,
        entries=_writing,
        act=_write,
        closed=_officers_only,
        explains="災害や感染症のとき、市町村だけが使えます。ひとりひとりへのおたよりとして届き、"
        "市町村のもうひとりの方が読んで承認します。",
    ),
    TownDeed(
        key="approve-notice",
        title="お知らせの文を承認する",
        room=ROOM,
        who=NOTICE_APPROVERS,
        entries=_approving,
        act=_approve,
        offered=_to_approve,
    ),
    TownDeed(
        key="stop-notice",
        title="お知らせをとめる",
        room=ROOM,
        who=NOTICE_APPROVERS,
        entries=_stopping,
        act=_stop,
        offered=_to_stop,
    ),
)
