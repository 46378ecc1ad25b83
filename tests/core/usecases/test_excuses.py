"""Words that the check blocks may stand: where the town says so, and a second person reads why."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.agencies import Role, Staff
from core.excuses import ExcuseNeedsSecond, ExcuseUnread
from core.letters import LetterState, Reason
from core.lint import WordingBlocked
from core.profiles import LetterRules
from core.usecases.letters.show_letter import show_letter
from core.usecases.trail.check_sent import check_sent
from core.usecases.trail.verify_trail import verify_trail
from storage.engine import Store
from tests.core.usecases.office import SOON, Office
from tests.core.usecases.whole import refused
from tests.people import A12, SATO, TANAKA, TOWN
from tests.proofs import PROOF

BLOCKED = "鈴木です。15日までにお返事をください。"
FAMILY = "鈴木です。お母さんの青木さんも、お返事を待っています。"
WHY = "本人から、期限のある用事のときは日を書いてほしいと頼まれました"
LENIENT = replace(PROOF, excusable=frozenset({"L1", "L3"}))


@pytest.mark.rule("S1")
async def test_without_a_reason_the_refusal_says_whether_one_would_do(
    office: Office, store: Store
) -> None:
    for proof, excusable in ((PROOF, False), (LENIENT, True)):
        async with refused(store, WordingBlocked, rule="S1"):
            try:
                await office.write(body=BLOCKED, proof=proof, excuse="  \n")
            except WordingBlocked as blocked:
                assert blocked.excusable is excusable
                assert {finding.code for finding in blocked.findings} == {"L1", "L3"}
                raise


@pytest.mark.rule("S1")
@pytest.mark.parametrize(
    ("body", "codes"), [(BLOCKED, {"L1"}), (FAMILY, {"L1", "L3", "L4"}), (BLOCKED, set())]
)
async def test_a_reason_helps_only_where_everything_found_may_stand(
    office: Office, store: Store, body: str, codes: set[str]
) -> None:
    proof = replace(PROOF, excusable=frozenset(codes))
    async with refused(store, WordingBlocked, rule="S1"):
        await office.write(body=body, proof=proof, excuse=WHY)


@pytest.mark.rule("S1")
async def test_with_a_reason_it_waits_and_the_record_has_codes_only(office: Office) -> None:
    letter = await office.write(body=BLOCKED, proof=LENIENT, excuse=f" {WHY} ")
    assert letter.state is LetterState.PENDING_APPROVAL
    assert await office.letter(letter) == letter
    assert (letter.excuse, letter.excused) == (WHY, frozenset({"L1", "L3"}))
    async with office.uow.read() as work:
        entries = await work.audit.of_case(A12.id)
    linted = [e.event for e in entries if e.event.action == "letter.linted"]
    assert linted[0].evidence == ("excused=L1 L3",)
    assert WHY not in str(entries)


@pytest.mark.rule("S1")
async def test_a_reason_that_nothing_needs_is_not_kept(office: Office) -> None:
    letter = await office.write(proof=LENIENT, excuse=WHY)
    assert (letter.excuse, letter.excused) == (None, frozenset())


@pytest.mark.rule("S1")
async def test_the_approver_has_to_accept_every_code(office: Office, store: Store) -> None:
    letter = await office.write(body=BLOCKED, proof=LENIENT, excuse=WHY)
    for accepted in (frozenset[str](), frozenset({"L1"})):
        async with refused(store, ExcuseUnread, rule="S1"):
            await office.approve(letter, proof=LENIENT, excused=accepted)


@pytest.mark.rule("S1")
async def test_accepted_by_a_second_person_it_goes(office: Office) -> None:
    letter = await office.write(body=BLOCKED, proof=LENIENT, excuse=WHY)
    accepted = frozenset({"L1", "L3", "L15"})
    approved = await office.approve(letter, proof=LENIENT, excused=accepted)
    assert (approved.state, approved.excused) == (LetterState.SCHEDULED, frozenset({"L1", "L3"}))
    async with office.uow.read() as work:
        entries = await work.audit.of_case(A12.id)
    (event,) = [e.event for e in entries if e.event.action == "letter.approved"]
    assert "excused=L1 L3" in event.evidence
    assert WHY not in str(entries)
    office.clock.at = SOON
    await office.deliver()
    assert len(office.line.took) == 1
    assert await check_sent(office.uow) == ()
    assert (await verify_trail(office.uow)).broken is None


@pytest.mark.rule("S1")
async def test_a_town_that_thinks_otherwise_meanwhile_is_heard(
    office: Office, store: Store
) -> None:
    letter = await office.write(body=BLOCKED, proof=LENIENT, excuse=WHY)
    async with refused(store, WordingBlocked, rule="S1"):
        await office.approve(letter, excused=frozenset({"L1", "L3"}))


async def alone(office: Office) -> Staff:
    """Somebody whom the town lets approve own letters."""
    seats = (Role.OUTREACH_WORKER, Role.MESSAGE_APPROVER)
    member = replace(await office.hire("ひとり", *seats, seats=seats), approves_own=True)
    async with office.uow.write() as work:
        await work.towns.put(replace(TOWN, letters=LetterRules(self_approval=True)))
        await work.staff.put(member)
        await work.commit()
    return member


@pytest.mark.rule("G-06")
async def test_nobody_accepts_a_reason_of_their_own(office: Office, store: Store) -> None:
    member = await alone(office)
    letter = await office.write(by=member.id, body=BLOCKED, proof=LENIENT, excuse=WHY)
    async with refused(store, ExcuseNeedsSecond, rule="G-06"):
        await office.approve(
            letter,
            by=member.id,
            proof=LENIENT,
            own_reason="ほかにいません",
            excused=frozenset({"L1", "L3"}),
        )


@pytest.mark.rule("S1")
async def test_other_words_need_a_reason_of_their_own(office: Office, store: Store) -> None:
    letter = await office.write(body=BLOCKED, proof=LENIENT, excuse=WHY)
    back = await office.give_back(letter)
    assert back.excuse == WHY, "its author finds it again"
    async with refused(store, WordingBlocked, rule="S1"):
        await office.rewrite(back, body=f"{BLOCKED}では。", proof=LENIENT)
    again = await office.rewrite(back, body=f"{BLOCKED}では。", proof=LENIENT, excuse="別のわけ")
    assert again.excuse == "別のわけ"
    calm = await office.rewrite(await office.give_back(again), proof=LENIENT)
    assert (calm.excuse, calm.excused) == (None, frozenset())
    assert (await office.approve(calm, proof=LENIENT)).excused == frozenset()


@pytest.mark.rule("S1")
async def test_an_approver_is_told_what_there_is_to_accept(office: Office) -> None:
    letter = await office.write(body=BLOCKED, proof=LENIENT, excuse=WHY)
    for viewer in (SATO, TANAKA):
        view = await show_letter(
            office.uow, letter_id=letter.id, viewer=viewer.id, at=office.now, proof=LENIENT
        )
        assert view.to_accept == frozenset({"L1", "L3"})
    strict = await show_letter(
        office.uow, letter_id=letter.id, viewer=SATO.id, at=office.now, proof=PROOF
    )
    assert strict.to_accept == frozenset()


@pytest.mark.rule("S1")
async def test_an_approval_given_anew_accepts_anew(office: Office, store: Store) -> None:
    letter = await office.write(body=BLOCKED, proof=LENIENT, excuse=WHY)
    codes = frozenset({"L1", "L3"})
    approved = await office.approve(letter, proof=LENIENT, excused=codes)
    ending = replace(approved, asked_at=office.now, version=approved.version + 1)
    async with office.uow.write() as work:
        assert await work.letters.change(ending, version=approved.version)
        await work.commit()
    office.clock.at += timedelta(minutes=1)
    async with refused(store, ExcuseUnread, rule="S1"):
        await office.approve(ending, proof=LENIENT)
    assert (await office.approve(ending, proof=LENIENT, excused=codes)).excused == codes


@pytest.mark.rule("S5", "S1")
async def test_a_code_that_the_town_takes_back_stops_the_letter_at_the_second_look(
    office: Office,
) -> None:
    letter = await office.write(body=BLOCKED, proof=LENIENT, excuse=WHY)
    codes = frozenset({"L1", "L3"})
    await office.approve(letter, proof=LENIENT, excused=codes)
    office.clock.at = SOON
    assert await office.claim(excusable=frozenset({"L1"})) == ()
    assert await office.stands(letter) == (LetterState.HELD, Reason.EXCUSE_GONE)
    assert ("APPROVAL", SATO.id) in await office.cards(letter.id)
    with pytest.raises(WordingBlocked):
        await office.approve(await office.letter(letter), excused=codes)


@pytest.mark.rule("S4")
async def test_a_code_that_may_still_stand_lets_the_letter_go(office: Office) -> None:
    letter = await office.write(body=BLOCKED, proof=LENIENT, excuse=WHY)
    codes = frozenset({"L1", "L3"})
    await office.approve(letter, proof=LENIENT, excused=codes)
    office.clock.at = SOON
    assert len(await office.claim(excusable=codes)) == 1
