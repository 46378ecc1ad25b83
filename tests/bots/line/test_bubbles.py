"""A letter is frozen into exactly what LINE will be sent."""

import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linebot.v3.messaging.models.flex_message import FlexMessage
from linebot.v3.messaging.models.push_message_request import PushMessageRequest
from linebot.v3.messaging.models.text_message import TextMessage

from bots.line.bubbles import (
    BUTTONS,
    LinePress,
    WordsMissing,
    WordsTooLong,
    WordsUnwritable,
    press_data,
    utf16_units,
)
from core.replies import Press

WORDS = "鈴木です。夜が冷えるようになりました。返事はいりません。"
TO = "U" + "0123456789abcdef" * 2


def freeze(body: str, *, alt_text: str = "", with_buttons: bool = True) -> bytes:
    return LinePress().freeze(to=TO, body=body, alt_text=alt_text, with_buttons=with_buttons)


def message_in(frozen: bytes) -> dict[str, Any]:
    (message,) = json.loads(frozen)["messages"]
    assert isinstance(message, dict)
    return message


def test_a_letter_is_one_text_message_to_one_person() -> None:
    request = json.loads(freeze("桜が咲きました。\n返事はいりません。🌸", with_buttons=False))
    assert request == {
        "to": TO,
        "messages": [{"type": "text", "text": "桜が咲きました。\n返事はいりません。🌸"}],
        "notificationDisabled": False,
    }


@pytest.mark.rule("G-13")
def test_the_four_answers_stand_under_it_in_their_order() -> None:
    items = message_in(freeze("こんにちは"))["quickReply"]["items"]
    assert [item["action"]["label"] for item in items] == [
        "そのまま",
        "少し休む",
        "やめる",
        "人と話したい",
    ]
    assert {item["action"]["type"] for item in items} == {"postback"}
    assert all(item["action"]["displayText"] == item["action"]["label"] for item in items)
    assert [item["action"]["data"] for item in items] == [
        press_data(press) for press in (Press.KEEP, Press.REST, Press.STOP, Press.TALK)
    ]


def test_without_buttons_there_are_none() -> None:
    assert "quickReply" not in message_in(freeze("こんにちは", with_buttons=False))


def test_an_alt_text_puts_the_words_into_a_bubble() -> None:
    message = message_in(freeze("庭の話をしませんか。", alt_text="おたよりが届きました"))
    assert (message["type"], message["altText"]) == ("flex", "おたよりが届きました")
    (words,) = message["contents"]["body"]["contents"]
    assert (words["text"], words["wrap"]) == ("庭の話をしませんか。", True)
    assert len(message["quickReply"]["items"]) == 4


def test_the_words_stand_in_the_bytes_as_they_are() -> None:
    frozen = freeze("窓辺の鳥")
    assert "窓辺の鳥".encode() in frozen
    assert freeze("窓辺の鳥") == frozen


@pytest.mark.parametrize(("alt_text", "kind"), [("", TextMessage), ("おたより", FlexMessage)])
def test_the_official_sdk_reads_it_back(
    alt_text: str, kind: type[TextMessage | FlexMessage]
) -> None:
    request = PushMessageRequest.from_json(freeze("こんにちは", alt_text=alt_text).decode())
    (message,) = request.messages
    assert isinstance(message, kind)
    assert request.to == TO
    assert message.quick_reply is not None
    assert len(message.quick_reply.items or ()) == 4


@pytest.mark.parametrize(("body", "alt_text"), [("", ""), (" \n\u3000", ""), ("庭の話", " ")])
def test_a_letter_without_words_is_refused(body: str, alt_text: str) -> None:
    with pytest.raises(WordsMissing):
        freeze(body, alt_text=alt_text)


def test_length_counts_as_line_counts() -> None:
    assert utf16_units("あ🍎") == 3
    assert message_in(freeze("あ" * 5000))["text"] == "あ" * 5000
    assert message_in(freeze("🍎" * 2500))["text"] == "🍎" * 2500
    with pytest.raises(WordsTooLong) as refused:
        freeze("🍎" * 2500 + "あ")
    assert refused.value.facts == {"part": "body", "most": "5000", "has": "5001"}


def test_the_lock_screen_line_has_its_own_limit() -> None:
    assert message_in(freeze("庭", alt_text="あ" * 1500))["altText"] == "あ" * 1500
    with pytest.raises(WordsTooLong) as refused:
        freeze("庭", alt_text="あ" * 1501)
    assert refused.value.facts["part"] == "alt_text"


def test_the_heaviest_words_still_fit_into_a_bubble() -> None:
    # Every control character takes six bytes in JSON; LINE takes bubbles of 30 KB.
    message = message_in(freeze("庭" + "\x01" * 4999, alt_text="おたより"))
    bubble = json.dumps(message["contents"], ensure_ascii=False, separators=(",", ":"))
    assert len(bubble.encode()) <= 30 * 1024


@pytest.mark.parametrize("alt_text", ["", "庭\udfff"])
def test_half_a_character_is_refused(alt_text: str) -> None:
    with pytest.raises(WordsUnwritable):
        freeze("庭" if alt_text else "庭\ud83c", alt_text=alt_text)


@given(
    body=st.text(min_size=1, max_size=200).filter(str.strip),
    alt_text=st.text(max_size=50).filter(lambda text: not text or text.strip()),
    with_buttons=st.booleans(),
)
def test_no_word_is_ever_lost(body: str, alt_text: str, with_buttons: bool) -> None:
    message = message_in(freeze(body, alt_text=alt_text, with_buttons=with_buttons))
    words = message["contents"]["body"]["contents"][0]["text"] if alt_text else message["text"]
    assert (words, message.get("altText", "")) == (body, alt_text)
    assert ("quickReply" in message) is with_buttons


def test_the_sdk_is_not_loaded_before_the_first_letter() -> None:
    modules = "bubbles, messenger, reader, signature, webhook"
    check = (
        f"from bots.line import {modules}\n"
        "import sys\n"
        "sys.exit(any(m.split('.')[0] == 'linebot' for m in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


@pytest.mark.rule("S2")
@pytest.mark.parametrize("alt_text", ["", "鈴木からのおたより"])
def test_what_the_phone_shows_is_read_back_from_the_very_bytes(alt_text: str) -> None:
    seen = LinePress().rendering(freeze(WORDS, alt_text=alt_text))
    assert seen.bubbles == (WORDS,)
    assert seen.lock_screen == (alt_text or WORDS)
    assert seen.buttons == tuple(BUTTONS.values())
    assert seen.links == ()


def test_two_bubbles_and_a_button_in_one_are_shown_as_they_stand() -> None:
    words = {"type": "text", "text": "ちらしを見つけました。"}
    link = {"type": "button", "action": {"type": "uri", "label": "ちらしを見る", "uri": "x:"}}
    bubble = {"type": "bubble", "body": {"contents": [words]}, "footer": {"contents": [link]}}
    messages = [
        {"type": "text", "text": WORDS},
        {"type": "flex", "altText": "鈴木からのおたより", "contents": bubble},
    ]
    seen = LinePress().rendering(json.dumps({"to": "U", "messages": messages}).encode())
    assert seen.bubbles == (WORDS, "ちらしを見つけました。")
    assert (seen.links, seen.buttons) == (("ちらしを見る",), ())
    assert seen.lock_screen == "鈴木からのおたより"
