"""Twenty people over two years, through the real use cases on SQLite: nothing is lost or late."""

import random
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from core.cadence.packs import SHIPPED
from core.cases import Case
from core.consent.giver import Giver
from core.days import SendingHours
from core.ids import CaseId, ConsentId, LinkId, PersonId
from core.letters import Letter, LetterState
from core.profiles import LetterRules
from core.usecases.delivery.drop_late_letters import drop_late_letters
from core.usecases.series.unfold_series import unfold_series
from tests.core.usecases.office import Office
from tests.core.usecases.series_office import approve_all, drafted, shown
from tests.people import A12, LINK_A, MAY_WRITE_TO_A, SEATS, TOKYO, A

DAYS, PEOPLE = 730, 20
MONTHS = tuple(pack for pack in SHIPPED if pack.key in {"cc-text-12m", "cc-letter-5y"})


async def move_in(office: Office, number: int) -> Case:
    """One more person like A, with an account, a permission and a case of their own."""
    person = replace(A, id=PersonId(f"person-{number}"), code=f"P{number}", household_id=None)
    case = replace(
        A12,
        id=CaseId(f"case-p{number}"),
        case_no=f"2026-1{number:03}",
        alias=f"P-{number}",
        person_id=person.id,
        household_id=None,
    )
    async with office.uow.write() as work:
        await work.people.put(person)
        await work.cases.add(case)
        for seat in SEATS:
            await work.staff.put_seat(replace(seat, case_id=case.id))
        await work.links.add(
            replace(
                LINK_A,
                id=LinkId(f"link-{number}"),
                person_id=person.id,
                line_user_id=f"U{number:032x}",
            )
        )
        await work.consents.add(
            replace(
                MAY_WRITE_TO_A,
                id=ConsentId(f"consent-{number}"),
                subject=person.id,
                giver=Giver(person_id=person.id),
            )
        )
        await work.commit()
    return case


async def letters_of(office: Office, case: Case) -> tuple[Letter, ...]:
    async with office.uow.read() as work:
        return await work.letters.of_case(case.id)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.rule("G-03", "G-05")
async def test_twenty_people_over_two_years(office: Office) -> None:
    chance = random.Random(20)
    begins, hours, rules = office.now, SendingHours(), LetterRules()
    cases, series = [], []
    for number in range(PEOPLE):
        case = await move_in(office, number)
        pack = chance.choice(MONTHS)
        one = await drafted(
            office, pack=pack, case_id=case.id, anchored_on=begins.astimezone(TOKYO).date()
        )
        cases.append(case)
        series.append(one)
        await approve_all(office, one)
    visits = {case.id: sorted(chance.sample(range(DAYS), 3)) for case in cases}
    for day in range(DAYS):
        office.clock.at = begins + timedelta(days=day)
        await drop_late_letters(office.uow, at=office.now)
        for case, one in zip(cases, series, strict=True):
            if day in visits[case.id]:
                await office.log(case_id=case.id)
                if chance.random() < 0.8:
                    await approve_all(office, one)
        if await office.ask():
            await _confirm(office, cases)
        for _ in range(2):
            await office.deliver()
        await unfold_series(office.uow, at=office.now, tz=TOKYO, limit=PEOPLE)
    for case, one in zip(cases, series, strict=True):
        letters = await letters_of(office, case)
        moments = sorted(letter.sent_at for letter in letters if letter.sent_at is not None)
        assert all(hours.allow(moment, tz=TOKYO) for moment in moments)
        assert all(later - earlier >= rules.gap for earlier, later in pairwise(moments))
        for step in (await shown(office, one)).steps:
            told = step.letter.reason or step.letter.sent_at if step.letter else step.step.untaken
            closes = step.step.closes_at
            assert told is not None or (closes is not None and closes > office.now) or step.open


async def _confirm(office: Office, cases: list[Case]) -> None:
    for case in cases:
        for letter in await letters_of(office, case):
            asked = letter.asks_again and letter.asked_at is not None
            if asked and letter.state is LetterState.SCHEDULED and letter.confirmed_at is None:
                await office.confirm(letter)
