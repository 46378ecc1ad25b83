"""ひと続きのおたより: written in one go, changed, slowed, ended (つづけて書く)."""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from bots.i18n.catalogue import refusal, word
from bots.web.desk.deed import ALWAYS, Deed, Means, Offer, View
from bots.web.desk.entries import Entry, Kind, Option, of_enum
from bots.web.desk.filled import Filled, Slip, Unfilled
from bots.web.desk.series_entries import (
    DAY,
    anchors_for,
    days_of,
    draft_entries,
    ground_in,
    named,
    packs_in,
    reword_entries,
    running,
    standing,
    step_options,
)
from bots.web.desk.series_words import WORDS, put_templates, words_in
from core.access import Action
from core.cadence.packs import Anchor, PackUnknown
from core.cases import WRITABLE
from core.closing import Farewell
from core.ids import StaffId
from core.lint import Proofreader
from core.permissions import holders
from core.series import Series
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
_NOTHING: Final = "言葉を書くか、ひな形をお選びください。ほかの回は、あとからでも書けます。"
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
    on = filled.day(DAY) if anchor is Anchor.DAY else None
    await put_templates(means, filled, days=days_of(view, of, on=on))
    words = words_in(filled)
    if not words:
        first = next(iter(filled.starting(WORDS)), "")
        raise Unfilled([Slip(name=f"{WORDS}{first}", said=_NOTHING)])
    with _at_its_box():
        series = await draft_series(
            means.uow,
            case_id=view.story.case.id,
            by=means.by,
            pack=pack,
            anchor=anchor,
            anchored_on=on or known_anchor(ground, anchor, since=means.at, tz=means.tz),
            words=words,
            at=means.at,
            tz=means.tz,
            proof=_proof(means),
            closed_days=means.closed_days,
        )
    written = sum(step.letter_id is not None for step in series.steps)
    if series.anchored_on is None:
        return "ひと続きのおたよりを書きました。日が決まると、承認のお願いが届きます。"
    return (
        f"ひと続きのおたよりを書きました。{written}通の承認をお願いしています。"
        "言葉がまだの回は、近くなったらお知らせします。"
    )


@contextmanager
def _at_its_box() -> Iterator[None]:
    """What is wrong with one letter stands beside its box."""
    try:
        yield
    except SeriesWordsBlocked as blocked:
        slip = Slip(name=f"{WORDS}{blocked.facts['step']}", said=refusal(blocked).sentence)
        raise Unfilled([slip]) from blocked


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


# A use case that changes the series that runs; beside its own arguments it takes `series_id`,
# `by` and `at`.
_Change = Callable[..., Awaitable[Series]]


def _changing(
    change: _Change, asked: Callable[[Filled], dict[str, Any]], *, said: str
) -> Callable[[Means, Filled, str], Awaitable[str]]:
    """The act of a deed that changes the series: what the form says, one call, one sentence."""

    async def act(means: Means, filled: Filled, of: str) -> str:
        series = _series(means)
        await change(means.uow, series_id=series.id, by=means.by, at=means.at, **asked(filled))
        return said

    return act


async def _reword(means: Means, filled: Filled, of: str) -> str:
    steps = standing(means.view, _series(means))
    days = {one.step.key: one.step.opens_at.date() for one in steps if one.step.opens_at}
    await put_templates(means, filled, days=days)
    with _at_its_box():
        await write_steps(
            means.uow,
            series_id=_series(means).id,
            version=filled.number("version"),
            words=words_in(filled),
            by=means.by,
            at=means.at,
            proof=_proof(means),
            closed_days=means.closed_days,
        )
    return "言葉を書き直しました。変えた回は、もう一度承認をお願いします。"


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
        act=_changing(
            skip_step,
            lambda filled: {"key": filled.text("step")},
            said="その回は送りません。ほかの回は、そのままです。",
        ),
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
        act=_changing(
            change_pace,
            lambda filled: {"take_every": int(filled.text("every"))},
            said="間をあけました。",
        ),
        offered=_if_runs,
    ),
    Deed(
        key="shorten-series",
        title="早めにひと区切りする",
        room=ROOM,
        who=_CHANGES,
        entries=lambda view, of: (),
        act=_changing(
            shorten_series,
            lambda filled: {},
            said="あと2通でひと区切りにします。ひと区切りを知らせる言葉を、書き直してください。",
        ),
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
        act=_changing(
            hand_over_series,
            lambda filled: {"to": StaffId(filled.text("to"))},
            said="引き継ぎました。新しい書き手が読み直してから、承認をお願いします。",
        ),
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
        act=_changing(
            stop_series,
            lambda filled: {
                "farewell": filled.maybe_one("farewell", Farewell),
                "reason": filled.text("reason"),
            },
            said="ひと続きのおたよりを終えました。",
        ),
        offered=_if_runs,
    ),
)
WRITES: Final = frozenset({"draft-series", "reword-series"})
"""Deeds whose forms need the town's own templates."""
