"""See on one's own page how letters come, and what can be chosen."""

from dataclasses import dataclass
from datetime import datetime, time

from core.page_steps import PageKey, come_in
from core.page_views import LettersNow, standing_of
from core.people import LanguageStyle
from core.ports import UnitOfWork
from core.wish_choices import TimeOfDay, hours_of


@dataclass(frozen=True, kw_only=True, slots=True)
class WishesView:
    """How letters come.

    Attributes:
        time_of_day: None where the person has hours of their own: `wakes`, `sleeps`, local time.
        opens, closes: the town's hours.
        topics: what the person likes to read about; `offered` are the library's other topics.
    """

    account: str
    style: LanguageStyle
    standing: LettersNow
    rests_until: datetime | None
    take_every: int
    time_of_day: TimeOfDay | None
    wakes: time | None
    sleeps: time | None
    opens: time
    closes: time
    any_day: bool
    topics: tuple[str, ...]
    offered: tuple[str, ...]
    has_pin: bool


async def show_wishes(uow: UnitOfWork, key: PageKey, *, at: datetime) -> WishesView:
    """It reads only.

    Raises:
        NotFound: the link opens nothing. PinNeeded.
    """
    async with uow.read() as work:
        visit = await come_in(work, key, at=at)
        person = visit.person
        town = await work.towns.get()
        standing, until = standing_of(await work.links.of_person(person.id), at=at)
        tags = {tag for leaflet in await work.leaflets.approved() for tag in leaflet.tags}
        return WishesView(
            account=town.account_name,
            style=person.language_style,
            standing=standing,
            rests_until=until,
            take_every=person.letter_wishes.take_every,
            time_of_day=hours_of(person),
            wakes=person.wakes,
            sleeps=person.sleeps,
            opens=town.letters.opens,
            closes=town.letters.closes,
            any_day=person.letter_wishes.any_day,
            topics=person.interests,
            offered=tuple(sorted(tags - set(person.interests))),
            has_pin=visit.pin is not None,
        )
