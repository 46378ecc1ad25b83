"""Whose account it is: asked of a colleague, ended at any time, one in use of several."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.access import NotYours
from core.agencies import Role
from core.answers import Untold
from core.audit import PERSON
from core.consent import ChannelConsentMissing, ConsentState, ConsentType
from core.errors import NotFound
from core.inbound import Pressed, Said
from core.letters import LetterState, Reason
from core.link_steps import LinkSettled, LinkUnconfirmed, NotTheirAccount
from core.lint import WordingBlocked
from core.outbox import CardKind
from core.page_ways import make_way
from core.people import LineLink, LinkState
from core.profiles import StandingText
from core.replies import Press, ReplyKind
from core.shared_phones import LeafletOnSharedPhone, require_fit_for_phone
from core.usecases.linking.choose_account import choose_account
from core.usecases.linking.confirm_link import confirm_link
from core.usecases.linking.decline_link import decline_link
from core.usecases.linking.glance_link import LinkAsked, glance_link
from core.usecases.linking.issue_link_code import issue_link_code
from core.usecases.linking.set_shared_phone import set_shared_phone
from core.usecases.linking.unlink_account import UnlinkReason, unlink_account
from core.usecases.pages.knock_page import knock_page
from core.usecases.replies.answer_person import answer_person
from tests.core.usecases.office import SOON, Office
from tests.midori import TEXTS, add_neighbour
from tests.people import A12, LINK_A, MIDORI, MONDAY, SATO, SUZUKI, TANAKA, TOKYO, A
from tests.proofs import PROOF

NEW_PHONE = "U" + "7" * 32
MINUTE = timedelta(minutes=1)


async def sends_code(office: Office, who: str, *, case_id: str = A12.id) -> LineLink:
    """A code on paper, sent from this account."""
    code = await issue_link_code(office.uow, case_id=A12.id, by=SUZUKI.id, at=office.now)
    meaning = Said(kind=ReplyKind.TEXT, text=code.code, message_id=f"code-{who[-3:]}")
    await office.a.does(meaning, at=office.now, who=who)
    return await account(office, who)


async def account(office: Office, line_user_id: str) -> LineLink:
    async with office.uow.read() as work:
        link = await work.links.by_line_user(line_user_id)
    assert link is not None
    return link


async def by_id(office: Office, link: LineLink) -> LineLink:
    async with office.uow.read() as work:
        return await work.links.get(link.id)


async def consent(office: Office) -> ConsentState | None:
    async with office.uow.read() as work:
        line = await work.consents.current(A.id, ConsentType.CHANNEL_LINE)
    return None if line is None else line.state


@pytest.mark.rule("C8")
async def test_no_letter_is_approved_before_a_colleague_has_said_yes(office: Office) -> None:
    link = await sends_code(office, NEW_PHONE)
    assert (link.state, link.unconfirmed_since) == (LinkState.LINKED, office.now)
    assert (CardKind.LINK, SATO.id) in await office.cards(link.id)
    assert "link.replaced" in await office.trail(LINK_A.id), "the one before goes on record"
    letter = await office.write(opens_at=SOON)
    with pytest.raises(LinkUnconfirmed):
        await office.approve(letter)
    await confirm_link(office.uow, case_id=A12.id, link_id=link.id, by=SUZUKI.id, at=office.now)
    await office.approve(letter)
    office.clock.at = SOON + MINUTE
    await office.deliver_all()
    assert [took.to for took in office.line.took] == [NEW_PHONE, NEW_PHONE]
    assert office.line.took[0].texts == (TEXTS["linked"],)


@pytest.mark.rule("C8")
async def test_no_way_to_the_page_goes_to_an_account_before_a_colleague_has_said_yes(
    office: Office,
) -> None:
    """The page is the person's; until then nobody knows whose account it is."""
    link = await sends_code(office, NEW_PHONE)
    await office.a.does(Pressed(press=Press.LETTERS), at=office.now, who=NEW_PHONE)
    assert "link.page_asked" in await office.trail(link.id)
    meaning = Said(kind=ReplyKind.TEXT, text="写真です", message_id="m1")
    await office.a.does(meaning, at=office.now, who=NEW_PHONE)
    answered = await answer_person(
        office.uow,
        case_id=A12.id,
        by=SATO.id,
        text="見ました。",
        at=office.now,
        tz=TOKYO,
        proof=PROOF,
        press=office.press,
        reader=office.a,
    )
    assert (answered.opens_at, answered.untold) == (None, Untold.NOT_REACHABLE)
    await office.deliver_all()
    assert {took.texts for took in office.line.took} == {(TEXTS["linked"],)}
    async with office.uow.read() as work:
        assert await work.pages.of_person(A.id, at=office.now) == ()
    await confirm_link(office.uow, case_id=A12.id, link_id=link.id, by=SUZUKI.id, at=office.now)
    await office.a.does(Pressed(press=Press.LETTERS), at=office.now, who=NEW_PHONE)
    await office.deliver_all()
    assert office.line.took[-1].texts == (TEXTS["letters"],)


@pytest.mark.rule("C8", "S6")
async def test_no_ends_the_link_and_what_waits_and_tells_nobody(office: Office) -> None:
    link = await sends_code(office, NEW_PHONE)
    await office.deliver_all()
    letter = await office.write(opens_at=SOON)
    await decline_link(office.uow, case_id=A12.id, link_id=link.id, by=SUZUKI.id, at=office.now)
    gone = await by_id(office, link)
    assert (gone.state, gone.person_id, gone.line_user_id) == (LinkState.UNLINKED, None, "")
    assert await office.stands(letter) == (LetterState.CANCELLED, Reason.NOT_LINKED)
    assert await consent(office) is ConsentState.WITHDRAWN
    await office.deliver_all()
    assert [took.texts for took in office.line.took] == [(TEXTS["linked"],)]
    glance = await glance_link(office.uow, link_id=link.id, case_id=A12.id, viewer=SATO.id)
    assert glance.asked is LinkAsked.NO
    with pytest.raises(NotTheirAccount):
        await confirm_link(office.uow, case_id=A12.id, link_id=link.id, by=SATO.id, at=office.now)


async def test_whoever_it_was_is_a_stranger_at_the_desk_afterwards(office: Office) -> None:
    link = await sends_code(office, NEW_PHONE)
    await decline_link(office.uow, case_id=A12.id, link_id=link.id, by=SUZUKI.id, at=office.now)
    meaning = Said(kind=ReplyKind.TEXT, text="どちら様ですか", message_id="m-x")
    await office.a.does(meaning, at=office.now, who=NEW_PHONE)
    again = await account(office, NEW_PHONE)
    assert again.id != link.id
    async with office.uow.read() as work:
        assert await work.visitors.here(again.id) is not None
        assert await work.replies.of_case(A12.id) == ()


@pytest.mark.rule("C8")
async def test_what_is_answered_is_settled(office: Office) -> None:
    link = await sends_code(office, NEW_PHONE)
    await confirm_link(office.uow, case_id=A12.id, link_id=link.id, by=SUZUKI.id, at=office.now)
    for say in (confirm_link, decline_link):
        with pytest.raises(LinkSettled):
            await say(office.uow, case_id=A12.id, link_id=link.id, by=SATO.id, at=office.now)


async def test_only_those_who_give_out_codes_answer(office: Office) -> None:
    link = await sends_code(office, NEW_PHONE)
    stranger = await office.hire("desk", Role.INTAKE_WORKER)
    with pytest.raises(NotYours):
        await confirm_link(
            office.uow, case_id=A12.id, link_id=link.id, by=stranger.id, at=office.now
        )


async def test_the_account_that_comes_back_is_known_and_nobody_is_asked(office: Office) -> None:
    await office.presses(Press.STOP)
    back = await sends_code(office, LINK_A.line_user_id)
    assert (back.state, back.unconfirmed_since) == (LinkState.LINKED, None)


@pytest.mark.rule("C8")
async def test_the_second_look_holds_what_was_approved_for_another_account(
    office: Office,
) -> None:
    letter = await office.approved(opens_at=SOON)
    async with office.uow.write() as work:
        unsure = replace(LINK_A, unconfirmed_since=office.now, version=2)
        assert await work.links.change(unsure, version=1)
        await work.commit()
    office.clock.at = SOON
    await office.deliver()
    assert await office.stands(letter) == (LetterState.HELD, Reason.LINK_UNCONFIRMED)
    assert not office.line.took


@pytest.mark.rule("C8")
async def test_one_account_is_one_persons_and_the_code_stays_good(office: Office) -> None:
    """Somebody else's account sends A's code: nothing is linked, and those of A-12 are told."""
    _, theirs = await add_neighbour(office.uow, 5)
    link = await sends_code(office, theirs)
    assert link.person_id != A.id
    assert (await office.link()).id == LINK_A.id
    glance = await glance_link(office.uow, link_id=link.id, case_id=A12.id, viewer=SATO.id)
    assert glance.asked is LinkAsked.TAKEN
    assert (CardKind.LINK, SATO.id) in await office.cards(link.id)
    assert "link_code.taken" in await office.trail(link.id)


@pytest.mark.rule("C5", "S6")
async def test_unlinking_deletes_the_id_and_keeps_the_stop(office: Office) -> None:
    letter = await office.approved(opens_at=SOON)
    code = await issue_link_code(office.uow, case_id=A12.id, by=SUZUKI.id, at=office.now)
    async with office.uow.write() as work:
        token = await make_way(work, A.id, at=office.now, by=PERSON)
        await work.commit()
    await unlink_account(
        office.uow,
        case_id=A12.id,
        link_id=LINK_A.id,
        reason=UnlinkReason.WISH,
        by=SUZUKI.id,
        at=office.now,
    )
    gone = await by_id(office, LINK_A)
    assert (gone.line_user_id, gone.person_id, gone.state) == ("", A.id, LinkState.UNLINKED)
    assert await office.stands(letter) == (LetterState.CANCELLED, Reason.NOT_LINKED)
    assert await consent(office) is ConsentState.WITHDRAWN
    async with office.uow.write() as work:
        assert await work.links.by_line_user(LINK_A.line_user_id) is None
        assert await work.links.by_line_user("") is None
        assert await work.links.take_code(code.code, at=office.now) is None
    with pytest.raises(NotFound):
        await knock_page(office.uow, token=token, at=office.now)
    with pytest.raises(ChannelConsentMissing):
        await office.approve(await office.write(opens_at=SOON))


async def test_two_accounts_that_were_let_go_stand_side_by_side(office: Office) -> None:
    second = await sends_code(office, NEW_PHONE)
    for link_id in (LINK_A.id, second.id):
        await unlink_account(
            office.uow,
            case_id=A12.id,
            link_id=link_id,
            reason=UnlinkReason.PHONE_GONE,
            by=SUZUKI.id,
            at=office.now,
        )
    async with office.uow.read() as work:
        accounts = await work.links.all_of_person(A.id)
    assert [one.line_user_id for one in accounts] == ["", ""]


async def test_the_one_before_can_be_chosen_and_letters_are_read_again(office: Office) -> None:
    office.clock.at += MINUTE
    second = await sends_code(office, NEW_PHONE)
    await confirm_link(office.uow, case_id=A12.id, link_id=second.id, by=SUZUKI.id, at=office.now)
    letter = await office.approved(opens_at=SOON)
    office.clock.at += MINUTE
    await choose_account(office.uow, case_id=A12.id, link_id=LINK_A.id, by=SUZUKI.id, at=office.now)
    assert (await office.link()).id == LINK_A.id
    assert (await by_id(office, second)).state is LinkState.UNLINKED_BY_PERSON
    assert await office.stands(letter) == (LetterState.HELD, Reason.NEW_FACT)
    with pytest.raises(NotTheirAccount):
        await choose_account(
            office.uow, case_id=A12.id, link_id=LINK_A.id, by=SUZUKI.id, at=office.now
        )


@pytest.mark.rule("C5")
async def test_after_a_stop_no_account_is_chosen_for_the_person(office: Office) -> None:
    await sends_code(office, NEW_PHONE)
    await office.presses(Press.STOP)
    with pytest.raises(ChannelConsentMissing):
        await choose_account(
            office.uow, case_id=A12.id, link_id=LINK_A.id, by=SUZUKI.id, at=office.now
        )


async def share(office: Office, *, shared: bool = True) -> bool:
    return await set_shared_phone(
        office.uow, case_id=A12.id, shared=shared, by=SUZUKI.id, at=office.now
    )


@pytest.mark.rule("G-12")
async def test_on_a_shared_phone_what_was_approved_waits_and_only_a_greeting_goes(
    office: Office,
) -> None:
    letter = await office.approved(opens_at=SOON)
    assert await share(office)
    assert not await share(office)
    held = await office.letter(letter)
    assert (held.state, held.reason) == (LetterState.HELD, Reason.NEW_FACT)
    with pytest.raises(WordingBlocked):
        await office.approve(held)
    greeting = await office.write(opens_at=SOON, body="こんにちは。鈴木です。")
    await office.approve(greeting)
    office.clock.at = SOON
    await office.deliver_all()
    (took,) = office.line.took
    assert took.texts == ("こんにちは。鈴木です。",)
    assert b'"notificationDisabled":true' in took.request


@pytest.mark.rule("G-12")
async def test_the_second_look_holds_what_was_not_read_for_a_shared_phone(
    office: Office,
) -> None:
    letter = await office.approved(opens_at=SOON)
    await office.person(shared_device=True)
    office.clock.at = SOON
    await office.deliver()
    assert await office.stands(letter) == (LetterState.HELD, Reason.SHARED_PHONE)
    assert not office.line.took


@pytest.mark.rule("G-12")
async def test_a_stop_on_a_shared_phone_is_answered_only_as_the_town_approved_for_it(
    office: Office,
) -> None:
    await share(office)
    await office.presses(Press.REST)
    await office.deliver_all()
    assert not office.line.took
    async with office.uow.write() as work:
        await work.towns.put_standing_text(
            StandingText(
                municipality_id=MIDORI,
                name="stop_shared",
                version="1",
                body="ありがとうございます。",
                author_id=SUZUKI.id,
                approved_by=TANAKA.id,
                approved_at=MONDAY - timedelta(days=9),
            )
        )
        await work.commit()
    await office.presses(Press.STOP)
    await office.deliver_all()
    (took,) = office.line.took
    assert took.texts == ("ありがとうございます。",)
    assert b'"notificationDisabled":true' in took.request
    assert (await office.link()).state is LinkState.UNLINKED_BY_PERSON


@pytest.mark.rule("G-12")
def test_no_leaflet_goes_to_a_shared_phone() -> None:
    shared = replace(A, shared_device=True)
    require_fit_for_phone(A, carries_leaflet=True)
    require_fit_for_phone(shared, carries_leaflet=False)
    with pytest.raises(LeafletOnSharedPhone):
        require_fit_for_phone(shared, carries_leaflet=True)
