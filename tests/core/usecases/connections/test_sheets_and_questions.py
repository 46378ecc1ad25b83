"""つなぐシート, questions about a household, and what is given away, through the use cases."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from core.agencies import Role, Seat, Staff
from core.connect_sheets import (
    AlreadyReplied,
    ConnectStep,
    ReplyDayMissing,
    SheetAlreadySent,
    SheetNotAgreed,
    WindowNotNamed,
)
from core.connection_steps import NotOfThisHousehold
from core.consent import ConsentLine, ConsentState
from core.consent.giver import Giver
from core.consent.scopes import AgencyScope, CollectScope
from core.courses.multi_agency import MultiAgency, MultiAgencyState
from core.courses.steps import Course
from core.disclosure import (
    Disclosure,
    Ground,
    GroundUnproven,
    HarmNotExcluded,
    MoreThanTheLeast,
    NotDecidedHere,
    SharedPart,
    TaxFactStays,
)
from core.ids import ConsentId, HouseholdId, PersonId
from core.inquiries import CaseNotAccepted, InquiryGround, InquiryWithoutGround
from core.people import Household, Person
from core.programmes import Programme
from core.usecases.cases.show_case import show_case
from core.usecases.disclosures.disclose import disclose
from core.usecases.referrals.ask_about_member import ask_about_member
from core.usecases.referrals.return_sheet import return_sheet
from core.usecases.referrals.send_sheet import send_sheet
from storage.engine import Store
from tests.core.usecases.connections.sides import CLINIC, SHAKYO, YAMADA, Sides
from tests.core.usecases.whole import refused
from tests.people import A12, MIDORI, MONDAY, SATO, SUZUKI, TANAKA, TOKYO, A

DUE = date(2026, 12, 7)
HOME = Household(
    id=HouseholdId("home"), municipality_id=MIDORI, code="home", label="ふたり", area_id=None
)
FATHER = replace(A, id=PersonId("father"), code="F", name="架空 父", household_id=HOME.id)


async def _sent(sides: Sides, **changes: object) -> object:
    sheet = await sides.sheet(**changes)
    return await send_sheet(
        sides.uow,
        sheet_id=sheet.id,
        version=sheet.version,
        reply_due_on=DUE,
        by=SUZUKI.id,
        at=MONDAY,
        tz=TOKYO,
    )


@pytest.mark.rule("R-014")
async def test_a_sheet_goes_out_and_its_answer_comes_back_once(store: Store, sides: Sides) -> None:
    sheet = await sides.sheet()
    step = {"by": SUZUKI.id, "at": MONDAY, "tz": TOKYO}
    sent = await send_sheet(
        sides.uow,
        sheet_id=sheet.id,
        version=1,
        reply_due_on=DUE,
        **step,  # type: ignore[arg-type]
    )
    assert (sent.sent_on, sent.reply_due_on) == (date(2026, 11, 30), DUE)
    async with refused(store, SheetAlreadySent, rule="DOMAIN-2.5"):
        await send_sheet(
            sides.uow,
            sheet_id=sheet.id,
            version=2,
            reply_due_on=DUE,
            **step,  # type: ignore[arg-type]
        )
    answer = {"received_by": "相談員", "received_on": None, "result": "通うことになった"} | step
    back = await return_sheet(sides.uow, sheet_id=sheet.id, version=2, **answer)  # type: ignore[arg-type]
    assert back.reply is not None and back.reply.returned_on == date(2026, 11, 30)
    with pytest.raises(AlreadyReplied):
        await return_sheet(sides.uow, sheet_id=sheet.id, version=3, **answer)  # type: ignore[arg-type]
    assert await sides.trail(sheet.id) == [
        "connect_sheet.written",
        "connect_sheet.sent",
        "connect_sheet.answered",
    ]


@pytest.mark.rule("DOMAIN-2.5")
async def test_naming_a_window_passes_nothing_on_and_a_letter_needs_the_persons_yes(
    sides: Sides,
) -> None:
    with pytest.raises(SheetNotAgreed):
        await _sent(sides, consents=False)
    assert await _sent(sides, consents=False, step=ConnectStep.NAME_WINDOW)
    with pytest.raises(WindowNotNamed):
        await _sent(sides, step=ConnectStep.COMPANION)
    assert await _sent(sides, step=ConnectStep.COMPANION, companion_id=SATO.id)


@pytest.mark.rule("R-014")
async def test_a_sheet_goes_out_with_the_day_of_its_answer(sides: Sides) -> None:
    sheet = await sides.sheet()
    with pytest.raises(ReplyDayMissing):
        await send_sheet(
            sides.uow,
            sheet_id=sheet.id,
            version=1,
            reply_due_on=None,
            by=SUZUKI.id,
            at=MONDAY,
            tz=TOKYO,
        )


async def _with_father(sides: Sides, *, accepted: bool = True) -> None:
    await sides.at_home(HOME)
    async with sides.uow.write() as work:
        await work.people.put(FATHER)
        if accepted:
            course: MultiAgency = Course(
                case_id=A12.id,
                person_id=A.id,
                programme=Programme.MULTI_AGENCY,
                state=MultiAgencyState.ASSESSING,
            )
            await work.courses.add_multi_agency(course)
        await work.commit()


async def _ask(sides: Sides, person: Person = FATHER, **changes: str) -> InquiryGround:
    asked = await ask_about_member(
        sides.uow,
        case_id=A12.id,
        member_id=person.id,
        to_agency_id=CLINIC,
        topics=("HEALTH",),
        by=TANAKA.id,
        at=MONDAY,
        tz=TOKYO,
        **changes,
    )
    assert asked.warns is (asked.ground is not InquiryGround.CONSENT)
    return asked.ground


@pytest.mark.rule("R-006")
async def test_a_household_is_asked_about_with_consent_in_principle(
    store: Store, sides: Sides
) -> None:
    await _with_father(sides)
    async with refused(store, InquiryWithoutGround, rule="R-006"):
        await _ask(sides)
    assert await _ask(sides, legal_exception="法第69条第2項第3号") is InquiryGround.LEGAL_EXCEPTION
    agreed = ConsentLine(
        id=ConsentId("collect"),
        municipality_id=MIDORI,
        subject=FATHER.id,
        scope=CollectScope(
            member=FATHER.id, topics=frozenset({"HEALTH"}), sources=frozenset({CLINIC})
        ),
        state=ConsentState.GIVEN,
        giver=Giver(person_id=FATHER.id),
        given_at=MONDAY - timedelta(days=1),
    )
    async with sides.uow.write() as work:
        await work.consents.add(agreed)
        await work.commit()
    assert await _ask(sides) is InquiryGround.CONSENT


@pytest.mark.rule("R-007")
async def test_agencies_owe_answers_on_accepted_cases_alone(store: Store, sides: Sides) -> None:
    await _with_father(sides, accepted=False)
    async with refused(store, CaseNotAccepted, rule="R-007"):
        await _ask(sides, legal_exception="法第69条第2項第3号")


async def test_somebody_of_another_household_is_not_asked_about(sides: Sides) -> None:
    stranger = replace(FATHER, id=PersonId("stranger"), code="S", household_id=None)
    async with sides.uow.write() as work:
        await work.people.put(stranger)
        await work.commit()
    with pytest.raises(NotOfThisHousehold):
        await _ask(sides, stranger)


AGREED = ConsentLine(
    id=ConsentId("share"),
    municipality_id=MIDORI,
    subject=A.id,
    scope=AgencyScope(agencies=frozenset({CLINIC}), topics=frozenset({"HEALTH"})),
    state=ConsentState.GIVEN,
    giver=Giver(person_id=A.id),
    given_at=MONDAY - timedelta(days=1),
)


async def _give(sides: Sides, **changes: object) -> Disclosure:
    asked: dict[str, object] = {
        "case_id": A12.id,
        "person_id": A.id,
        "to": CLINIC,
        "parts": frozenset({SharedPart.HEALTH}),
        "ground": Ground.CONSENT,
        "reason": "受診に同行するため",
        "unjust": False,
        "proof": AGREED.id,
        "by": SATO.id,
        "at": MONDAY,
        "tz": TOKYO,
    }
    return await disclose(sides.uow, **(asked | changes))  # type: ignore[arg-type]


@pytest.mark.rule("DOMAIN-9", "R-043")
async def test_what_is_given_rests_on_a_proof_that_reaches_so_far(
    store: Store, sides: Sides
) -> None:
    async with refused(store, GroundUnproven, rule="DOMAIN-9"):
        await _give(sides)
    async with sides.uow.write() as work:
        await work.consents.add(AGREED)
        await work.commit()
    given = await _give(sides)
    async with sides.uow.read() as work:
        assert await work.disclosures.of_case(A12.id) == (given,)
    with pytest.raises(GroundUnproven):
        await _give(sides, to=SHAKYO)
    with pytest.raises(TaxFactStays):
        await _give(sides, parts=frozenset({SharedPart.TAX_DERIVED}))
    with pytest.raises(HarmNotExcluded):
        await _give(sides, unjust=None)
    with pytest.raises(GroundUnproven):
        await _give(sides, ground=Ground.LAW_106_6, proof="no-such-item")
    with pytest.raises(NotDecidedHere):
        await _give(sides, ground=Ground.SPECIAL_REASON, proof="")


@pytest.mark.rule("DOMAIN-9")
async def test_a_community_supporter_sees_what_was_shared_until_its_day_and_no_more(
    sides: Sides,
) -> None:
    neighbour = replace(
        YAMADA,
        id=YAMADA.id,
        roles=frozenset({Role.COMMUNITY_SUPPORTER}),
        agency_id=None,
    )
    officer = replace(TANAKA, roles=TANAKA.roles | {Role.MUNICIPAL_OFFICER})
    async with sides.uow.write() as work:
        await work.staff.put(neighbour)
        await work.staff.put(officer)
        await work.staff.put_seat(
            Seat(case_id=A12.id, staff_id=neighbour.id, role=Role.COMMUNITY_SUPPORTER)
        )
        await work.commit()
    give = {
        "to": neighbour.id,
        "to_role": Role.COMMUNITY_SUPPORTER,
        "ground": Ground.SPECIAL_REASON,
        "proof": "",
        "by": officer.id,
        "parts": frozenset({SharedPart.RECEIVED, SharedPart.ROLE_TEXT}),
        "told": "受け止めました。見かけたら、あいさつをお願いします。",
        "ends_on": date(2026, 12, 31),
    }
    with pytest.raises(MoreThanTheLeast):
        await _give(sides, **(give | {"parts": frozenset({SharedPart.IDENTITY})}))
    assert await _shared(sides, neighbour) == ()
    await _give(sides, **give)
    (shared,) = await _shared(sides, neighbour)
    assert (shared.parts, shared.told) == (give["parts"], give["told"])
    later = MONDAY + timedelta(days=60)
    assert await _shared(sides, neighbour, at=later) == ()


async def _shared(
    sides: Sides, neighbour: Staff, *, at: datetime = MONDAY
) -> tuple[Disclosure, ...]:
    """What a community supporter finds on the case's page."""
    story = await show_case(sides.uow, case_id=A12.id, by=neighbour.id, at=at, tz=TOKYO)
    return story.disclosures
