"""Every view and card, with the longest data and in both languages, is what Slack takes."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from bots.i18n.catalogue import LOCALES
from bots.practice.slack.block_kit import check_blocks, check_home, check_modal
from bots.slack import blocks as b
from bots.slack.approval_card import approval_face, author_face
from bots.slack.case_card import case_card, code_blocks, help_blocks
from bots.slack.contact_form import contact_form
from bots.slack.crisis_card import crisis_face
from bots.slack.excuse_field import asking
from bots.slack.excusing import form_of_reason
from bots.slack.explaining import QUESTIONS, form_of
from bots.slack.face import Face
from bots.slack.forms import again, done, loading, saving
from bots.slack.home_view import home_view, stranger_view
from bots.slack.letter_buttons import read_shown
from bots.slack.letter_choice import Asked, Choice, choice_form
from bots.slack.letter_form import Filled, Writing, rewrite_form, write_form
from bots.slack.link_card import link_face
from bots.slack.replies import channel_face, reception_face, reply_face, stopped_face
from bots.slack.send_day_card import send_day_face
from bots.wordbook import shipped_library
from core.access import Action
from core.cases import Case
from core.crisis.alerts import AlertState
from core.ids import LetterId, LinkId, VisitorId
from core.letters import LetterKind, LetterState, Reason
from core.lint import WordingBlocked
from core.people import LanguageStyle, LinkState
from core.reception import Visitor
from core.usecases.letters.offer_words import WordsOffer
from core.usecases.linking.glance_link import LinkAsked, LinkGlance
from tests.bots.slack.longest import (
    LONG,
    call,
    case,
    desk,
    glance,
    letter,
    letter_view,
    means,
    send_day_view,
    story,
)
from tests.contracts_dir import contract
from tests.people import MIDORI, MONDAY, TOKYO, A

Json = dict[str, Any]
LIBRARY = shipped_library()
CHOICE = Choice(template=LONG, season="72c", case_id="1" * 36, kind="FIRST", seen="0" * 16)
SCHEMA = "slack/block-kit.slack-types-3.2.0.schema.json"


def faces(locale: str) -> Iterator[Face]:
    tools = means()
    for state in LetterState:
        for reason in (None, *Reason):
            shown = letter(state, reason)
            for deciding in (True, False):
                view = letter_view(shown, deciding=deciding)
                yield approval_face(view, tools, locale=locale)
                yield author_face(view, tools, locale=locale)
                today = send_day_view(shown, answering=deciding)
                yield send_day_face(today, tools, locale=locale)
    for waiting in (0, 99):
        yield reply_face(glance(waiting=waiting), locale=locale)
    for link_state in LinkState:
        yield stopped_face(glance(link_state=link_state), tz=TOKYO, locale=locale)
    for cause in ("TOKEN", "QUOTA", "SOMETHING"):
        yield channel_face(f"{cause}:2026-11-21", locale=locale)
    waiting_there = Visitor(
        id=VisitorId("v"),
        municipality_id=MIDORI,
        link_id=LinkId("l"),
        came_at=MONDAY,
        last_at=MONDAY,
        reads_from=MONDAY,
        answer_by=MONDAY,
    )
    for visitor in (None, waiting_there):
        yield reception_face(visitor, tools, locale=locale)
    for asked in LinkAsked:
        question = LinkGlance(
            case_id=case().id,
            alias=case().alias,
            area=LONG,
            link_id=LinkId("1" * 36),
            asked=asked,
            may_answer=True,
        )
        yield link_face(question, locale=locale)
    for alert_state in AlertState:
        for clear in (True, False, None):
            yield crisis_face(call(alert_state, clear=clear), tools, locale=locale)
    stranger = replace(call(AlertState.RAISED), case_id=None, alias="")
    yield crisis_face(stranger, tools, locale=locale)


def _many_cases() -> list[tuple[Case, str]]:
    return [(case(number), LONG) for number in range(150)]


def modals(locale: str) -> Iterator[Json]:
    cases, stopped = _many_cases(), letter_view(letter(), deciding=True)
    filled = Filled(
        case_id=None,
        kind=LetterKind.FIRST,
        words=LONG * 5,
        alt=LONG,
        opens_at=MONDAY,
        letter_id=LetterId("1" * 36),
        version=3,
        alias=case().alias,
        excuse=LONG[:200],
    )
    for typed in (True, False):
        writing = Writing(typed=typed, offers=True, words=LONG * 5, choice=CHOICE)
        chosen = cases[99][0].id
        given: Any = {"account": LONG, "opens_at": MONDAY, "chosen": chosen, "writing": writing}
        write = write_form(cases, **given, locale=locale)
        yield write
        yield again({**write, "state": {"values": {}}}, LONG * 10)
        blocked = WordingBlocked(stopped.findings, excusable=True)
        yield asking({**write, "state": {"values": {}}}, blocked, LONG * 10, locale=locale)
        yield rewrite_form(filled, writing=writing, note=LONG, noted_by=LONG[:50], locale=locale)
    offer = WordsOffer(
        style=LanguageStyle.STANDARD,
        templates=LIBRARY.templates,
        phrases=LIBRARY.almanac.stretches[0].phrases,
    )
    about = {"letter": "1" * 36, "version": 3, "kind": "FIRST", "choice": CHOICE.as_json()}
    asked = Asked(
        view_id="V1", about=about, case_id="1" * 36, kind=LetterKind.FIRST, day="2026-12-01"
    )
    yield choice_form(offer, asked, locale=locale)
    yield choice_form(replace(offer, templates=()), asked, locale=locale)
    yield form_of_reason(stopped, read_shown(f"{'1' * 36}:12:99"), locale=locale)
    for question in QUESTIONS:
        yield form_of(question, "1" * 60, locale=locale)
    for free_text in ("OFF", "SHORT", "LINK_ONLY"):
        yield contact_form(
            cases,
            now=MONDAY,
            chosen=None,
            free_text=free_text,
            note=LONG,
            locale=locale,
        )
    yield loading(locale)
    yield saving({"view": {"id": "V1"}}, locale, words=b.exact(LONG)[0])
    yield done("title" * 10, LONG * 10, locale)
    rights = frozenset(Action)
    yield b.modal(
        "x" * 40,
        case_card(story(), means(), rights=rights, locale=locale),
        callback_id="case_card",
        close="x" * 40,
    )
    view = letter_view(letter(), deciding=True)
    yield b.modal(
        "x", approval_face(view, means(), locale=locale).blocks, callback_id="c", close="x"
    )


def messages(locale: str) -> Iterator[list[Json]]:
    for face in faces(locale):
        yield list(face.blocks)
    for rights in (frozenset[Action](), frozenset(Action)):
        yield help_blocks(rights, locale=locale)
        yield case_card(story(), means(), rights=rights, locale=locale)
    yield code_blocks("ABCD2345", alias=case().alias, until=MONDAY.date(), locale=locale)


def homes(locale: str) -> Iterator[Json]:
    for rows in (0, 1, 10, 11, 100):
        yield home_view(desk(rows), means(), shown={}, locale=locale)
        yield home_view(desk(rows), means(), shown={"cases": 100, "to_approve": 60}, locale=locale)
    yield stranger_view(LONG * 20)


@pytest.mark.parametrize("locale", LOCALES)
def test_slack_takes_every_message(locale: str) -> None:
    for blocks in messages(locale):
        assert check_blocks(blocks) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_slack_takes_every_modal(locale: str) -> None:
    for view in modals(locale):
        assert check_modal(view) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_slack_takes_every_home_page(locale: str) -> None:
    for view in homes(locale):
        assert check_home(view) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_everything_has_the_shape_of_slacks_own_types(locale: str) -> None:
    schema = json.loads(contract(SCHEMA).read_text(encoding="utf-8"))

    def checker(name: str) -> Any:
        return jsonschema.Draft7Validator({**schema, "$ref": f"#/definitions/{name}"})

    checks = {name: checker(name) for name in ("EmuMessageBlocks", "EmuModalView", "EmuHomeView")}
    for blocks in list(messages(locale))[::9]:
        checks["EmuMessageBlocks"].validate(blocks)
    for view in modals(locale):
        checks["EmuModalView"].validate(view)
    for view in homes(locale):
        checks["EmuHomeView"].validate(view)


@pytest.mark.parametrize("locale", LOCALES)
def test_nobody_is_called_and_nothing_is_linked_by_words_from_elsewhere(locale: str) -> None:
    for blocks in (*messages(locale), *(view["blocks"] for view in modals(locale))):
        for text in _marked(blocks):
            assert "<" not in text, text


@pytest.mark.parametrize("locale", LOCALES)
def test_a_notification_says_alias_and_verb_only(locale: str) -> None:
    for face in faces(locale):
        assert len(face.text) < 150
        assert LETTER_WORDS not in face.text
        assert A.name not in face.text


@pytest.mark.parametrize("locale", LOCALES)
def test_notes_and_people_stand_in_no_view(locale: str) -> None:
    drawn = json.dumps([*messages(locale), *modals(locale), *homes(locale)], ensure_ascii=False)
    for private in (A.name, A.kana, A.address, *A.phones, "この言葉は Slack に出ません"):
        assert private not in drawn


def test_the_words_are_shown_to_the_letter() -> None:
    shown = letter()
    face = approval_face(letter_view(shown, deciding=True), means(), locale="ja")
    plain = [
        block["text"]["text"]
        for block in face.blocks
        if block["type"] == "section" and block["text"]["type"] == "plain_text"
    ]
    assert shown.body in "".join(plain)


def test_buttons_stand_three_in_a_row_at_most_and_say_what_they_do() -> None:
    for blocks in messages("ja"):
        for block in blocks:
            for element in block.get("elements", []):
                if element.get("type") == "button":
                    assert len(block["elements"]) <= 3
                    assert element["accessibility_label"]
                    assert len(element["text"]["text"]) <= 12


def test_an_empty_desk_says_what_will_appear() -> None:
    texts = json.dumps(home_view(desk(0), means(), shown={}, locale="ja"), ensure_ascii=False)
    for heading in ("承認待ち (0)", "返事が届いています (0)", "今日の予定 (0)", "わたしの案件 (0)"):
        assert heading in texts
    assert "届いたら、ここに並びます" in texts


LETTER_WORDS = "長い手紙です"


def _marked(blocks: Any) -> Iterator[str]:
    if isinstance(blocks, list):
        for block in blocks:
            yield from _marked(block)
    elif isinstance(blocks, dict):
        if blocks.get("type") == "mrkdwn":
            yield blocks["text"]
        for value in blocks.values():
            yield from _marked(value)
