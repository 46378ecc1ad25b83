"""Choose on one's own page how letters come; it holds at once (G-03, G-05, G-19)."""

from dataclasses import replace
from datetime import datetime

from core.page_steps import PageKey, PageMeans, act_on_page
from core.ports import UnitOfWork
from core.steps import note_fact, refresh_desks, watchers
from core.wishes import Wish, wished


async def change_wishes(
    uow: UnitOfWork, key: PageKey, *, wish: Wish, at: datetime, means: PageMeans
) -> bool:
    """Whether it changed anything.

    What waits to be sent goes by it from now on: hours and days at the second look, a series by
    being planned anew. Other words or a topic less bring what is approved back to be read again.

    Raises:
        PaceUnfit, TopicUnfit. NotFound: the link opens nothing. PinNeeded.
    """
    async with uow.write() as work:
        act = await act_on_page(work, key, at=at, means=means)
        assert act.case is not None
        person = await work.people.get(act.case.person_id)
        made = wished(person, wish)
        if made.person == person:
            return False
        await work.people.put(made.person)
        event = act.audit("person.wishes", person.id, now=made.now, reason=made.what)
        await work.audit.append(replace(event, was=made.was))
        if made.reads_anew:
            await note_fact(work, act.case.id, at=at)
        else:
            await work.series.look_again(person.id, at=at)
        seats = await work.staff.seats(act.case.id)
        await refresh_desks(work, watchers(act.case, seats), at=at)
        await work.commit()
        return True
