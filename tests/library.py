"""The leaflets of the tests: an exhibition that A may like, and a lunch at a place to take part."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from core.ids import LeafletId
from core.leaflet_pages import Page, PageRef, Picture
from core.leaflets import Leaflet, LeafletState
from core.ports import UnitOfWork
from core.usecases.leaflets.add_leaflet import add_leaflet
from core.usecases.leaflets.approve_leaflet import approve_leaflet
from tests.people import MIDORI, MONDAY, SATO, TANAKA
from tests.proofs import PROOF

TODAY = date(2026, 11, 30)
ABOUT_TRAINS = "鈴木です。鉄道の写真展のちらしを見つけました。行っても行かなくても大丈夫です。"


def page_of(colour: str = "white") -> Page:
    """A page whose pictures are as good as any other bytes."""
    full = Picture(data=f"full {colour}".encode(), media_type="image/jpeg", width=1400, height=2000)
    preview = Picture(
        data=f"small {colour}".encode(), media_type="image/jpeg", width=700, height=1000
    )
    return Page(full=full, preview=preview)


EXHIBITION = Leaflet(
    id=LeafletId("leaflet-trains"),
    municipality_id=MIDORI,
    root_id=LeafletId("leaflet-trains"),
    title="みどり鉄道 写真展",
    quiet_title="鉄道の写真展",
    issuer="みどり市立図書館",
    tags=frozenset({"鉄道", "写真"}),
    valid_from=TODAY - timedelta(days=10),
    valid_until=TODAY + timedelta(days=20),
    plain="駅と列車の写真を二十枚ならべます。入るのにお金はいりません。",
    pages=(PageRef.of(page_of()),),
    author_id=SATO.id,
    added_at=MONDAY,
    is_public_info=True,
)
ON_SHOW = replace(
    EXHIBITION, state=LeafletState.APPROVED, approved_by=TANAKA.id, approved_at=MONDAY, version=2
)


async def added(
    uow: UnitOfWork, *, pages: Sequence[Page] = (page_of(),), **changes: Any
) -> Leaflet:
    """The exhibition's leaflet, added by 佐藤; it waits for a second person."""
    said: dict[str, Any] = {
        name: getattr(EXHIBITION, name)
        for name in (
            "title",
            "quiet_title",
            "issuer",
            "tags",
            "valid_from",
            "valid_until",
            "plain",
            "is_public_info",
        )
    }
    asked = {**said, "pages": pages, "by": SATO.id, "at": MONDAY, "proof": PROOF}
    return await add_leaflet(uow, **(asked | changes))


async def on_show(uow: UnitOfWork, **changes: Any) -> Leaflet:
    """The exhibition's leaflet, approved by 田中."""
    leaflet = await added(uow, **changes)
    return await approve_leaflet(
        uow, leaflet_id=leaflet.id, version=leaflet.version, by=TANAKA.id, at=MONDAY, proof=PROOF
    )
