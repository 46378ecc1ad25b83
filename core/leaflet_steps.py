"""Steps around leaflets that several use cases take inside their own open transaction."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from typing import NamedTuple

from core.access import NotActive
from core.agencies import Role
from core.approach import Fit, interests_named, require_leaflet_fits
from core.audit import SYSTEM
from core.cases import Case
from core.days import local_day
from core.errors import NotFound
from core.ids import LeafletId, LetterId, MatchId, StaffId
from core.leaflet_choice import (
    LeafletNotReleased,
    require_in_force,
    require_leaflet_words,
    require_may_go,
)
from core.leaflet_links import LeafletLink, link_ends
from core.leaflet_pages import Page, PageRef, Picture
from core.leaflets import Leaflet, LeafletMoved
from core.letters import Letter
from core.link_tokens import token_hash
from core.lint import LetterContext, Proofreader, TextKind, check_words, require_fit
from core.people import Person
from core.ports import Work
from core.proposals import propose
from core.resources import Match
from core.steps import Overtaken, acting_role


async def keeper(work: Work, *, by: StaffId, allowed: frozenset[Role]) -> Role:
    """Somebody who looks after the library; no case is needed for it.

    Raises:
        NotFound, NotActive, RoleNeeded.
    """
    staff = await work.staff.get(by)
    if not staff.active:
        raise NotActive()
    return acting_role(staff, await work.staff.seats_of(by), allowed)


async def shown_leaflet(work: Work, leaflet_id: LeafletId, *, version: int) -> Leaflet:
    """The edition, as the colleague saw it.

    Raises:
        NotFound. Overtaken: it changed since.
    """
    leaflet = await work.leaflets.get(leaflet_id)
    if leaflet.version != version:
        raise Overtaken(what="leaflet")
    return leaflet


async def keep_pages(work: Work, pages: Iterable[Page]) -> tuple[PageRef, ...]:
    """Keep the pictures of a leaflet; pages with the same picture share it."""
    kept = []
    for page in pages:
        for picture in (page.full, page.preview):
            await work.leaflets.keep(picture)
        kept.append(PageRef.of(page))
    return tuple(kept)


async def require_quiet(work: Work, title: str, *, proof: Proofreader, at: datetime) -> None:
    """Refuse a title that does not belong on a lock screen (G-11, G-20).

    Raises:
        WordingBlocked.
    """
    rules = (await work.towns.get()).letters
    context = LetterContext(kind=TextKind.LEAFLET, today=proof.today(at), rules=rules)
    found = check_words(title, context=context, morphology=proof.morphology, shown=True)
    require_fit(found)


async def put(work: Work, was: Leaflet, moved: LeafletMoved) -> Leaflet:
    """Put the edition in the place of the one that was read.

    Raises:
        Overtaken: somebody was faster.
    """
    if not await work.leaflets.change(moved.leaflet, version=was.version):
        raise Overtaken(what="leaflet")
    await work.audit.append(moved.event)
    return moved.leaflet


class ForLetter(NamedTuple):
    """A leaflet that a letter is to carry.

    Attributes:
        nth: how many letters to the person had carried it when that was looked at; whoever comes
            second at the same moment has the same number, and the database takes one.
    """

    leaflet: Leaflet
    fit: Fit
    nth: int


async def leaflet_for(
    work: Work,
    leaflet_id: LeafletId,
    *,
    case: Case,
    person: Person,
    body: str,
    reason: str,
    on: date,
    but: LetterId | None = None,
) -> ForLetter:
    """The leaflet that a letter is to carry on this local day, and why it fits.

    Raises:
        NotFound. LeafletNotReleased, LeafletNotYet, LeafletOver, NoNeedUnsaid, DeadlinePressed:
        G-20. LeafletElsewhere, LeafletGiven, LeafletUnfit: R-026.
    """
    leaflet = await work.leaflets.get(leaflet_id)
    # Counted before it is asked who has it: a letter written in between is then seen below.
    nth = await work.leaflets.carried(person.id, leaflet.root_id)
    fit = require_may_go(
        leaflet,
        on=on,
        areas=(case.area_id, person.area_id),
        given=await work.leaflets.given_to(person.id, but=but),
        interests=person.interests,
        reason=reason,
    )
    require_leaflet_words(body)
    return ForLetter(leaflet, fit, nth)


def require_named_interest(person: Person, *, body: str) -> None:
    """A letter about a leaflet that is not in the library names what the person cares about.

    Raises:
        LeafletUnfit: R-026.
    """
    named = interests_named(body, interests=person.interests)
    require_leaflet_fits(named, interests=person.interests)


async def carry(work: Work, letter: Letter, chosen: ForLetter) -> None:
    """From now on the letter carries the leaflet.

    Raises:
        Overtaken: a colleague wrote one with it to this person at this very moment.
    """
    leaflet, fit, nth = chosen
    await work.leaflets.carry(
        LeafletLink(
            letter_id=letter.id,
            municipality_id=letter.municipality_id,
            case_id=letter.case_id,
            person_id=letter.person_id,
            leaflet_id=leaflet.id,
            root_id=leaflet.root_id,
            edition=leaflet.edition,
            nth=nth,
            why="" if fit.tags else fit.reason,
            place_id=leaflet.place_id,
        )
    )


async def rewritten_fits(
    work: Work, letter: Letter, *, case: Case, person: Person, body: str, on: date
) -> None:
    """Refuse new words for a letter with a leaflet that would not have been taken at first.

    Raises:
        As `leaflet_for`; LeafletUnfit where the letter carries none.
    """
    link = await work.leaflets.link_of(letter.id)
    if link is None:
        require_named_interest(person, body=body)
        return
    await leaflet_for(
        work,
        await current_of(work, link),
        case=case,
        person=person,
        body=body,
        reason=link.why,
        on=on,
        but=letter.id,
    )


async def current_of(work: Work, link: LeafletLink) -> LeafletId:
    """The edition that counts now of what a letter carries; its own where none is approved."""
    current = await work.leaflets.current(link.root_id)
    return link.leaflet_id if current is None else current.id


async def open_link_for(work: Work, letter: Letter, *, at: datetime, tz: tzinfo) -> str:
    """Make the link of a letter that is being approved, anew; "" where it carries no leaflet.

    A newer edition takes the place of the one that was chosen; the approver reads that one. An
    earlier token of this letter, which never left, opens nothing any more.

    Returns:
        The token. Only its hash is kept, apart from the frozen request that holds the link.

    Raises:
        LeafletNotReleased, LeafletNotYet, LeafletOver, NoNeedUnsaid, DeadlinePressed. Overtaken.
    """
    link = await work.leaflets.link_of(letter.id)
    if link is None:
        return ""
    leaflet = await work.leaflets.current(link.root_id)
    if leaflet is None:
        raise LeafletNotReleased(allowed="OTHER_LEAFLET")
    require_in_force(leaflet, on=local_day(max(at, letter.opens_at), tz=tz))
    require_leaflet_words(letter.body)
    token = work.new_token()
    opened = replace(
        link,
        leaflet_id=leaflet.id,
        edition=leaflet.edition,
        token_hash=token_hash(token),
        expires_at=link_ends(leaflet, at=at, tz=tz),
        revoked_at=None,
        version=link.version + 1,
    )
    if not await work.leaflets.change_link(opened, version=link.version):
        raise Overtaken(what="leaflet link")
    return token


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenedLeaflet:
    """What the link shows: the edition that counts now.

    Attributes:
        is_over: its last day has passed; the page says so kindly.
        account: how the town's LINE account is called.
        picture: the one that was asked for.
    """

    leaflet: Leaflet
    is_over: bool
    account: str
    picture: Picture | None = None


async def opened_leaflet(
    work: Work,
    root_id: LeafletId,
    *,
    at: datetime,
    tz: tzinfo,
    page: int | None = None,
    full: bool = False,
) -> OpenedLeaflet:
    """The edition that counts now of a leaflet, or one of its pictures; nothing is noted.

    Args:
        page: counted from 1; `full` for the picture's full size.

    Raises:
        NotFound: the leaflet was taken back, or it has no such page; always the same.
    """
    leaflet = await work.leaflets.current(root_id)
    if leaflet is None:
        raise NotFound(what="leaflet")
    picture = None
    if page is not None:
        if not 1 <= page <= len(leaflet.pages):
            raise NotFound(what="leaflet")
        ref = leaflet.pages[page - 1]
        picture = await work.leaflets.picture(ref.full if full else ref.preview)
    return OpenedLeaflet(
        leaflet=leaflet,
        is_over=local_day(at, tz=tz) > leaflet.valid_until,
        account=(await work.towns.get()).account_name,
        picture=picture,
    )


async def note_places_told(work: Work, letters: Iterable[LetterId], *, at: datetime) -> None:
    """Letters with leaflets have left: of the places in them, the people have been told (R-064).

    It is the first step of a match; every further one is a colleague's, by the person's wish.
    """
    for link in await work.leaflets.links_of(letters):
        if link.place_id is None:
            continue
        match = Match(
            id=MatchId(work.new_id()),
            municipality_id=work.municipality_id,
            case_id=link.case_id,
            person_id=link.person_id,
            place_id=link.place_id,
        )
        known = await work.resources.matches_of_case(link.case_id)
        if any((one.person_id, one.place_id) == (match.person_id, match.place_id) for one in known):
            continue
        told = propose(match, known=known, by=StaffId(SYSTEM), role=Role.SYSTEM, at=at)
        event = replace(told.event, evidence=(*told.event.evidence, f"letter={link.letter_id}"))
        await work.resources.add_match(told.match)
        await work.audit.append(event)
