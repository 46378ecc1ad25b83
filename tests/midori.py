"""みどり市 in the database: its staff, A and as many neighbours as a test needs."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from core.ids import CaseId, ConsentId, LetterId, LinkId, PersonId
from core.letters import Letter, LetterState
from core.people import LineLink, Person
from core.ports import LetterPress, UnitOfWork
from core.profiles import StandingText
from core.usecases.letters.approve_letter import approve_letter
from core.usecases.letters.write_letter import write_letter
from tests.people import (
    A12,
    LINK_A,
    MAY_WRITE_TO_A,
    MIDORI,
    MONDAY,
    SATO,
    SEATS,
    SUZUKI,
    TANAKA,
    TOKYO,
    TOWN,
    WORDS,
    A,
)
from tests.proofs import PROOF

SOON = MONDAY + timedelta(minutes=5)
TEXTS = {
    "letters": "おたよりのページをひらけます。見ても、見なくても大丈夫です。",
    "linked": "つながりました。ありがとうございます。",
    "rest": "わかりました。1か月お休みします。",
    "waiting": "ひとこと、置いてあります。読むのは、いつでも大丈夫です。",
    "stop": "わかりました。送るのをやめます。ここに話しかけてもらうのは、いつでも大丈夫です。",
}


async def found_midori(uow: UnitOfWork, *, texts: Mapping[str, str] = TEXTS) -> None:
    """The town, its three colleagues, A with the case A-12 and a linked LINE account."""
    async with uow.write() as work:
        await work.towns.put(TOWN)
        for member in (SATO, SUZUKI, TANAKA):
            await work.staff.put(member)
        await work.people.put(A)
        await work.cases.add(A12)
        for seat in SEATS:
            await work.staff.put_seat(seat)
        await work.links.add(LINK_A)
        await work.consents.add(MAY_WRITE_TO_A)
        for name, body in texts.items():
            await work.towns.put_standing_text(
                StandingText(
                    municipality_id=MIDORI,
                    name=name,
                    version="1",
                    body=body,
                    author_id=SUZUKI.id,
                    approved_by=TANAKA.id,
                    approved_at=MONDAY - timedelta(days=60),
                )
            )
        await work.commit()


async def add_neighbour(uow: UnitOfWork, number: int) -> tuple[CaseId, str]:
    """Another person with a case like A-12 and a linked account; the case and LINE's user id."""
    person: Person = replace(
        A, id=PersonId(f"person-{number}"), code=f"P{number}", name=f"架空 {number}番", kana=""
    )
    case = replace(
        A12,
        id=CaseId(f"case-{number}"),
        case_no=f"2026-1{number:04d}",
        alias=f"P-{number}",
        person_id=person.id,
    )
    link: LineLink = replace(
        LINK_A, id=LinkId(f"link-{number}"), line_user_id=f"U{number:032x}", person_id=person.id
    )
    consent = replace(MAY_WRITE_TO_A, id=ConsentId(f"consent-{number}"), subject=person.id)
    async with uow.write() as work:
        await work.people.put(person)
        await work.cases.add(case)
        for seat in SEATS:
            await work.staff.put_seat(replace(seat, case_id=case.id))
        await work.links.add(link)
        await work.consents.add(consent)
        await work.commit()
    return case.id, link.line_user_id


async def written(
    uow: UnitOfWork,
    *,
    case_id: CaseId = A12.id,
    body: str | None = None,
    opens_at: datetime = SOON,
    at: datetime = MONDAY,
) -> Letter:
    """A letter by 鈴木 that waits for approval; for another day in other words (G-04)."""
    if body is None:
        body = WORDS if opens_at.date() == SOON.date() else f"{WORDS}{opens_at.day}日です。"
    return await write_letter(
        uow,
        case_id=case_id,
        by=SUZUKI.id,
        body=body,
        opens_at=opens_at,
        at=at,
        tz=TOKYO,
        proof=PROOF,
    )


async def approved(
    uow: UnitOfWork,
    press: LetterPress,
    *,
    case_id: CaseId = A12.id,
    opens_at: datetime = SOON,
    at: datetime = MONDAY,
) -> Letter:
    """A letter by 鈴木 that 佐藤 approved."""
    letter = await written(uow, case_id=case_id, opens_at=opens_at, at=at)
    facts = await facts_of(uow, case_id)
    return await approve_letter(
        uow,
        letter_id=letter.id,
        version=letter.version,
        facts=facts,
        by=SATO.id,
        at=at,
        press=press,
        proof=PROOF,
    )


async def facts_of(uow: UnitOfWork, case_id: CaseId = A12.id) -> int:
    """How many facts the case has."""
    async with uow.read() as work:
        return (await work.cases.get(case_id)).facts


async def letter_now(uow: UnitOfWork, letter_id: LetterId) -> Letter:
    """The letter as it stands."""
    async with uow.read() as work:
        return await work.letters.get(letter_id)


async def states(uow: UnitOfWork, letters: list[Letter]) -> dict[LetterState, int]:
    """How many of these letters stand at which stage."""
    counted: dict[LetterState, int] = {}
    for letter in letters:
        state = (await letter_now(uow, letter.id)).state
        counted[state] = counted.get(state, 0) + 1
    return counted
