"""Loading a town: once, twice, and over a record that has lived on."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bots.line.bubbles import LinePress
from core.agencies import Role
from core.cases import CaseState, Urgency
from core.consent import ConsentState, ConsentType
from core.inbound import Pressed
from core.letters import LetterState, Reason
from core.lint import WordingBlocked
from core.people import LinkState
from core.profiles import LetterRules, StandingTextChanged
from core.replies import Press
from core.towns import (
    Town,
    TownAgency,
    TownArea,
    TownCase,
    TownHousehold,
    TownLetter,
    TownLine,
    TownPerson,
    TownSeat,
    TownStaff,
    TownText,
)
from core.usecases.letters.show_letter import show_letter
from core.usecases.town.check_town import check_town
from core.usecases.town.load_town import Loaded, load_town
from core.usecases.trail.verify_trail import verify_trail
from storage.engine import Store
from storage.unit_of_work import SqlUnitOfWork
from tests.core.usecases.whole import everything, refused, unchanged
from tests.fakes import Phone
from tests.people import LINK_A, MONDAY, TOKYO, WORDS
from tests.proofs import PROOF

TOWN = Town(
    code="midori",
    name="みどり市",
    account_name="みどりのたより",
    letter_rules=LetterRules(longest=100),
    areas=(TownArea(code="north", name="北"),),
    agencies=(TownAgency(code="office", name="市役所", is_municipality=True),),
    staff=(
        TownStaff(
            code="佐藤", name="佐藤", roles=frozenset({Role.OUTREACH_WORKER}), agency="office"
        ),
        TownStaff(code="田中", name="田中", roles=frozenset({Role.COORDINATOR})),
    ),
    households=(TownHousehold(code="H1", label="青木家", area="north"),),
    people=(
        TownPerson(
            code="A",
            name="青木 架空",
            household="H1",
            area="north",
            birth_date=date(1975, 2, 3),
            wakes=time(10),
            sleeps=time(22),
            line=TownLine(
                user_id=LINK_A.line_user_id,
                given_at=MONDAY - timedelta(days=30),
                evidence="paper of 31 October",
            ),
        ),
    ),
    cases=(
        TownCase(
            case_no="2026-0012",
            alias="A-12",
            person="A",
            state=CaseState.RELATIONSHIP_BUILDING,
            opened_on=date(2026, 4, 6),
            area="north",
            lead="佐藤",
            seats=(
                TownSeat(staff="佐藤", role=Role.OUTREACH_WORKER),
                TownSeat(staff="田中", role=Role.MESSAGE_APPROVER),
            ),
        ),
    ),
    texts=tuple(
        TownText(
            name=name,
            version="1",
            body="わかりました。",
            author="佐藤",
            approved_by="田中",
            approved_at=MONDAY,
        )
        for name in ("linked", "rest", "stop")
    ),
    letters=(
        TownLetter(
            code="first",
            case="A-12",
            author="佐藤",
            body=WORDS,
            opens_at=MONDAY + timedelta(hours=1),
        ),
    ),
)


async def load(uow: SqlUnitOfWork, town: Town = TOWN) -> Loaded:
    return await load_town(uow, town, at=MONDAY, tz=TOKYO, proof=PROOF)


async def test_a_town_is_there_after_loading_and_its_letter_waits(
    unit_of_work: SqlUnitOfWork,
) -> None:
    loaded = await load(unit_of_work)
    assert loaded.changed == {
        "municipality": 1,
        "areas": 1,
        "agencies": 1,
        "providers": 0,
        "staff": 2,
        "households": 1,
        "people": 1,
        "marks": 0,
        "cases": 1,
        "places": 0,
        "leaflets": 0,
        "links": 1,
        "texts": 3,
        "letters": 1,
    }
    async with unit_of_work.read() as work:
        letter = await work.letters.by_command("town:first")
        tanaka = await work.staff.by_code("田中")
    assert letter is not None
    assert tanaka is not None
    assert letter.state is LetterState.PENDING_APPROVAL
    view = await show_letter(
        unit_of_work, letter_id=letter.id, viewer=tanaka.id, at=MONDAY, proof=PROOF
    )
    assert (view.area, view.author, view.may_decide) == ("北", "佐藤", True)
    assert (await verify_trail(unit_of_work)).broken is None


async def test_loading_twice_changes_nothing(unit_of_work: SqlUnitOfWork, store: Store) -> None:
    await load(unit_of_work)
    async with unchanged(store):
        assert (await load(unit_of_work)).total == 0


async def test_what_the_file_changes_is_changed_and_counted(unit_of_work: SqlUnitOfWork) -> None:
    await load(unit_of_work)
    [person] = TOWN.people
    [case] = TOWN.cases
    later = replace(
        TOWN,
        people=(replace(person, do_not_mention=("仕事",)),),
        cases=(replace(case, alias="A-13", seats=case.seats[:1]),),
        letters=(),
    )
    loaded = await load(unit_of_work, later)
    assert {kind for kind, count in loaded.changed.items() if count} == {"people", "cases"}
    async with unit_of_work.read() as work:
        found = await work.cases.by_alias("A-13")
        assert found is not None
        assert len(await work.staff.seats(found.id)) == 1


async def test_loading_again_sets_nothing_back_that_has_lived_on(
    unit_of_work: SqlUnitOfWork, store: Store
) -> None:
    """The case moved on, A pressed やめる and has died, the kill switch is on."""
    await load(unit_of_work)
    phone = Phone(uow=unit_of_work, press=LinePress())
    await phone.does(Pressed(press=Press.STOP), at=MONDAY)
    async with unit_of_work.write() as work:
        case = await work.cases.by_no("2026-0012")
        person = await work.people.by_code("A")
        assert case is not None
        assert person is not None
        moved = replace(
            case, state=CaseState.CLOSED, urgency=Urgency.WATCH, version=case.version + 1
        )
        await work.cases.change(moved, version=case.version)
        await work.people.put(replace(person, deceased_on=date(2026, 11, 29)))
        await work.towns.put(replace(await work.towns.get(), pushes_stopped=True))
        await work.commit()
    before = await everything(store)
    await load(unit_of_work)
    assert await everything(store) == before
    async with unit_of_work.read() as work:
        link = await work.links.of_person(person.id)
        consent = await work.consents.current(person.id, ConsentType.CHANNEL_LINE)
        letter = await work.letters.by_command("town:first")
    assert link is not None
    assert consent is not None
    assert letter is not None
    assert link.state is LinkState.UNLINKED_BY_PERSON
    assert consent.state is ConsentState.WITHDRAWN
    assert (letter.state, letter.reason) == (LetterState.CANCELLED, Reason.STOPPED_BY_PERSON)


@pytest.mark.rule("C5")
async def test_another_account_in_the_file_does_not_undo_what_the_person_did(
    unit_of_work: SqlUnitOfWork,
) -> None:
    """The link belongs to the record once it is there; a new account needs a code from paper."""
    await load(unit_of_work)
    phone = Phone(uow=unit_of_work, press=LinePress())
    await phone.does(Pressed(press=Press.STOP), at=MONDAY)
    [person] = TOWN.people
    assert person.line is not None
    typo = replace(person, line=replace(person.line, user_id="U" + "e" * 32))
    assert (await load(unit_of_work, replace(TOWN, people=(typo,)))).total == 0
    async with unit_of_work.read() as work:
        a = await work.people.by_code("A")
        assert a is not None
        consent = await work.consents.current(a.id, ConsentType.CHANNEL_LINE)
    assert consent is not None
    assert consent.state is ConsentState.WITHDRAWN


@pytest.mark.rule("S1")
async def test_a_town_with_one_unfit_letter_loads_nothing_at_all(
    unit_of_work: SqlUnitOfWork, store: Store
) -> None:
    [letter] = TOWN.letters
    town = replace(TOWN, letters=(letter, replace(letter, code="bad", body="面談のお知らせ")))
    async with refused(store, WordingBlocked, rule="S1"):
        await load(unit_of_work, town)


@pytest.mark.rule("G-06")
async def test_the_doctor_sees_what_is_missing(unit_of_work: SqlUnitOfWork) -> None:
    assert (await check_town(unit_of_work)).town is None
    [case] = TOWN.cases
    alone = replace(
        TOWN,
        texts=TOWN.texts[:1],
        cases=(
            replace(
                case,
                seats=tuple(
                    TownSeat(staff="佐藤", role=role)
                    for role in (Role.OUTREACH_WORKER, Role.MESSAGE_APPROVER)
                ),
            ),
        ),
        letters=(),
    )
    await load(unit_of_work, alone)
    found = await check_town(unit_of_work)
    assert (found.missing_texts, found.without_approver) == (
        ("letters", "rest", "stop", "waiting"),
        ("A-12",),
    )
    assert found.cases == 1


@pytest.mark.rule("G-06")
async def test_other_words_under_an_approved_version_are_refused(
    unit_of_work: SqlUnitOfWork, store: Store
) -> None:
    await load(unit_of_work)
    first, *others = TOWN.texts
    quietly = replace(TOWN, texts=(replace(first, body="ほかの言葉です。"), *others))
    async with refused(store, StandingTextChanged, rule="G-06"):
        await load(unit_of_work, quietly)
    anew = replace(TOWN, texts=(replace(first, body="ほかの言葉です。", version="2"), *others))
    assert (await load(unit_of_work, anew)).changed["texts"] == 1


async def test_a_case_that_comes_with_a_stage_is_on_its_course(
    unit_of_work: SqlUnitOfWork,
) -> None:
    await load(unit_of_work)
    async with unit_of_work.read() as work:
        case = await work.cases.by_alias("A-12")
        assert case is not None
        course = await work.courses.outreach(case)
    assert course is not None
    assert (course.state, course.discovery.on) == (case.state, case.opened_on)


async def test_a_case_that_is_only_received_is_on_no_course_yet(
    unit_of_work: SqlUnitOfWork,
) -> None:
    received = replace(TOWN.cases[0], state=CaseState.RECEIVED)
    await load(unit_of_work, replace(TOWN, cases=(received,), letters=()))
    async with unit_of_work.read() as work:
        case = await work.cases.by_alias("A-12")
        assert case is not None
        assert await work.courses.outreach(case) is None
