"""The person's own page: who comes in, what shows there, and what their acts change."""

import asyncio
import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.answers import Answer, ShownAs
from core.audit import PERSON
from core.consent import ConsentLine, ConsentState
from core.consent.giver import Giver
from core.consent.scopes import AgencyScope
from core.contacts import FROM_THE_PERSON
from core.courses.outreach_guards import OutreachCourse
from core.discovery import Discovery, DiscoveryRoute
from core.errors import NotFound
from core.ids import AnswerId, ConsentId, PersonId
from core.inbound import Pressed
from core.letters import LetterState, Reason
from core.outbox import CardKind
from core.page_steps import PageKey, PageMeans
from core.page_views import LettersNow
from core.page_ways import make_way
from core.people import LanguageStyle, LinkState
from core.person_pages import PIN_TRIES, PinNeeded, PinRests, PinWrong
from core.replies import Press, ReplyKind
from core.usecases.pages.change_wishes import change_wishes
from core.usecases.pages.knock_page import knock_page
from core.usecases.pages.lock_page import lock_page
from core.usecases.pages.open_page import OwnPage, Side, open_page
from core.usecases.pages.press_on_page import PagePress, press_on_page
from core.usecases.pages.say_word import PhotoUnfit, say_word
from core.usecases.pages.show_about import show_about
from core.usecases.pages.take_consent_back import take_consent_back
from core.usecases.pages.take_word_back import take_word_back
from core.usecases.pages.unlock_page import unlock_page
from core.wish_choices import At, InWords, Likes, TimeOfDay
from tests.core.usecases.office import SOON, Office
from tests.midori import TEXTS
from tests.pagers import PAGER
from tests.people import A12, MIDORI, MONDAY, SATO, SEATS, TOKYO, A

MINUTE = timedelta(minutes=1)
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


def means(office: Office) -> PageMeans:
    return PageMeans(press=office.press, pager=PAGER, tz=TOKYO)


async def key(office: Office, person_id: PersonId = A.id) -> PageKey:
    """A link that was just made."""
    async with office.uow.write() as work:
        token = await make_way(work, person_id, at=office.now, by=PERSON)
        await work.commit()
    return PageKey(token)


async def page(office: Office, of: PageKey) -> OwnPage:
    return await open_page(office.uow, of, at=office.now)


async def press(office: Office, of: PageKey, pressed: PagePress, *, once: str = "1") -> bool:
    return await press_on_page(
        office.uow, of, press=pressed, once=once, at=office.now, means=means(office)
    )


async def say(office: Office, of: PageKey, text: str, *, once: str, photo: bytes = b"") -> None:
    await say_word(
        office.uow, of, text=text, once=once, at=office.now, means=means(office), photo=photo
    )


async def test_otayori_brings_a_neutral_line_and_a_button_that_opens_the_page(
    office: Office,
) -> None:
    before = await office.cards(A12.id)
    await office.a.does(Pressed(press=Press.LETTERS), at=office.now, reply_token="token-1")
    await office.deliver()
    [took] = office.line.took
    assert (took.texts, took.reply_token) == ((TEXTS["letters"],), "token-1")
    found = re.search(r"https://tayori\.example/p/([\w-]+)", took.request.decode())
    assert found is not None
    shown = json.loads(took.request)["messages"][0]
    assert found[1] not in json.dumps(shown["contents"]["body"]), "never as words (L6)"
    assert found[1] not in shown["altText"]
    assert (await page(office, PageKey(found[1]))).account
    assert await office.cards(A12.id) == before, "nobody is told"
    async with office.uow.read() as work:
        contacts = await work.contacts.of_case(A12.id)
    assert not {contact.channel for contact in contacts} & FROM_THE_PERSON


async def test_typed_and_too_late_for_a_reply_it_is_pushed(office: Office) -> None:
    await office.says("おたより")
    await office.deliver()
    assert [(took.texts, took.reply_token) for took in office.line.took] == [
        ((TEXTS["letters"],), "")
    ]


async def test_after_a_stop_the_page_can_still_be_asked_for(office: Office) -> None:
    await office.presses(Press.STOP)
    await office.presses(Press.LETTERS)
    await office.deliver_all()
    said = {took.texts for took in office.line.took}
    assert said == {(TEXTS["stop"],), (TEXTS["letters"],)}


async def test_letters_answers_and_own_words_are_one_talk(office: Office) -> None:
    letter = await office.approved()
    office.clock.at = SOON
    await office.deliver_all()
    assert (await office.letter(letter)).state is LetterState.SENT
    mine = await key(office)
    office.clock.at += MINUTE
    await say(office, mine, "ありがとう", once="1")
    office.clock.at += MINUTE
    async with office.uow.write() as work:
        await work.answers.add(
            Answer(
                id=AnswerId("answer-1"),
                municipality_id=MIDORI,
                person_id=A.id,
                case_id=A12.id,
                text="こちらこそ。",
                by=SATO.id,
                at=office.now,
                shown_as=ShownAs.PAGE,
            )
        )
        await work.commit()
    shown = await page(office, mine)
    assert [(line.side, line.by) for line in shown.lines] == [
        (Side.ANSWER, "佐藤"),
        (Side.OWN, ""),
        (Side.LETTER, "鈴木"),
    ]
    assert shown.lines[2].text == letter.body


@pytest.mark.rule("S5", "G-15")
async def test_a_word_on_the_page_weighs_as_much_as_one_over_line(office: Office) -> None:
    letter = await office.approved()
    mine = await key(office)
    await say(office, mine, "きょうは雨ですね", once="1")
    await say(office, mine, "きょうは雨ですね", once="1")
    assert await office.stands(letter) == (LetterState.HELD, Reason.NEW_FACT)
    async with office.uow.read() as work:
        [reply] = await work.replies.of_case(A12.id)
    assert reply.answer_by is not None
    told = {staff for kind, staff in await office.cards(A12.id) if kind == CardKind.REPLY}
    assert told == {seat.staff_id for seat in SEATS}
    assert reply.message_id is not None
    await take_word_back(
        office.uow, mine, own_key=reply.message_id, at=office.now, means=means(office)
    )
    async with office.uow.read() as work:
        [gone] = await work.replies.of_case(A12.id)
    assert gone.text == ""


@pytest.mark.rule("G-18")
async def test_a_photo_is_kept_with_us_and_only_a_photo(office: Office) -> None:
    mine = await key(office)
    await say(office, mine, "", once="1", photo=PNG)
    with pytest.raises(PhotoUnfit):
        await say(office, mine, "", once="2", photo=b"<html>")
    async with office.uow.read() as work:
        [reply] = await work.replies.of_case(A12.id)
        [media] = await work.media.of_replies([reply.id])
    assert (reply.kind, media.content_type) == (ReplyKind.IMAGE, "image/png")


@pytest.mark.rule("S6", "G-13", "C5")
async def test_rest_and_stop_take_effect_at_once_and_line_says_nothing(office: Office) -> None:
    letter = await office.approved()
    mine = await key(office)
    assert await press(office, mine, PagePress.REST_3)
    assert await office.stands(letter) == (LetterState.CANCELLED, Reason.RESTING)
    assert (await page(office, mine)).standing is LettersNow.RESTING
    assert await press(office, mine, PagePress.STOP)
    assert not await press(office, mine, PagePress.STOP)
    assert not await press(office, mine, PagePress.REST_1)
    assert (await office.link()).state is LinkState.UNLINKED_BY_PERSON
    await office.deliver_all()
    assert not office.line.took


@pytest.mark.rule("C8")
async def test_who_comes_back_is_written_to_again(office: Office) -> None:
    mine = await key(office)
    await press(office, mine, PagePress.STOP)
    assert await press(office, mine, PagePress.COME_BACK)
    assert not await press(office, mine, PagePress.COME_BACK)
    letter = await office.approved()
    office.clock.at = SOON
    await office.deliver_all()
    assert (await office.letter(letter)).state is LetterState.SENT


async def test_who_has_blocked_us_is_not_brought_back(office: Office) -> None:
    async with office.uow.write() as work:
        link = await work.links.of_person(A.id)
        assert link is not None
        blocked = replace(link, state=LinkState.BLOCKED, version=link.version + 1)
        await work.links.change(blocked, version=link.version)
        await work.commit()
    mine = await key(office)
    assert not await press(office, mine, PagePress.COME_BACK)
    assert (await page(office, mine)).standing is LettersNow.ELSEWHERE


@pytest.mark.rule("G-05", "G-19", "S5")
async def test_wishes_count_for_what_is_scheduled(office: Office) -> None:
    letter = await office.approved()
    mine = await key(office)
    asked: dict[str, Any] = {"at": office.now, "means": means(office)}
    assert await change_wishes(office.uow, mine, wish=At(TimeOfDay.EVENING), **asked)
    assert not await change_wishes(office.uow, mine, wish=At(TimeOfDay.EVENING), **asked)
    office.clock.at = SOON
    await office.deliver_all()
    assert (await office.letter(letter)).state is LetterState.SCHEDULED, "not before the evening"
    style = InWords(LanguageStyle.YASASHII_RUBY)
    await change_wishes(office.uow, mine, wish=style, **asked)
    assert await office.stands(letter) == (LetterState.HELD, Reason.WISHED_WORDS)


@pytest.mark.rule("R-026")
async def test_topics_come_and_go_and_their_words_stay_out_of_the_trail(office: Office) -> None:
    mine = await key(office)
    for still in (True, False):
        wish = Likes("星の写真", still=still)
        await change_wishes(office.uow, mine, wish=wish, at=office.now, means=means(office))
    async with office.uow.read() as work:
        entries = await work.audit.entries(limit=1000)
        assert "星の写真" not in (await work.people.get(A.id)).interests
    assert "person.wishes_changed" in {entry.event.action for entry in entries}
    assert not any("星" in repr(entry.event) for entry in entries)


def agreed(subject: PersonId) -> ConsentLine:
    return ConsentLine(
        id=ConsentId("consent-agency"),
        municipality_id=MIDORI,
        subject=subject,
        scope=AgencyScope(agencies=frozenset(), topics=frozenset({"住まい"})),
        state=ConsentState.GIVEN,
        text_version="1",
        explained_by=SATO.id,
        explained_at=MONDAY,
        giver=Giver(person_id=subject),
        given_at=MONDAY,
    )


@pytest.mark.rule("C5")
async def test_a_consent_is_taken_back_by_one_tap_and_nobody_elses(office: Office) -> None:
    other = replace(A, id=PersonId("person-9"), code="P9")
    line = agreed(A.id)
    async with office.uow.write() as work:
        await work.people.put(other)
        await work.consents.add(line)
        await work.consents.add(replace(line, id=ConsentId("consent-other"), subject=other.id))
        await work.commit()
    mine = await key(office)
    asked: dict[str, Any] = {"at": office.now, "means": means(office)}
    assert await take_consent_back(office.uow, mine, consent_id=line.id, **asked)
    assert not await take_consent_back(office.uow, mine, consent_id=line.id, **asked)
    with pytest.raises(NotFound):
        await take_consent_back(office.uow, mine, consent_id=ConsentId("consent-other"), **asked)
    async with office.uow.read() as work:
        assert (await work.consents.get(line.id)).state is ConsentState.WITHDRAWN
        assert (await work.consents.get(ConsentId("consent-other"))).state is ConsentState.GIVEN


@pytest.mark.rule("R-027")
@pytest.mark.parametrize("unnamed", [True, False])
async def test_who_asked_to_stay_unnamed_is_not_shown(office: Office, *, unnamed: bool) -> None:
    found = Discovery(
        on=MONDAY.date(),
        route=DiscoveryRoute.RESIDENT,
        informant="隣の方",
        anonymity_requested=unnamed,
    )
    async with office.uow.write() as work:
        await work.courses.put_outreach(OutreachCourse(case=A12, discovery=found))
        await work.commit()
    shown = await show_about(office.uow, await key(office), at=office.now, tz=TOKYO)
    assert shown.beginning is not None
    assert shown.beginning.told_by == ("" if unnamed else "隣の方")
    assert {writer.name for writer in shown.writers} >= {"佐藤", "鈴木"}


async def test_of_somebody_who_has_died_no_page_opens(office: Office) -> None:
    mine = await key(office)
    await office.person(deceased_on=MONDAY.date())
    with pytest.raises(NotFound):
        await page(office, mine)


@pytest.mark.rule("G-12")
async def test_a_pin_is_asked_before_anything_and_tried_a_few_times(office: Office) -> None:
    mine = await key(office)
    mark = await lock_page(office.uow, mine, pin="2580", at=office.now)
    with pytest.raises(PinNeeded):
        await page(office, mine)
    with pytest.raises(PinNeeded):
        await press(office, mine, PagePress.STOP)
    assert (await page(office, mine._replace(pin_mark=mark))).has_pin
    tries = [unlock_page(office.uow, token=mine.token, pin="0000", at=office.now) for _ in range(3)]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert all(isinstance(one, PinWrong) for one in outcomes)
    with pytest.raises(PinRests):
        for _ in range(PIN_TRIES):
            try:
                await unlock_page(office.uow, token=mine.token, pin="0000", at=office.now)
            except PinWrong:
                continue
    door = await knock_page(office.uow, token=mine.token, at=office.now)
    assert door.asks_pin and door.rests_until is not None
    with pytest.raises(PinRests):
        await unlock_page(office.uow, token=mine.token, pin="2580", at=office.now)
    office.clock.at = door.rests_until
    assert await unlock_page(office.uow, token=mine.token, pin="2580", at=office.now) == mark
