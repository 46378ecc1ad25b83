"""What a person sees and can do with a finger."""

from typing import Any

import pytest

from bots.practice.line import Phone
from bots.practice.refusals import NotPossible

from .test_limits import bubble, buttons, column, flex, go, image, post, quick_reply, say, words
from .town import Town, text


def card(*labels: str) -> dict[str, Any]:
    """A flex card with a text and one postback button a label."""
    pressed = [
        {"type": "button", "action": post(label, data=f"pressed {label}")} for label in labels
    ]
    return flex(bubble(words("お元気ですか"), *pressed))


async def test_the_screen_as_json_has_the_shape_the_page_reads(town: Town, hanako: Phone) -> None:
    await town.push(hanako.user_id, card("元気", "まあまあ"))

    shown = hanako.screen().as_json()
    (message,) = shown.pop("messages")
    assert shown == {
        "name": "花子",
        "account": "よりそい",
        "friend": True,
        "blocked": False,
        "lock_screen": ["おたより"],
        "quick_replies": [],
        "rich_menu": [],
        "opened_url": None,
        "links_opened": 0,
    }
    assert message["at"].endswith("+09:00")
    del message["at"]
    assert message.pop("raw")["type"] == "flex"
    assert message == {
        "id": hanako.screen().messages[0].id,
        "from": "account",
        "kind": "flex",
        "text": "お元気ですか",
        "buttons": ["元気", "まあまあ"],
        "withdrawn": False,
    }


async def test_a_button_of_an_older_message_can_be_pressed(town: Town, hanako: Phone) -> None:
    await town.push(hanako.user_id, buttons(actions=[post("元気", data="older")]))
    await town.push(hanako.user_id, buttons(actions=[post("元気", data="newer")]))
    await hanako.tap("元気", message=0)
    with pytest.raises(NotPossible):
        await hanako.tap("元気", message=9)

    (event,) = town.inbox.events()
    assert event["postback"] == {"data": "older"}


async def test_a_pressed_postback_button_tells_its_data_and_shows_its_words(
    town: Town, hanako: Phone
) -> None:
    await town.push(hanako.user_id, buttons(actions=[post("元気", displayText="元気です")]))
    await hanako.tap("元気")

    (event,) = town.inbox.events()
    assert event["postback"] == {"data": "a"}
    assert event["replyToken"]
    last = hanako.screen().messages[-1]
    assert (last.sender, last.text) == ("person", "元気です")


async def test_the_newest_button_of_a_label_is_pressed(town: Town, hanako: Phone) -> None:
    await town.push(hanako.user_id, buttons(actions=[post("はい", data="old")]))
    await town.push(hanako.user_id, buttons(actions=[post("はい", data="new")]))
    await hanako.tap("はい")

    assert town.inbox.events()[0]["postback"]["data"] == "new"


async def test_a_pressed_message_button_is_said(town: Town, hanako: Phone) -> None:
    await town.push(hanako.user_id, buttons(actions=[say("はい", "はい、そうです")]))
    await hanako.tap("はい")

    assert town.inbox.events()[0]["message"]["text"] == "はい、そうです"


async def test_a_pressed_link_opens(town: Town, hanako: Phone) -> None:
    await town.push(hanako.user_id, buttons(actions=[go("https://example.com/l/1")]))
    await hanako.tap("開く")

    assert hanako.screen().opened_url == "https://example.com/l/1"
    assert town.inbox.events() == []


async def test_a_picker_returns_what_was_picked(town: Town, hanako: Phone) -> None:
    picker = {"type": "datetimepicker", "label": "日を選ぶ", "data": "day", "mode": "date"}
    await town.push(hanako.user_id, buttons(actions=[picker]))
    with pytest.raises(NotPossible):
        await hanako.tap("日を選ぶ")
    await hanako.tap("日を選ぶ", picked="2026-04-10")

    assert town.inbox.events()[0]["postback"] == {"data": "day", "params": {"date": "2026-04-10"}}


async def test_quick_replies_vanish_when_pressed(town: Town, hanako: Phone) -> None:
    await town.push(hanako.user_id, quick_reply(post("はい"), post("いいえ")))
    assert hanako.screen().quick_replies == ("はい", "いいえ")

    await hanako.tap("いいえ")

    assert hanako.screen().quick_replies == ()


async def test_quick_replies_vanish_with_any_new_message(town: Town, hanako: Phone) -> None:
    await town.push(hanako.user_id, quick_reply(post()))
    await town.push(hanako.user_id, text("追伸"))
    assert hanako.screen().quick_replies == ()

    await town.push(hanako.user_id, quick_reply(post()))
    await hanako.say("あとで")
    assert hanako.screen().quick_replies == ()


async def test_only_the_last_messages_quick_replies_show(town: Town, hanako: Phone) -> None:
    await town.push(hanako.user_id, quick_reply(post("一")), quick_reply(post("二")))

    assert hanako.screen().quick_replies == ("二",)


async def test_a_label_that_is_not_there_is_refused_with_what_is(town: Town, hanako: Phone) -> None:
    await town.push(hanako.user_id, card("元気"))

    with pytest.raises(NotPossible) as refused:
        await hanako.tap("元気です")

    assert refused.value.labels == ("元気",)


async def test_the_lock_screen_is_empty_once_the_person_has_answered(
    town: Town, hanako: Phone
) -> None:
    await town.push(hanako.user_id, text("一"), image())
    assert hanako.screen().lock_screen == ("一", "写真")

    await hanako.say("はい")

    assert hanako.screen().lock_screen == ()


async def test_a_carousel_shows_all_its_columns(town: Town, hanako: Phone) -> None:
    columns = [column(text="一", actions=[say("a")]), column(text="二", actions=[say("b")])]
    template = {"type": "carousel", "columns": columns}
    await town.push(hanako.user_id, {"type": "template", "altText": "x", "template": template})

    (shown,) = hanako.screen().messages
    assert (shown.text, shown.buttons) == ("一\n二", ("a", "b"))


async def test_a_sticker_is_seen_and_told_with_its_keywords(town: Town, hanako: Phone) -> None:
    await hanako.sticker(keywords=["ありがとう", "うれしい"])

    message = town.inbox.events()[0]["message"]
    assert message["keywords"] == ["ありがとう", "うれしい"]
    assert message["stickerResourceType"] == "STATIC"
    assert hanako.screen().messages[0].text == "スタンプ"


async def test_a_person_who_blocks_cannot_write_before_unblocking(hanako: Phone) -> None:
    await hanako.block()

    with pytest.raises(NotPossible):
        await hanako.say("こんにちは")
    with pytest.raises(NotPossible):
        await hanako.block()
    assert hanako.screen().blocked


async def test_there_is_nothing_to_take_back_twice(hanako: Phone) -> None:
    await hanako.say("こんにちは")
    await hanako.unsend()

    with pytest.raises(NotPossible):
        await hanako.unsend()
    assert hanako.screen().messages[0].text == ""


async def test_an_older_message_can_be_taken_back(town: Town, hanako: Phone) -> None:
    await hanako.say("一")
    await hanako.say("二")
    await hanako.unsend(0)

    assert [bubble.withdrawn for bubble in hanako.screen().messages] == [True, False]


async def test_nobodys_phone_is_refused_in_plain_words(town: Town) -> None:
    with pytest.raises(NotPossible) as refused:
        town.line.phones.get("次郎")

    assert refused.value.labels == ("花子", "太郎")


async def test_user_ids_follow_from_names_or_are_given(town: Town, hanako: Phone) -> None:
    given = town.line.phones.add("次郎", user_id="U" + "a" * 32)

    assert given.user_id == "U" + "a" * 32
    assert hanako.user_id.startswith("U")
    assert len(hanako.user_id) == 33
    with pytest.raises(ValueError, match="already a phone"):
        town.line.phones.add("花子")
    with pytest.raises(ValueError, match="no LINE user id"):
        town.line.phones.add("三郎", user_id="saburo")


async def test_a_phone_fetches_pictures_when_looked_at(town: Town, hanako: Phone) -> None:
    hero = {"type": "image", "url": "https://example.com/hero.png"}
    thumbnail = buttons(thumbnailImageUrl="https://example.com/thumb.png")
    preview = image(preview="https://example.com/preview.jpg")
    await town.push(hanako.user_id, preview, thumbnail, flex(bubble(words("a"), hero=hero)))

    assert hanako.pictures() == (
        "https://example.com/preview.jpg",
        "https://example.com/thumb.png",
        "https://example.com/hero.png",
    )


async def test_a_label_can_be_looked_for_in_one_place(town: Town, hanako: Phone) -> None:
    await town.push(hanako.user_id, buttons(actions=[post("はい", data="button")]))
    await town.push(hanako.user_id, quick_reply(post("はい", data="quick")))
    await hanako.tap("はい", where="message")
    assert hanako.screen().quick_replies == ()

    with pytest.raises(NotPossible):
        await hanako.tap("はい", where="quick_reply")
    assert town.inbox.events()[0]["postback"]["data"] == "button"
