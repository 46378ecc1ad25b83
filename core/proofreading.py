"""A letter is read with everything that the record knows of its person (DOMAIN §8.8)."""

from dataclasses import replace
from datetime import date, datetime

from core.excuses import handed_in
from core.letters import Letter
from core.line_modes import require_let_in
from core.lint import Finding, LetterContext, Proofreader, TextKind, private_words
from core.people import Person
from core.ports import Work


async def read_to_hand_in(
    work: Work, letter: Letter, excuse: str, *, at: datetime, proof: Proofreader
) -> Letter:
    """The letter as it may be put before an approver: with its author's reason where something
    stands against its words that may stand, without one where nothing does.

    Raises:
        ModeForbids: DOMAIN §9. WordingBlocked: S1.
    """
    require_let_in(proof.use.mode, letter.kind)
    findings = await proofread(work, letter, at=at, proof=proof)
    kept, codes = handed_in(findings, excusable=proof.excusable, given=excuse)
    return replace(letter, excuse=kept, excused=codes)


async def proofread(
    work: Work,
    letter: Letter,
    *,
    at: datetime,
    proof: Proofreader,
) -> tuple[Finding, ...]:
    """Everything that stands against a letter, as things are now; it may not be stored yet."""
    person = await work.people.get(letter.person_id)
    town = await work.towns.get()
    context = LetterContext(
        kind=TextKind.of(letter.kind),
        today=proof.today(at),
        rules=town.letters,
        alt_text=letter.alt_text,
        private=(*private_words(person), *await _names_at_home(work, person)),
        author=(await work.staff.get(letter.author_id)).name,
        language_style=person.language_style,
        shared_device=person.shared_device,
        earlier=await work.letters.said_to(person.id, since=_a_year_before(at), but=letter.id),
        leaflet_until=await _leaflet_until(work, letter),
    )
    return proof.read(letter.body, context=context)


async def _leaflet_until(work: Work, letter: Letter) -> date | None:
    """The last day of the leaflet that goes with it: of the edition that counts now."""
    link = await work.leaflets.link_of(letter.id)
    if link is None:
        return None
    leaflet = await work.leaflets.current(link.root_id)
    return (leaflet or await work.leaflets.get(link.leaflet_id)).valid_until


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
