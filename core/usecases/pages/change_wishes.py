"""Choose on one's own page how letters come; it holds at once (G-03, G-05, G-19)."""

from datetime import datetime

from core.audit import PERSON
from core.page_steps import PageKey, PageMeans, act_on_page
from core.ports import UnitOfWork
from core.wish_choices import Wish, chosen
from core.wish_steps import take_down
from core.wishes import Wishes


async def change_wishes(
    uow: UnitOfWork, key: PageKey, *, wish: Wish, at: datetime, means: PageMeans
) -> bool:
    """Whether it changed anything.

    Raises:
        PaceUnfit, TopicUnfit, WishUnfit. NotFound: the link opens nothing. PinNeeded.
    """
    async with uow.write() as work:
        act = await act_on_page(work, key, at=at, means=means)
        assert act.case is not None
        person = await work.people.get(act.case.person_id)
        found = await take_down(
            work,
            person,
            chosen(Wishes.of(person), wish),
            by=PERSON,
            role=PERSON,
            at=at,
            tz=means.tz,
            closed_days=means.closed_days,
            trace=(act.trace,),
        )
        await work.commit()
        return found is not None
