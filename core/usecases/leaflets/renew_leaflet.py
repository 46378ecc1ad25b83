"""Write a new edition of a leaflet; the old one is sent on until the new one is approved."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from core.ids import LeafletId, StaffId
from core.leaflet_pages import Page
from core.leaflet_steps import keep_pages, keeper, require_quiet, shown_leaflet
from core.leaflets import (
    LEAFLET_KEEPERS,
    Leaflet,
    LeafletState,
    LeafletStepClosed,
    event_of,
    require_whole,
)
from core.lint import Proofreader
from core.ports import UnitOfWork

# How an edition begins, whatever became of the one before.
BLANK: Final[dict[str, Any]] = {
    "state": LeafletState.WAITING,
    "approved_by": None,
    "approved_at": None,
    "withdrawn_by": None,
    "withdrawn_at": None,
    "withdrawn_why": "",
    "version": 1,
}


async def renew_leaflet(
    uow: UnitOfWork,
    *,
    leaflet_id: LeafletId,
    version: int,
    title: str,
    quiet_title: str,
    issuer: str,
    tags: frozenset[str],
    valid_from: date,
    valid_until: date,
    plain: str,
    pages: Sequence[Page],
    is_news: bool,
    by: StaffId,
    at: datetime,
    proof: Proofreader,
) -> Leaflet:
    """The next edition; it waits for approval.

    Args:
        pages: none leaves the pictures as they are.
        is_news: the content is new, so that whoever has the old one may be sent this one (R-026).

    Raises:
        NotFound, NotActive, RoleNeeded: the door. Overtaken. LeafletStepClosed: an edition waits
        already. LeafletIncomplete, LeafletNotPublic, TooManyPages, DeadlinePressed,
        WordingBlocked: as at first.
    """
    async with uow.write() as work:
        role = await keeper(work, by=by, allowed=LEAFLET_KEEPERS)
        was = await shown_leaflet(work, leaflet_id, version=version)
        latest, *_ = await work.leaflets.editions(was.root_id)
        if latest.state is LeafletState.WAITING:
            raise LeafletStepClosed(allowed="APPROVED,WITHDRAWN")
        edition = latest.edition + 1
        now = replace(
            was,
            id=LeafletId(work.new_id()),
            title=title.strip(),
            quiet_title=quiet_title.strip(),
            issuer=issuer.strip(),
            tags=tags,
            valid_from=valid_from,
            valid_until=valid_until,
            plain=plain.strip(),
            pages=await keep_pages(work, pages) or was.pages,
            author_id=by,
            added_at=at,
            edition=edition,
            fresh_since=edition if is_news else latest.fresh_since,
            **BLANK,
        )
        require_whole(now)
        await require_quiet(work, now.quiet_title, proof=proof, at=at)
        await work.leaflets.add(now)
        await work.audit.append(event_of(now, by=by, role=role, at=at))
        await work.commit()
        return now
