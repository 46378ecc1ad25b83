"""つなぎ through the use cases: each row of machine F, on both databases."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from core.agencies import Role
from core.connection_steps import AgencyUnknown, DayAhead
from core.letters import LetterState
from core.referral_steps import AddresseeElsewhere
from core.referrals.guards import (
    FeedbackDayMissing,
    HandbackUnprepared,
    NotThatAgency,
    PersonNotReady,
    ReasonUnfit,
    SourceNotConsulted,
    WorryUnanswered,
)
from core.referrals.machine import ReferralNotFromHere
from core.referrals.record import (
    HandbackPurpose,
    ReferralKind,
    ReferralState,
    Worry,
    WorryMeasure,
)
from core.shielding import Care, CareMark, Shielded
from core.steps import Overtaken, RoleNeeded
from core.usecases.referrals.return_referral import return_referral
from storage.engine import Store
from tests.core.usecases.connections.sides import CLINIC, DUE, YAMADA, Sides
from tests.core.usecases.office import Office
from tests.core.usecases.whole import refused
from tests.midori import letter_now
from tests.people import A12, MONDAY, SATO, SUZUKI, TANAKA, TOKYO, A

S = ReferralState


@pytest.mark.rule("F1", "F2", "F3", "F4", "F5", "F7", "F8", "R-014")
async def test_a_referral_goes_its_whole_way_and_the_sender_hears_what_came_of_it(
    sides: Sides,
) -> None:
    done = await sides.done()
    assert done.state is S.DONE
    assert (done.received_on, done.first_contact_on) == (date(2026, 11, 30), date(2026, 11, 30))
    assert done.feedback is not None and done.feedback.happened == "お会いできた"
    assert await sides.trail(done.id) == [
        "referral.draft",
        "referral.explained",
        "referral.accepted_by_person",
        "referral.sent",
        "referral.received",
        "referral.accepted",
        "referral.connected",
        "referral.feedback_due",
        "referral.feedback_given",
        "referral.done",
    ]


@pytest.mark.rule("F4")
async def test_the_receiver_has_two_working_days_to_say_that_it_came(sides: Sides) -> None:
    assert (await sides.sent()).acknowledge_by == date(2026, 12, 2)
    friday = sides.later(4)
    over_a_holiday = await friday.sent(closed_days=frozenset({date(2026, 12, 7)}))
    assert over_a_holiday.acknowledge_by == date(2026, 12, 9)


@pytest.mark.rule("F4")
async def test_the_addressee_named_may_open_the_case_from_then_on(sides: Sides) -> None:
    with pytest.raises(AddresseeElsewhere):
        await sides.sent(to_staff_id=SATO.id)
    await sides.sent(to_staff_id=YAMADA.id)
    async with sides.uow.read() as work:
        seats = await work.staff.seats_of(YAMADA.id)
    assert [seat.role for seat in seats] == [Role.INTAKE_WORKER]


@pytest.mark.rule("F5")
async def test_whoever_takes_a_case_on_is_seated_there(sides: Sides) -> None:
    await sides.accepted()
    async with sides.uow.read() as work:
        assert {seat.case_id for seat in await work.staff.seats_of(YAMADA.id)} == {A12.id}


@pytest.mark.rule("F4", "DOMAIN-3.4")
async def test_each_side_takes_its_own_steps(sides: Sides) -> None:
    sent = await sides.sent()
    with pytest.raises(NotThatAgency):
        await sides.received(sent, by=SUZUKI.id)
    explained = await sides.explained(await sides.drafted())
    with pytest.raises(NotThatAgency):
        await sides.answered(explained, by=TANAKA.id)


@pytest.mark.rule("F4")
async def test_of_somebody_outside_the_roll_the_source_writes_down_what_it_heard(
    sides: Sides,
) -> None:
    drafted = await sides.drafted(kind=ReferralKind.TO_AGENCY, to_agency_id=CLINIC, reason="受診")
    sent = await sides.sent(await sides.answered(await sides.explained(drafted)))
    received = await sides.received(sent, by=SUZUKI.id)
    assert received.state is S.RECEIVED


@pytest.mark.rule("R-004")
async def test_multi_agency_is_asked_for_its_own_reasons_or_the_towns(sides: Sides) -> None:
    with pytest.raises(ReasonUnfit):
        await sides.drafted(reason="忙しい")
    assert await sides.drafted(reason="3分野", own_criteria=frozenset({"3分野"}))


@pytest.mark.rule("R-003")
async def test_somebody_very_anxious_is_offered_company_and_gets_it(sides: Sides) -> None:
    with pytest.raises(WorryUnanswered):
        await sides.explained(worry=Worry.STRONG)
    together = frozenset({WorryMeasure.ACCOMPANY})
    explained = await sides.explained(worry=Worry.STRONG, measures=together)
    accepted = await sides.accepted(
        await sides.received(await sides.sent(await sides.answered(explained)))
    )
    with pytest.raises(WorryUnanswered):
        await sides.connected(accepted)
    assert (await sides.connected(accepted, with_person=together)).state is S.FEEDBACK_DUE


@pytest.mark.rule("R-002", "F3")
async def test_not_yet_goes_nowhere_but_towards_outreach(sides: Sides) -> None:
    not_yet = await sides.answered(accepts=False, own_words="いまはいい")
    with pytest.raises(PersonNotReady):
        await sides.sent(not_yet)
    drafted = await sides.drafted(kind=ReferralKind.TO_OUTREACH, reason="会えていない")
    outreach = await sides.answered(await sides.explained(drafted), accepts=False)
    assert (await sides.sent(outreach)).state is S.SENT


@pytest.mark.rule("F6", "R-008")
async def test_it_goes_back_only_after_talking_with_the_source(sides: Sides) -> None:
    received = await sides.received()
    asked: dict[str, Any] = {
        "referral_id": received.id,
        "version": received.version,
        "by": YAMADA.id,
        "at": MONDAY,
        "tz": TOKYO,
        "reason": "いまの窓口で足りる",
    }
    with pytest.raises(SourceNotConsulted):
        await return_referral(sides.uow, **asked, consulted="", linked_support="")
    returned = await return_referral(
        sides.uow, **asked, consulted="鈴木さんと電話", linked_support="週に一度の電話"
    )
    assert (returned.state, returned.linked_support) == (S.RETURNED, "週に一度の電話")


@pytest.mark.rule("R-014")
async def test_whoever_receives_says_by_when_the_sender_hears(sides: Sides) -> None:
    with pytest.raises(FeedbackDayMissing):
        await sides.received(feedback_due_on=None)
    assert (await sides.received()).feedback_due_on == DUE


@pytest.mark.rule("F9")
async def test_a_hand_back_after_closing_finds_the_receiver_prepared(sides: Sides) -> None:
    with pytest.raises(HandbackUnprepared):
        await sides.drafted(
            kind=ReferralKind.POST_CLOSING, purpose=HandbackPurpose.AFTER_CLOSING, reason="終結"
        )


@pytest.mark.rule("F7")
async def test_no_contact_is_written_down_ahead(sides: Sides) -> None:
    with pytest.raises(DayAhead):
        await sides.connected(met_on=date(2026, 12, 1))


@pytest.mark.rule("HOUSE-11")
async def test_of_two_who_saw_the_same_referral_the_second_is_told(
    store: Store, sides: Sides
) -> None:
    drafted = await sides.drafted()
    await sides.explained(drafted)
    async with refused(store, Overtaken, rule="HOUSE-11"):
        await sides.explained(drafted)


@pytest.mark.rule("DOMAIN-3.4")
async def test_a_refused_step_changes_nothing(store: Store, sides: Sides) -> None:
    sent = await sides.sent()
    async with refused(store, ReferralNotFromHere, rule="DOMAIN-3.4"):
        await sides.connected(sent)


@pytest.mark.rule("DOMAIN-3.7")
async def test_nobody_hands_on_a_case_on_which_they_do_not_work(sides: Sides) -> None:
    with pytest.raises(RoleNeeded):
        await sides.drafted(by=YAMADA.id)


async def test_whoever_stands_for_no_organisation_hands_nothing_on(sides: Sides) -> None:
    async with sides.uow.write() as work:
        await work.staff.put(replace(await work.staff.get(SUZUKI.id), agency_id=None))
        await work.commit()
    with pytest.raises(AgencyUnknown):
        await sides.drafted()


@pytest.mark.rule("R-015")
async def test_a_case_that_a_mark_closes_is_handed_on_by_those_named_alone(sides: Sides) -> None:
    async with sides.uow.write() as work:
        mark = CareMark(
            person_id=A.id, care=Care.STALKING, cleared=frozenset({SATO.id}), closes_case=True
        )
        await work.care_marks.put(mark)
        await work.commit()
    with pytest.raises((Shielded, RoleNeeded)):
        await sides.drafted()
    assert await sides.drafted(by=SATO.id)


@pytest.mark.rule("S5", "G-27")
async def test_what_the_person_said_is_news_that_holds_letters(
    office: Office, sides: Sides
) -> None:
    letter = await office.approved()
    assert (await letter_now(office.uow, letter.id)).state is LetterState.SCHEDULED
    await sides.answered()
    assert (await letter_now(office.uow, letter.id)).state is LetterState.HELD
