"""The ways to a person's own page: making a link, and ending all of them."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from core.audit import AuditEvent
from core.ids import PageLinkId, PersonId, StaffId
from core.link_tokens import token_hash
from core.person_pages import PAGE_LIVES, WAY_BACK, PageLink
from core.ports import Work
from core.steps import Overtaken

PAGE: Final = "page"


async def make_way(work: Work, person_id: PersonId, *, at: datetime, by: StaffId | str) -> str:
    """A new link to this person's page; the token that opens it.

    It belongs to no case's trail: pressing おたより is not told to anybody.

    Args:
        by: PERSON, or the colleague who hands it over.
    """
    token = work.new_token()
    link = PageLink(
        id=PageLinkId(work.new_id()),
        municipality_id=work.municipality_id,
        person_id=person_id,
        token_hash=token_hash(token),
        made_at=at,
        expires_at=at + PAGE_LIVES,
    )
    await work.pages.add(link)
    await work.audit.append(
        AuditEvent(action="page.link_made", at=at, actor=by, role=by, subject=link.id)
    )
    return token


async def close_ways(work: Work, person_id: PersonId, *, at: datetime) -> int:
    """Every link to this person's page opens nothing any more; how many that were.

    Raises:
        Overtaken: one was changed at this very moment.
    """
    open_ones = await work.pages.of_person(person_id, at=at)
    for link in open_ones:
        await _change(work, replace(link, revoked_at=at, version=link.version + 1))
    return len(open_ones)


async def leave_a_way_back(work: Work, person_id: PersonId, *, at: datetime) -> None:
    """After やめる the links stay open for a while and no longer.

    Raises:
        Overtaken.
    """
    until = at + WAY_BACK
    for link in await work.pages.of_person(person_id, at=at):
        if link.expires_at > until:
            await _change(work, replace(link, expires_at=until, version=link.version + 1))


async def _change(work: Work, link: PageLink) -> None:
    if not await work.pages.change(link, version=link.version - 1):
        raise Overtaken(what=PAGE)
