"""Finding words for a letter: what is known of the person's occasion, and what fits it."""

import hashlib
from datetime import date, datetime, time, tzinfo

from core.agencies import Staff
from core.approvals import FOR_LETTERS, require_words_allowed
from core.cases import Case
from core.errors import CaseworkError
from core.letters import LetterKind
from core.lint.plain import letters_of
from core.municipal_profiles.profile import ReadingHours
from core.people import Person
from core.ports import Work
from core.profiles import StandingText, TextUse
from core.wording.duties import template_of
from core.wording.fields import NAME_MOST, Hours, Names, TextField, Values
from core.wording.kinds import LETTER_KINDS, WRITTEN, TextKind
from core.wording.library import Composed, Library, Occasion, SaidBefore, compose
from core.wording.sameness import twelve_months_before
from core.wording.season import Phrase
from core.wording.templates import Template


async def towns_library(work: Work, library: Library) -> Library:
    """The library with the town's own templates in it."""
    own = await work.towns.texts_in_force(TextUse.TEMPLATE)
    return library.with_own(map(own_template, own))


def own_template(text: StandingText) -> Template:
    """A town's template as it stands on record; it was read when it was loaded."""
    assert text.kind is not None and text.style is not None
    return template_of(
        name=text.name,
        version=text.version,
        kind=text.kind,
        style=text.style,
        body=text.body,
        title=text.title,
        own=True,
    )


async def occasion_of(
    work: Work, case: Case, *, author: Staff, day: date, tz: tzinfo, hours: ReadingHours
) -> Occasion:
    """What a template for this case can be filled with.

    Args:
        day: the local day from which on the letter may arrive.
        hours: when the town reads what comes in.
    """
    person = await work.people.get(case.person_id)
    since = datetime.combine(twelve_months_before(day), time(), tzinfo=tz)
    said = await work.letters.written_to(person.id, since=since)
    readers = [author.name]
    if case.lead_staff_id is not None and case.lead_staff_id != author.id:
        lead = await work.staff.get(case.lead_staff_id)
        readers += [lead.name] if lead.active else []
    values: Values = {
        TextField.SENDER: author.name,
        TextField.PLACE: (await work.towns.get()).account_name,
        TextField.READERS: Names(tuple(readers)),
        TextField.HOURS: Hours(hours.opens, hours.closes),
    }
    if interest := _interest(person, case=case, day=day):
        values[TextField.INTEREST] = interest
    return Occasion(
        case=case.id,
        day=day,
        tz=tz,
        style=person.language_style,
        values=values,
        used=frozenset(letter.season for letter in said if letter.season),
        said=frozenset(letter.body for letter in said),
    )


def kinds_for(kind: LetterKind) -> frozenset[TextKind]:
    """Texts from which a letter of this kind is written."""
    return frozenset(one for one in WRITTEN if LETTER_KINDS[one] is kind)


def open_phrases(library: Library, occasion: Occasion) -> tuple[Phrase, ...]:
    """Phrases of the season that this person has not had for twelve months (G-04)."""
    return library.almanac.open(
        case=occasion.case, day=occasion.day, tz=occasion.tz, used=occasion.used
    )


def composed(
    library: Library, template: Template, occasion: Occasion, *, phrase: Phrase | None
) -> Composed:
    """The letter's words.

    Raises:
        SaidBefore: G-04. FieldsMissing, FieldUnfit: S1.
    """
    found = compose(library, template, occasion, phrase=phrase)
    # What answers the person may say the same again (as `Letters.written_to`).
    if template.kind is not TextKind.REPLY and _said_before(found.body, occasion):
        raise SaidBefore(name=template.title)
    return found


def fits(library: Library, template: Template, occasion: Occasion) -> bool:
    """Whether the template can be filled in for this person, and says something new."""
    phrase = next(iter(open_phrases(library, occasion)), None)
    try:
        composed(library, template, occasion, phrase=phrase)
    except CaseworkError:
        return False
    return True


def _said_before(body: str, occasion: Occasion) -> bool:
    """By the same measure as the wording check's L10, so that what is offered passes it."""
    letters = letters_of(body)
    return any(letters_of(text) == letters for text in occasion.said)


def _interest(person: Person, *, case: Case, day: date) -> str:
    """One of the person's interests; another day, maybe another one."""
    known = [
        interest
        for interest in person.interests
        if len(interest) <= NAME_MOST
        and not any(word and word in interest for word in person.do_not_mention)
    ]
    if not known:
        return ""
    lot = hashlib.sha256(f"{case.id} {day.isoformat()}".encode()).digest()
    return known[lot[0] % len(known)]


async def require_own_words(work: Work, author: Staff, body: str) -> None:
    """Refuse free words of somebody who writes with approved texts only.

    Raises:
        OnlyApprovedWords: G-06.
    """
    if author.novice:
        towns = work.towns
        texts = [text for use in FOR_LETTERS for text in await towns.texts_in_force(use)]
        require_words_allowed(author, body, approved=texts)
