"""Steps on the person's own page, inside somebody's open transaction: coming in, and its links."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import NamedTuple

from core.errors import NotFound
from core.link_tokens import token_hash
from core.municipal_profiles.duties import USUAL_HOURS
from core.municipal_profiles.profile import ERASES, ReadingHours, Unsend
from core.page_ways import PAGE
from core.people import Person
from core.person_acts import Act, Door, case_of
from core.person_pages import PageLink, PagePin, PinNeeded
from core.ports import LetterPress, Work


class PageKey(NamedTuple):
    """With what somebody stands before a page.

    Attributes:
        token: of the link, as it stands in the address.
        pin_mark: of the PIN that this browser has shown (`PagePin.mark`); "" for none.
    """

    token: str
    pin_mark: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PageMeans:
    """What an act on the page needs besides the record; as `core.person_acts.Act` has it."""

    press: LetterPress
    tz: tzinfo
    hours: ReadingHours = USUAL_HOURS
    closed_days: frozenset[date] = frozenset()
    unsend: Unsend = ERASES


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """Somebody on their own page."""

    link: PageLink
    person: Person
    pin: PagePin | None


async def at_the_door(work: Work, token: str, *, at: datetime) -> Visit:
    """Whose page a link opens, before anybody asks for its PIN.

    Raises:
        NotFound: no such link, or it has ended, or the person has died; always the same.
    """
    link = await work.pages.by_token(token_hash(token))
    if link is None or not link.opens(at):
        raise NotFound(what=PAGE)
    person = await work.people.get(link.person_id)
    if person.deceased_on is not None:
        raise NotFound(what=PAGE)
    return Visit(link=link, person=person, pin=await work.pages.pin_of(person.id))


async def come_in(work: Work, key: PageKey, *, at: datetime) -> Visit:
    """Open the page. Nothing is written down by it: who reads when is nobody's affair.

    Raises:
        NotFound: as `at_the_door`. PinNeeded: it has a PIN that this browser has not shown (G-12).
    """
    visit = await at_the_door(work, key.token, at=at)
    if visit.pin is not None and visit.pin.mark != key.pin_mark:
        raise PinNeeded()
    return visit


async def act_on_page(work: Work, key: PageKey, *, at: datetime, means: PageMeans) -> Act:
    """What the person is about to do on the page, as over LINE.

    Raises:
        NotFound, PinNeeded: as `come_in`; NotFound also where there is no case of theirs.
    """
    visit = await come_in(work, key, at=at)
    case = await case_of(work, visit.person.id)
    if case is None:
        raise NotFound(what=PAGE)
    return Act(
        work=work,
        door=Door.PAGE,
        trace=f"page_link={visit.link.id}",
        occurred_at=at,
        received_at=at,
        tz=means.tz,
        press=means.press,
        link=await work.links.of_person(visit.person.id),
        case=case,
        hours=means.hours,
        closed_days=means.closed_days,
        unsend=means.unsend,
    )
