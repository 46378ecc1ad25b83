"""Fill a template in for a person; nothing is written yet."""

from datetime import date, tzinfo

from core.access import Action, require
from core.ids import CaseId, StaffId
from core.municipal_profiles.profile import ReadingHours
from core.ports import UnitOfWork
from core.word_steps import composed, occasion_of, open_phrases, towns_library
from core.wording.fields import TextField
from core.wording.library import Composed, Library


async def compose_letter(
    uow: UnitOfWork,
    *,
    library: Library,
    case_id: CaseId,
    by: StaffId,
    template: str,
    day: date,
    tz: tzinfo,
    hours: ReadingHours,
    season: str | None = None,
) -> Composed:
    """The words of a letter from a template; the same question gives the same words.

    Args:
        template: name and version.
        day: the local day from which on the letter may arrive.
        season: id of a phrase; without one, the case's own of that day.

    Raises:
        NotYours. NoSuchTemplate, NoSuchPhrase. SaidBefore, OutOfSeason: G-04.
        FieldsMissing, FieldUnfit: S1.
    """
    async with uow.read() as work:
        case, author = await work.cases.get(case_id), await work.staff.get(by)
        seats = await work.staff.seats(case_id)
        require(author, Action.WRITE_LETTER, case_id=case_id, seats=seats)
        occasion = await occasion_of(work, case, author=author, day=day, tz=tz, hours=hours)
        own = await towns_library(work, library)
        found = own.template(template, style=occasion.style)
        if season is None or TextField.SEASON not in found.fields:
            phrase = next(iter(open_phrases(own, occasion)), None)
        else:
            phrase = own.almanac.phrase(season, day=day, tz=tz)
        return composed(own, found, occasion, phrase=phrase)
