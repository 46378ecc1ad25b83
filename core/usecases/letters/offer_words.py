"""Offer words for a letter: templates and phrases of the season that fit the person."""

from dataclasses import dataclass
from datetime import date, tzinfo

from core.access import Action, require
from core.ids import CaseId, StaffId
from core.letters import LetterKind
from core.municipal_profiles.profile import ReadingHours
from core.people import LanguageStyle
from core.ports import UnitOfWork
from core.word_steps import fits, kinds_for, occasion_of, open_phrases, towns_library
from core.wording.library import Library
from core.wording.season import Phrase
from core.wording.templates import Template


@dataclass(frozen=True, kw_only=True, slots=True)
class WordsOffer:
    """What there is to choose from.

    Attributes:
        style: how the person likes to be written to.
        templates: those that can be filled in and that the person has not read for a year.
        phrases: of the season, unused for a year; the first is the one for this case.
    """

    style: LanguageStyle
    templates: tuple[Template, ...]
    phrases: tuple[Phrase, ...]


async def offer_words(
    uow: UnitOfWork,
    *,
    library: Library,
    case_id: CaseId,
    by: StaffId,
    kind: LetterKind,
    day: date,
    tz: tzinfo,
    hours: ReadingHours,
) -> WordsOffer:
    """Templates for a letter of this kind, and phrases for its day.

    Args:
        day: the local day from which on the letter may arrive.
        hours: when the town reads what comes in.

    Raises:
        NotYours: no seat that writes letters on this case.
    """
    async with uow.read() as work:
        case, author = await work.cases.get(case_id), await work.staff.get(by)
        seats = await work.staff.seats(case_id)
        require(author, Action.WRITE_LETTER, case_id=case_id, seats=seats)
        occasion = await occasion_of(work, case, author=author, day=day, tz=tz, hours=hours)
        own = await towns_library(work, library)
        fitting = own.fitting(kinds=kinds_for(kind), style=occasion.style)
        return WordsOffer(
            style=occasion.style,
            templates=tuple(one for one in fitting if fits(own, one, occasion)),
            phrases=open_phrases(own, occasion),
        )
