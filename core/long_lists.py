"""The lists of a case that grow for years, told page by page: newest first, older on request."""

import enum
from dataclasses import dataclass
from typing import Any, Final

from core.ids import CaseId
from core.ports import Work

# How many a page shows before 「もっと見る」.
NEWEST: Final = 20


class LongList(enum.StrEnum):
    """The lists, as an address and a story name them."""

    LETTERS = "letters"
    CONTACTS = "contacts"
    REPLIES = "replies"
    MEETINGS = "meetings"
    TRAIL = "trail"


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """Some rows of a list, newest first; of the trail oldest first.

    Attributes:
        before: names the place from which older ones go on; "" where there are none.
    """

    rows: tuple[Any, ...]
    before: str = ""


async def page_of(
    work: Work, case_id: CaseId, part: LongList, *, most: int | None, before: str = ""
) -> Page:
    """A page of one list.

    Args:
        most: how many; None for all.
        before: what an earlier page gave; "" for the newest.
    """
    asked = None if most is None else most + 1
    rows: tuple[Any, ...]
    match part:
        case LongList.LETTERS:
            rows = await work.letters.of_case(case_id, limit=asked, before=before or None)
        case LongList.CONTACTS:
            rows = await work.contacts.of_case(case_id, limit=asked, before=before or None)
        case LongList.REPLIES:
            rows = await work.replies.of_case(case_id, limit=asked, before=before or None)
        case LongList.MEETINGS:
            rows = await work.meetings.of_case(case_id, limit=asked, before=before or None)
        case LongList.TRAIL:
            return await _trail(work, case_id, most=most, before=before)
    return cut(rows, most=most)


def cut(rows: tuple[Any, ...], *, most: int | None) -> Page:
    """A page out of one row more than it shows, if there is one more."""
    if most is None or len(rows) <= most:
        return Page(rows=rows)
    return Page(rows=rows[:most], before=str(rows[most - 1].id))


async def _trail(work: Work, case_id: CaseId, *, most: int | None, before: str) -> Page:
    rows = await work.audit.newest_of_case(
        case_id,
        limit=None if most is None else most + 1,
        before=int(before) if before.isdecimal() else None,
    )
    if most is None or len(rows) <= most:
        return Page(rows=rows)
    return Page(rows=rows[-most:], before=str(rows[-most].number))
