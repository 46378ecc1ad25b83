"""Asking for a consent and recording it: C1 to C4, C6 and C8, on both databases."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from core.access import NotYours
from core.agencies import Role
from core.audit import AuditEvent
from core.connection_steps import NotOfThisHousehold
from core.consent.evidence import EvidenceIncomplete, LetterEvidence
from core.consent.giver import Giver, GiverUnfit
from core.consent.kinds import ConsentState
from core.consent.ledger import (
    AskedTooSoon,
    AskedWithoutReason,
    ConsentStepClosed,
    NotChosenByPerson,
    NothingExplained,
    NotWider,
)
from core.consent.scopes import AgencyScope, LineScope
from core.errors import CaseworkError, NotFound
from core.ids import AgencyId, ConsentId, PersonId, StaffId
from core.letters import LetterState
from core.steps import Overtaken
from core.transitions import RECORDERS
from storage.engine import Store
from tests.core.casework.ledgers import HEARD
from tests.core.usecases.ledger_office import (
    FATHER,
    HOSPITAL,
    IN_JUSO,
    OUTREACH,
    TELL_HOSPITAL,
    Ledger,
)
from tests.core.usecases.office import Office
from tests.people import A12, MAY_WRITE_TO_A, MONDAY, SATO, SUZUKI, A

S = ConsentState
MORE = AgencyScope(agencies=frozenset({HOSPITAL, AgencyId("clinic")}), topics=TELL_HOSPITAL.topics)
A_MONTH = timedelta(days=30)


@pytest.fixture
def ledger(office: Office) -> Ledger:
    return Ledger(uow=office.uow)


async def events(office: Office, subject: str) -> list[AuditEvent]:
    async with office.uow.read() as work:
        entries = await work.audit.entries(limit=10_000)
    return [entry.event for entry in entries if entry.event.subject == subject]


@pytest.mark.rule("C1")
async def test_a_consent_begins_with_a_text_and_its_scope(ledger: Ledger, office: Office) -> None:
    line = await ledger.explain()
    assert await ledger.line(line.id) == line
    assert (line.state, line.explained_by, line.explained_at) == (S.EXPLAINING, SATO.id, MONDAY)
    (event,) = await events(office, line.id)
    assert (event.action, event.case_id, event.actor) == ("consent.explaining", A12.id, SATO.id)
    assert event.role in RECORDERS
    for nothing in ({"shown": (" ",)}, {"text_version": " "}):
        with pytest.raises(NothingExplained):
            await ledger.explain(IN_JUSO, **nothing)


@pytest.mark.rule("C1")
async def test_one_question_is_asked_once(ledger: Ledger) -> None:
    line = await ledger.explain()
    with pytest.raises(ConsentStepClosed):
        await ledger.explain()
    await ledger.give(line)
    with pytest.raises(NotWider):
        await ledger.explain()


@pytest.mark.rule("C2")
async def test_what_the_person_chose_is_given_with_its_proof(
    ledger: Ledger, office: Office
) -> None:
    line = await ledger.given(evidence=HEARD, at=MONDAY)
    assert (line.state, line.evidence, line.version) == (S.GIVEN, HEARD, 2)
    assert await ledger.line(line.id) == line
    assert [event.action for event in await events(office, line.id)] == [
        "consent.explaining",
        "consent.given",
    ]


@pytest.mark.rule("C2")
@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"chosen_by_person": False}, NotChosenByPerson),
        ({"giver": Giver(person_id=PersonId("person-f"))}, GiverUnfit),
        ({"evidence": LetterEvidence(document="", received_on=None)}, EvidenceIncomplete),
        ({"evidence": replace(HEARD, second_witness=StaffId("nobody"))}, NotFound),
    ],
    ids=["ticked beforehand", "a relative's word", "no proof", "a witness who is not there"],
)
async def test_nothing_less_is_recorded_as_given(
    ledger: Ledger, changes: dict[str, Any], refusal: type[Exception]
) -> None:
    line = await ledger.explain()
    with pytest.raises(refusal):
        await ledger.give(line, **changes)
    assert await ledger.line(line.id) == line


@pytest.mark.rule("C2")
async def test_somebody_who_represents_by_law_gives_with_the_document(ledger: Ledger) -> None:
    guardian = Giver(person_id=PersonId("person-g"), authority="登記事項証明書")
    assert (await ledger.given(giver=guardian)).giver == guardian


@pytest.mark.rule("C3")
@pytest.mark.rule("C4")
async def test_not_now_is_left_in_peace_for_thirty_days(ledger: Ledger) -> None:
    declined = await ledger.decline(await ledger.explain())
    assert (declined.state, declined.declined_at) == (S.DECLINED_FOR_NOW, MONDAY)
    for early in (MONDAY, MONDAY + A_MONTH - timedelta(seconds=1)):
        with pytest.raises(AskedTooSoon):
            await ledger.ask_again(declined, at=early)
    with pytest.raises(AskedTooSoon):
        await ledger.explain()
    with pytest.raises(AskedWithoutReason):
        await ledger.ask_again(declined, at=MONDAY + A_MONTH, why_now=" ")
    again = await ledger.ask_again(declined, at=MONDAY + A_MONTH)
    assert (again.state, again.why_now) == (S.EXPLAINING, "本人から話が出た")
    assert (await ledger.give(again, at=MONDAY + A_MONTH)).state is S.GIVEN


@pytest.mark.rule("C6")
async def test_a_wider_consent_stands_beside_the_narrower_until_it_is_given(
    ledger: Ledger,
) -> None:
    narrow = await ledger.given(TELL_HOSPITAL)
    wider = await ledger.widen(narrow, MORE)
    assert await ledger.states() == {
        wider.id: S.EXPLAINING,
        narrow.id: S.GIVEN,
        MAY_WRITE_TO_A.id: S.GIVEN,
    }
    await ledger.give(wider)
    assert (await ledger.line(narrow.id)).state is S.REPLACED
    assert (await ledger.line(narrow.id)).replaced_by == wider.id


@pytest.mark.rule("C6")
async def test_not_now_to_more_takes_nothing_back(ledger: Ledger) -> None:
    narrow = await ledger.given(TELL_HOSPITAL)
    await ledger.decline(await ledger.widen(narrow, MORE))
    assert (await ledger.line(narrow.id)).state is S.GIVEN
    with pytest.raises(NotWider):
        await ledger.widen(narrow, TELL_HOSPITAL)


@pytest.mark.rule("C6")
async def test_what_stands_in_one_line_grows_there(ledger: Ledger) -> None:
    wider = replace(IN_JUSO, membership_version=2)
    line = await ledger.given(IN_JUSO)
    with pytest.raises(NotWider) as refused:
        await ledger.explain(wider)
    assert refused.value.facts["allowed"].startswith("C6")
    given = await ledger.give(await ledger.widen(line, wider))
    assert (await ledger.line(line.id)).replaced_by == given.id


@pytest.mark.rule("C2")
@pytest.mark.parametrize("faster", ["give", "decline"])
async def test_the_second_colleague_learns_that_somebody_was_faster(
    ledger: Ledger, faster: str
) -> None:
    line = await ledger.explain()
    await (ledger.give(line) if faster == "give" else ledger.decline(line))
    with pytest.raises(Overtaken):
        await ledger.give(line, by=SUZUKI.id)
    with pytest.raises(Overtaken):
        await ledger.decline(line, by=SUZUKI.id)


@pytest.mark.rule("C2")
async def test_of_two_at_once_one_is_recorded(ledger: Ledger, office: Office) -> None:
    line = await ledger.explain()
    came = await asyncio.gather(
        ledger.give(line), ledger.decline(line, by=SUZUKI.id), return_exceptions=True
    )
    assert sum(isinstance(one, Overtaken) for one in came) == 1
    assert len(await events(office, line.id)) == 2


@pytest.mark.rule("C2")
async def test_two_who_record_the_same_consent_on_two_papers_at_once_make_one_line(
    ledger: Ledger, office: Office, store: Store
) -> None:
    first = await ledger.explain()
    # Both were open before the database knew the question.
    async with store.writing() as connection:
        await connection.execute(text("DELETE FROM open_questions"))
        await connection.commit()
    second = replace(first, id=ConsentId("asked-twice"))
    async with office.uow.write() as work:
        await work.consents.add(second)
        await work.commit()
    came = await asyncio.gather(
        ledger.give(first), ledger.give(second, by=SUZUKI.id), return_exceptions=True
    )
    (refused,) = (one for one in came if isinstance(one, BaseException))
    assert isinstance(refused, CaseworkError)
    async with office.uow.read() as work:
        lines = await work.consents.of_person(first.subject)
    scopes = [one.scope for one in lines if one.state is ConsentState.GIVEN]
    assert scopes.count(first.scope) == 1


@pytest.mark.rule("DOMAIN-3.7")
async def test_only_who_sits_on_the_case_records_consent(ledger: Ledger, office: Office) -> None:
    stranger = await office.hire("other", Role.OUTREACH_WORKER)
    with pytest.raises(NotYours):
        await ledger.explain(by=stranger.id)
    clerk = await office.hire("clerk", Role.CLERK, seats=(Role.CLERK,))
    with pytest.raises(NotYours):
        await ledger.explain(by=clerk.id)
    line = await ledger.explain()
    for refused in (
        ledger.give(line, by=stranger.id),
        ledger.decline(line, by=stranger.id),
        ledger.withdraw(line, by=stranger.id),
    ):
        with pytest.raises(NotYours):
            await refused


@pytest.mark.rule("R-006")
async def test_each_member_of_the_household_has_lines_of_their_own(
    ledger: Ledger, office: Office
) -> None:
    with pytest.raises(NotOfThisHousehold):
        await ledger.explain(subject=FATHER.id)
    await ledger.household()
    line = await ledger.given(TELL_HOSPITAL, subject=FATHER.id)
    assert await ledger.states(FATHER.id) == {line.id: S.GIVEN}
    assert line.id not in await ledger.states(A.id)
    with pytest.raises(GiverUnfit):
        await ledger.give(
            await ledger.explain(OUTREACH, subject=FATHER.id), giver=Giver(person_id=A.id)
        )


@pytest.mark.rule("DOMAIN-3.7")
async def test_a_line_of_another_household_is_not_reached_through_this_case(
    ledger: Ledger,
) -> None:
    await ledger.household()
    line = await ledger.explain(subject=FATHER.id)
    async with ledger.uow.write() as work:
        await work.people.put(replace(await work.people.get(A.id), household_id=None))
        await work.commit()
    with pytest.raises(NotOfThisHousehold):
        await ledger.give(line)


@pytest.mark.rule("S5")
@pytest.mark.rule("R-023")
async def test_a_consent_is_news_and_approved_letters_are_read_again(
    ledger: Ledger, office: Office
) -> None:
    letter = await office.approved()
    await ledger.given()
    assert await office.stands(letter) == (LetterState.HELD, "NEW_FACT")


@pytest.mark.rule("C8")
async def test_a_permission_that_has_ended_comes_back_with_a_new_code(
    ledger: Ledger, office: Office
) -> None:
    await ledger.withdraw(MAY_WRITE_TO_A)
    line = await ledger.given(LineScope())
    assert await ledger.states() == {line.id: S.GIVEN, MAY_WRITE_TO_A.id: S.WITHDRAWN}
