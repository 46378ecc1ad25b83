"""受付 on the town's desk: link a visitor to somebody known, answer, close."""

from collections.abc import Iterable
from typing import Any, Final

from bots.i18n.catalogue import moment
from bots.web.desk.deed import Offer, TownDeed, TownMeans
from bots.web.desk.entries import Entry, Kind, Option, held
from bots.web.desk.filled import Filled
from bots.web.desk.views import TownView
from core.agencies import Role
from core.ids import VisitorId
from core.municipal_profiles.duties import USUAL_HOURS, reading_hours
from core.reception import Visitor
from core.usecases.cases.find_case import find_case
from core.usecases.reception.answer_visitor import answer_visitor
from core.usecases.reception.close_visitor import close_visitor
from core.usecases.reception.link_visitor import link_visitor

ROOM: Final = "受付"
_WHO: Final = frozenset({Role.INTAKE_WORKER, Role.COORDINATOR})


def _all(view: TownView) -> Iterable[Offer]:
    for one in view.story.visitors:
        yield Offer(of=one.id, about=f"{moment(one.came_at, tz=view.tz)} の方")


def _answerable(view: TownView) -> Iterable[Offer]:
    return _all(view) if view.story.answers else ()


def _visitor(view: TownView, of: str) -> Visitor:
    return next(one for one in view.story.visitors if one.id == of)


def _version(view: TownView, of: str) -> Entry:
    return held("version", _visitor(view, of).version)


def _step(means: TownMeans, filled: Filled, of: str) -> dict[str, Any]:
    return {
        "visitor_id": VisitorId(of),
        "version": filled.number("version"),
        "by": means.by,
        "at": means.at,
    }


def _link_entries(view: TownView, of: str) -> tuple[Entry, ...]:
    return (
        Entry(name="alias", label="どなたの案件か(記号)", help="例: A-12"),
        _version(view, of),
    )


async def _link(means: TownMeans, filled: Filled, of: str) -> str:
    case = await find_case(means.uow, alias=filled.text("alias"))
    profile = means.view.profile
    await link_visitor(
        means.uow,
        **_step(means, filled, of),
        case_id=case.id,
        tz=means.tz,
        reader=means.reader,
        press=means.press,
        closed_days=means.closed_days,
        hours=USUAL_HOURS if profile is None else reading_hours(profile),
    )
    return (
        f"{case.alias} の方のLINEとして記録し、言葉を届けました。"
        "おたよりを送るには、紙のコードをご本人が送ってからです。"
    )


def _answer_entries(view: TownView, of: str) -> tuple[Entry, ...]:
    options = tuple(
        Option(value=one.name, label=f"{one.title or one.name}:{one.body}")
        for one in view.story.answers
    )
    return (
        Entry(name="text", label="送る言葉", kind=Kind.CHOICE, options=options),
        _version(view, of),
    )


async def _answer(means: TownMeans, filled: Filled, of: str) -> str:
    step = _step(means, filled, of)
    await answer_visitor(means.uow, **step, name=filled.text("text"), press=means.press)
    return "決まった言葉を一度だけ送ります。この方は、受付に残っています。"


async def _close(means: TownMeans, filled: Filled, of: str) -> str:
    await close_visitor(means.uow, **_step(means, filled, of))
    return "受付を閉じました。また書いてくださったら、ここに並びます。"


DEEDS: Final[tuple[TownDeed, ...]] = (
    TownDeed(
        key="link-visitor",
        title="案件の方とつなぐ",
        room=ROOM,
        who=_WHO,
        entries=_link_entries,
        act=_link,
        offered=_all,
        explains="どなたの言葉かがわかったときに。送ってよいという同意にはなりません。",
    ),
    TownDeed(
        key="answer-visitor",
        title="決まった言葉で答える",
        room=ROOM,
        who=_WHO,
        entries=_answer_entries,
        act=_answer,
        offered=_answerable,
        explains="前もって承認された言葉だけを送れます。",
    ),
    TownDeed(
        key="close-visitor",
        title="受付を閉じる",
        room=ROOM,
        who=_WHO,
        entries=lambda view, of: (_version(view, of),),
        act=_close,
        offered=_all,
        explains="読んで、いまできることが済んだときに。言葉は記録に残ります。",
    ),
)
