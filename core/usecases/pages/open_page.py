"""Open one's own page: letters so far, one's own words, and how letters come."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.ids import LeafletId, StaffId
from core.leaflet_links import LeafletLink
from core.letters import ANSWER_KEY, Letter, LetterKind, LetterState
from core.page_steps import PageKey, Visit, come_in
from core.page_views import LettersNow, standing_of
from core.people import LanguageStyle
from core.ports import UnitOfWork, Work
from core.replies import Reply, ReplyKind, ReplyState

_MOST_ANSWERS: Final = 500


class Side(enum.StrEnum):
    """Who says it."""

    LETTER = "letter"
    ANSWER = "answer"
    OWN = "own"


@dataclass(frozen=True, kw_only=True, slots=True)
class PageLine:
    """Something that was said, by whoever it was.

    Attributes:
        by: the colleague's name; "" for the person's own words.
        kind: in what form the person said it; None for a letter.
        leaflet: the leaflet that a letter carried, by its first edition.
        reads_from: of own words that nobody has read yet: from when somebody does.
        own_key: by which own words that came over the page can be taken back; "" otherwise.
    """

    side: Side
    text: str
    at: datetime
    by: str = ""
    kind: ReplyKind | None = None
    leaflet: LeafletId | None = None
    reads_from: datetime | None = None
    own_key: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnPage:
    """The page.

    Attributes:
        account: how the town's LINE account is called; harmless.
        lines: newest first, from the one asked for on.
        older: from which line on older ones stand; None where there are none.
    """

    account: str
    style: LanguageStyle
    standing: LettersNow
    rests_until: datetime | None
    lines: tuple[PageLine, ...]
    older: int | None
    has_pin: bool


async def open_page(
    uow: UnitOfWork, key: PageKey, *, at: datetime, start: int = 0, most: int = 12
) -> OwnPage:
    """The person's own page. It reads only: nobody is told that it was opened, or when.

    Args:
        start: how many of the newest lines are left out; most: how many are shown.

    Raises:
        NotFound: the link opens nothing. PinNeeded.
    """
    async with uow.read() as work:
        visit = await come_in(work, key, at=at)
        said = await _all_said(work, visit)
        link = await work.links.of_person(visit.person.id)
        standing, until = standing_of(link, at=at)
        start = max(start, 0)
        return OwnPage(
            account=(await work.towns.get()).account_name,
            style=visit.person.language_style,
            standing=standing,
            rests_until=until,
            lines=said[start : start + most],
            older=start + most if len(said) > start + most else None,
            has_pin=visit.pin is not None,
        )


async def _all_said(work: Work, visit: Visit) -> tuple[PageLine, ...]:
    """Of every case of the person: what left, and what they said and did not take back."""
    lines: list[PageLine] = []
    names: dict[StaffId, str] = {}
    for answer in await work.answers.of_person(visit.person.id, limit=_MOST_ANSWERS):
        by = await _name(work, answer.by, names)
        lines.append(PageLine(side=Side.ANSWER, text=answer.text, at=answer.at, by=by))
    for case in await work.cases.of_person(visit.person.id):
        letters = [one for one in await work.letters.of_case(case.id) if _left(one)]
        carried = await work.leaflets.links_of([letter.id for letter in letters])
        lines += await _letter_lines(work, letters, carried, names)
        lines += [_own(reply) for reply in await work.replies.of_case(case.id) if _shown(reply)]
    return tuple(sorted(lines, key=lambda line: line.at, reverse=True))


def _left(letter: Letter) -> bool:
    """An answer of a colleague that went over LINE as a letter stands there as the answer."""
    plain = letter.kind is not LetterKind.ACKNOWLEDGEMENT
    told = (letter.command_key or "").startswith(ANSWER_KEY)
    return letter.state is LetterState.SENT and plain and not told


def _shown(reply: Reply) -> bool:
    return reply.state is not ReplyState.WITHDRAWN


async def _letter_lines(
    work: Work,
    letters: Iterable[Letter],
    carried: Iterable[LeafletLink],
    names: dict[StaffId, str],
) -> list[PageLine]:
    leaflets = {link.letter_id: link.root_id for link in carried if link.revoked_at is None}
    lines = []
    for letter in letters:
        lines.append(
            PageLine(
                side=Side.LETTER,
                text=letter.body,
                at=letter.sent_at or letter.opens_at,
                by=await _name(work, letter.author_id, names),
                leaflet=leaflets.get(letter.id),
            )
        )
    return lines


async def _name(work: Work, staff_id: StaffId, names: dict[StaffId, str]) -> str:
    if staff_id not in names:
        names[staff_id] = (await work.staff.get(staff_id)).name
    return names[staff_id]


def _own(reply: Reply) -> PageLine:
    from_page = reply.message_id or ""
    return PageLine(
        side=Side.OWN,
        text=reply.text,
        at=reply.occurred_at,
        kind=reply.kind,
        reads_from=reply.reads_from if reply.state is ReplyState.KEPT else None,
        own_key=from_page if from_page.startswith("page:") else "",
    )
