"""ひと続きのおたより: written in one go, changed, slowed, ended (つづけて書く)."""

from collections.abc import Callable, Iterable
from typing import Final

from bots.i18n.catalogue import refusal, word
from bots.web.desk.deed import ALWAYS, Deed, Means, Offer, View
from bots.web.desk.entries import Entry, Kind, Option, of_enum
from bots.web.desk.filled import Filled, Slip, Unfilled
from bots.web.desk.series_entries import (
    WORDS,
    anchors_for,
    draft_entries,
    ground_in,
    named,
    packs_in,
    reword_entries,
    running,
    step_options,
    words_in,
)
from core.access import Action
from core.cadence.packs import PackUnknown
from core.cases import WRITABLE
from core.closing import Farewell
from core.ids import StaffId
from core.lint import Proofreader
from core.permissions import holders
from core.series import Series, StepWords
from core.series_letters import SeriesWordsBlocked
from core.series_plan import known_anchor
from core.usecases.series.change_pace import change_pace
from core.usecases.series.draft_series import draft_series
from core.usecases.series.hand_over_series import hand_over_series
from core.usecases.series.shorten_series import shorten_series
from core.usecases.series.skip_step import skip_step
from core.usecases.series.stop_series import stop_series
from core.usecases.series.write_steps import write_steps

ROOM: Final = "おたより"
_WRITES: Final = holders(Action.WRITE_LETTER)
_CHANGES: Final = holders(Action.STOP_LETTER)
_SLOWER: Final = (
    Option(value="2", label="2回に1回にする"),
    Option(value="3", label="3回に1回にする"),
)


def _drafts(view: View) -> Iterable[Offer]:
    if running(view) is not None or ground_in(view) is None:
        return
    if view.story.case.state not in WRITABLE:
        return
    for pack in packs_in(view):
        for anchor in anchors_for(pack, view):
            yield Offer(of=f"{pack.key}:{anchor.value}", about=f"{pack.name}・{word(anchor)}から")


async def _draft(means: Means, filled: Filled, of: str) -> str:
    view = means.view
    chosen, ground = named(of, view), ground_in(view)
    if chosen is None or ground is None:
        raise PackUnknown()
    pack, anchor = chosen
    try:
        series = await draft_series(
            means.uow,
            case_id=view.story.case.id,
            by=means.by,
            pack=pack,
            anchor=anchor,
            anchored_on=known_anchor(ground, anchor, since=means.at, tz=means.tz),
            words=_words(filled),
            at=means.at,
            tz=means.tz,
            proof=_proof(means),
            closed_days=means.closed_days,
        )
    except SeriesWordsBlocked as blocked:
        raise _at_its_box(blocked) from blocked
    written = sum(step.letter_id is not None for step in series.steps)
    if series.anchored_on is None:
        return "ひと続きのおたよりを書きました。日が決まると、承認のお願いが届きます。"
    return (
        f"ひと続きのおたよりを書きました。{written}通の承認をお願いしています。"
        "言葉がまだの回は、近くなったらお知らせします。"
    )


def _words(filled: Filled) -> dict[str, StepWords]:
    return words_in(filled.starting(WORDS))


def _at_its_box(blocked: SeriesWordsBlocked) -> Unfilled:
    """What is wrong with one letter stands beside its box."""
    said = refusal(blocked).sentence
    return Unfilled((Slip(name=f"{WORDS}{blocked.facts['step']}", said=said),))


def _if_runs(view: View) -> Iterable[Offer]:
    return ALWAYS if running(view) is not None else ()


def _if_own(view: View) -> Iterable[Offer]:
    series = running(view)
    return ALWAYS if series is not None and series.author_id == view.reader else ()


def _needs(view: View, rest: Callable[[View], object]) -> Iterable[Offer]:
    return ALWAYS if running(view) is not None and rest(view) else ()


def _series(means: Means) -> Series:
    series = running(means.view)
    if series is None:
        raise PackUnknown()
    return series


def _proof(means: Means) -> Proofreader:
    assert means.view.pen is not None, "a house that writes letters reads them"
    return means.view.pen.proof


async def _reword(means: Means, filled: Filled, of: str) -> str:
    try:
        await write_steps(
            means.uow,
            series_id=_series(means).id,
            version=filled.number("version"),
            words=_words(filled),
            by=means.by,
            at=means.at,
            proof=_proof(means),
            closed_days=means.closed_days,
        )
    except SeriesWordsBlocked as blocked:
        raise _at_its_box(blocked) from blocked
    return "言葉を書き直しました。変えた回は、もう一度承認をお願いします。"


async def _skip(means: Means, filled: Filled, of: str) -> str:
    await skip_step(
        means.uow,
        series_id=_series(means).id,
        key=filled.text("step"),
        by=means.by,
        at=means.at,
    )
    return "その回は送りません。ほかの回は、そのままです。"


async def _slow(means: Means, filled: Filled, of: str) -> str:
    await change_pace(
        means.uow,
        series_id=_series(means).id,
        take_every=int(filled.text("every")),
        by=means.by,
        at=means.at,
    )
    return "間をあけました。"


async def _shorten(means: Means, filled: Filled, of: str) -> str:
    await shorten_series(means.uow, series_id=_series(means).id, by=means.by, at=means.at)
    return "あと2通でひと区切りにします。ひと区切りを知らせる言葉を、書き直してください。"


async def _stop(means: Means, filled: Filled, of: str) -> str:
    await stop_series(
        means.uow,
        series_id=_series(means).id,
        by=means.by,
        at=means.at,
        farewell=filled.maybe_one("farewell", Farewell),
        reason=filled.text("reason"),
    )
    return "ひと続きのおたよりを終えました。"


async def _hand_over(means: Means, filled: Filled, of: str) -> str:
    await hand_over_series(
        means.uow,
        series_id=_series(means).id,
        to=StaffId(filled.text("to")),
        by=means.by,
        at=means.at,
    )
    return "引き継ぎました。新しい書き手が読み直してから、承認をお願いします。"


def _others(view: View) -> tuple[Option, ...]:
    series = running(view)
    return tuple(
        Option(value=one.id, label=one.name)
        for one in view.story.staff.values()
        if one.active and series is not None and one.id != series.author_id
    )


DEEDS: Final[tuple[Deed, ...]] = (
    Deed(
        key="draft-series",
        title="つづけて書く",
        room=ROOM,
        who=_WRITES,
        entries=draft_entries,
        act=_draft,
        offered=_drafts,
        explains="1通ずつ承認されます。言葉は、あとから足すこともできます。お返事は求めません。",
    ),
    Deed(
        key="reword-series",
        title="ひと続きのおたよりの言葉を書く",
        room=ROOM,
        who=_WRITES,
        entries=reword_entries,
        act=_reword,
        offered=_if_own,
        explains="変えた回だけ、もう一度承認をお願いします。",
    ),
    Deed(
        key="skip-step",
        title="この回は送らない",
        room=ROOM,
        who=_CHANGES,
        entries=lambda view, of: (
            Entry(name="step", label="どの回", kind=Kind.CHOICE, options=step_options(view)),
        ),
        act=_skip,
        offered=lambda view: _needs(view, step_options),
    ),
    Deed(
        key="slow-series",
        title="おたよりの間をあける",
        room=ROOM,
        who=_CHANGES,
        entries=lambda view, of: (
            Entry(name="every", label="どのくらい", kind=Kind.CHOICE, options=_SLOWER),
        ),
        act=_slow,
        offered=_if_runs,
    ),
    Deed(
        key="shorten-series",
        title="早めにひと区切りする",
        room=ROOM,
        who=_CHANGES,
        entries=lambda view, of: (),
        act=_shorten,
        offered=_if_runs,
        explains="次の回でひと区切りを知らせ、その次の回で終わります。",
    ),
    Deed(
        key="hand-over-series",
        title="おたよりを別の人が続ける",
        room=ROOM,
        who=_CHANGES,
        entries=lambda view, of: (
            Entry(name="to", label="続ける人", kind=Kind.CHOICE, options=_others(view)),
        ),
        act=_hand_over,
        offered=lambda view: _needs(view, _others),
        explains="お会いできるようになったら、前もって書いたおたよりは、別の人に引き継ぐか終えます。",
    ),
    Deed(
        key="stop-series",
        title="ひと続きのおたよりをここまでにする",
        room=ROOM,
        who=_CHANGES,
        entries=lambda view, of: (
            Entry(
                name="farewell",
                label="ひと区切りの伝え方",
                kind=Kind.CHOICE,
                options=of_enum((Farewell.TOLD_IN_PERSON, Farewell.ANNOUNCED_THEN_LAST)),
                required=False,
                help="もう届いたおたよりがあるときは、お選びください。",
            ),
            Entry(name="reason", label="わけ", required=False),
        ),
        act=_stop,
        offered=_if_runs,
    ),
)
