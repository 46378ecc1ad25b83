"""Press something on one's own page: rest, go on, stop, come back, ask to talk (G-13)."""

import enum
from datetime import datetime

from core.page_steps import PageKey, PageMeans, act_on_page
from core.person_acts import Act, ask_to_talk, rest, stop
from core.person_returns import come_back, end_rest
from core.ports import UnitOfWork


class PagePress(enum.StrEnum):
    """What can be pressed; each takes effect at once, and none asks why."""

    REST_1 = "rest_1"
    REST_3 = "rest_3"
    REST_6 = "rest_6"
    END_REST = "end_rest"
    STOP = "stop"
    COME_BACK = "come_back"
    TALK = "talk"


_MONTHS = {PagePress.REST_1: 1, PagePress.REST_3: 3, PagePress.REST_6: 6}


async def press_on_page(
    uow: UnitOfWork,
    key: PageKey,
    *,
    press: PagePress,
    once: str,
    at: datetime,
    means: PageMeans,
) -> bool:
    """Whether it changed anything; pressing twice is pressing once.

    Args:
        once: the form's own key.

    Raises:
        NotFound: the link opens nothing. PinNeeded.
    """
    async with uow.write() as work:
        act = await act_on_page(work, key, at=at, means=means)
        done = await _do(act, press, message_id=f"page:{once}")
        await work.commit()
        return done


async def _do(act: Act, press: PagePress, *, message_id: str) -> bool:
    assert act.case is not None
    person_id = act.case.person_id
    match press:
        case PagePress.REST_1 | PagePress.REST_3 | PagePress.REST_6:
            return await rest(act, person_id, months=_MONTHS[press])
        case PagePress.END_REST:
            return await end_rest(act, person_id)
        case PagePress.STOP:
            return await stop(act, person_id)
        case PagePress.COME_BACK:
            return await come_back(act, person_id, message_id=message_id)
        case PagePress.TALK:
            return await ask_to_talk(act, person_id, message_id=message_id) is not None
