"""The guide for the person at home: on paper from a case or the town's desk, and as a leaflet."""

import asyncio
from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from typing import Any, Final

from bots.paper.guide import printed_guide
from bots.paper.guide_words import Guide, guide_of, guide_title
from bots.web.desk.deed import ALWAYS, Acting, Deed, Handed, Offer, TownDeed, TownMeans
from bots.web.desk.filled import Filled
from bots.web.desk.library import ROOM as LIBRARY
from bots.web.desk.linking import ROOM as LINKING
from bots.web.desk.views import TownView
from core.leaflets import LEAFLET_KEEPERS, LeafletState
from core.municipal_profiles.duties import reading_hours
from core.permissions import Action, holders
from core.usecases.leaflets.add_leaflet import add_leaflet
from core.usecases.linking.tell_account import tell_account

PAPER_NAME: Final = "tebiki.pdf"
TOPIC: Final = "このおたよりのこと"
_LASTS: Final = timedelta(days=365)
_STANDING: Final = frozenset({LeafletState.WAITING, LeafletState.APPROVED})
_PRINTERS: Final = holders(Action.ISSUE_LINK_CODE)


async def _guide(means: Acting[Any]) -> Guide:
    account = await tell_account(means.uow)
    return guide_of(account=account, hours=reading_hours(means.profile))


async def _drawn(guide: Guide, means: Acting[Any]) -> bytes:
    # The drawing takes a good part of a second; others are served meanwhile.
    return await asyncio.to_thread(partial(printed_guide, guide, made_at=means.at))


async def _print(means: Acting[Any], filled: Filled, of: str) -> Handed:
    content = await _drawn(await _guide(means), means)
    return Handed(content=content, media_type="application/pdf", name=PAPER_NAME)


def _not_there(view: TownView) -> Iterable[Offer]:
    """Until it stands in the library; from then on it is renewed there like any other."""
    there = {one.quiet_title for one in view.story.leaflets if one.state in _STANDING}
    return () if guide_title() in there else ALWAYS


async def _add(means: TownMeans, filled: Filled, of: str) -> str:
    guide = await _guide(means)
    added = await add_leaflet(
        means.uow,
        title=guide_title(),
        quiet_title=guide_title(),
        issuer=guide.account,
        tags=frozenset({TOPIC}),
        valid_from=means.today,
        valid_until=means.today + _LASTS,
        plain=guide.plain,
        pages=await means.pages_of(await _drawn(guide, means)),
        is_public_info=True,
        by=means.by,
        at=means.at,
        proof=means.proof,
    )
    return f"「{added.title}」を登録しました。別の方が承認すると、お届けできます。"


_PRINT: Final[dict[str, Any]] = {
    "key": "print-guide",
    "title": "てびきを紙にする",
    "room": LINKING,
    "entries": lambda view, of: (),
    "act": _print,
    "explains": "ご本人にお渡しする、やさしい言葉のてびきです(A4で2枚)。"
    "LINEの名前と、読む時間だけが入ります。どなたのことも書かれていません。",
}
DEEDS: Final[tuple[Deed, ...]] = (Deed(who=_PRINTERS, **_PRINT),)
TOWN_DEEDS: Final[tuple[TownDeed, ...]] = (
    TownDeed(who=_PRINTERS | LEAFLET_KEEPERS, **_PRINT),
    TownDeed(
        key="add-guide",
        title="てびきをちらしに加える",
        room=LIBRARY,
        who=LEAFLET_KEEPERS,
        entries=lambda view, of: (),
        act=_add,
        offered=_not_there,
        explains="ご本人にお渡しする、やさしい言葉のてびきを、この町の名前と時間で作ります。"
        "別の方が読んで承認すると、ほかのちらしと同じに届けられます。",
    ),
)
