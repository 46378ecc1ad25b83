"""A letter is read with everything that the record knows of its person (DOMAIN §8.8)."""

from datetime import date, datetime

from core.ids import LetterId
from core.letters import Letter, LetterKind
from core.lint import Finding, LetterContext, Proofreader, TextKind, private_words
from core.people import Person
from core.ports import Work


async def proofread(
    work: Work,
    person: Person,
    *,
    body: str,
    alt_text: str,
    kind: LetterKind,
    author: str,
    at: datetime,
    proof: Proofreader,
    but: LetterId | None = None,
    leaflet_until: date | None = None,
) -> tuple[Finding, ...]:
    """Everything that stands against these words to this person.

    Args:
        author: the name under which it is signed.
        but: the letter itself, where it is written already.
        leaflet_until: the last day of the leaflet that goes with it.
    """
    town = await work.towns.get()
    earlier = await work.letters.said_to(person.id, since=_a_year_before(at), but=but)
    context = LetterContext(
        kind=TextKind.of(kind),
        today=proof.today(at),
        rules=town.letters,
        alt_text=alt_text,
        private=(*private_words(person), *await _names_at_home(work, person)),
        author=author,
        language_style=person.language_style,
        shared_device=person.shared_device,
        earlier=earlier,
        leaflet_until=leaflet_until,
    )
    return proof.read(body, context=context)


async def proofread_again(
    work: Work, letter: Letter, *, at: datetime, proof: Proofreader
) -> tuple[Finding, ...]:
    """The same of a letter that is written, as things are now."""
    return await proofread(
        work,
        await work.people.get(letter.person_id),
        body=letter.body,
        alt_text=letter.alt_text,
        kind=letter.kind,
        author=(await work.staff.get(letter.author_id)).name,
        at=at,
        proof=proof,
        but=letter.id,
    )


def _a_year_before(at: datetime) -> datetime:
    """The same moment twelve months ago; of 29 February, the 28th."""
    try:
        return at.replace(year=at.year - 1)
    except ValueError:
        return at.replace(year=at.year - 1, day=28)


async def _names_at_home(work: Work, person: Person) -> tuple[str, ...]:
    """Names of those the person lives with; a family name they share counts as the person's."""
    if person.household_id is None:
        return ()
    members = await work.people.members(person.household_id)
    return tuple(
        name
        for member in members
        if member.id != person.id
        for name in (member.name, *member.name.split())
        if len(name) > 1
    )
