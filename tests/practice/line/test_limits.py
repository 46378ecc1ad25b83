"""The limits of LINE.md §3.5, each at its edge and in its own unit."""

from typing import Any

import pytest

from bots.practice.line.answers import LineRefusal
from bots.practice.line.lengths import grapheme_clusters, utf16_units
from bots.practice.line.request_shapes import VALIDATE
from bots.practice.line.rules import check

from .town import Town, text

APPLE = "🍎"
FAMILY = "👨‍👩‍👧‍👦"
"""One character to a reader; seven code points, eleven UTF-16 units."""

HTTPS = "https://example.com/"


def quick_reply(*actions: dict[str, Any]) -> dict[str, Any]:
    items = [{"type": "action", "action": action} for action in actions]
    return {**text("どうですか"), "quickReply": {"items": items}}


def say(label: str = "はい", words: str = "はい") -> dict[str, Any]:
    return {"type": "message", "label": label, "text": words}


def post(label: str = "はい", **more: Any) -> dict[str, Any]:
    return {"type": "postback", "label": label, "data": "a", **more}


def go(uri: str, label: str = "開く") -> dict[str, Any]:
    return {"type": "uri", "label": label, "uri": uri}


def buttons(**more: Any) -> dict[str, Any]:
    template = {"type": "buttons", "text": "本文", "actions": [say()], **more}
    return {"type": "template", "altText": "おたより", "template": template}


def confirm(**more: Any) -> dict[str, Any]:
    template = {"type": "confirm", "text": "本文", "actions": [say(), say("いいえ")], **more}
    return {"type": "template", "altText": "おたより", "template": template}


def column(**more: Any) -> dict[str, Any]:
    return {"text": "本文", "actions": [say()], **more}


def carousel(*columns: dict[str, Any]) -> dict[str, Any]:
    template = {"type": "carousel", "columns": list(columns)}
    return {"type": "template", "altText": "おたより", "template": template}


def flex(contents: dict[str, Any], alt: str = "おたより") -> dict[str, Any]:
    return {"type": "flex", "altText": alt, "contents": contents}


def bubble(*components: dict[str, Any], **more: Any) -> dict[str, Any]:
    body = {"type": "box", "layout": "vertical", "contents": list(components)}
    return {"type": "bubble", "body": body, **more}


def words(value: str) -> dict[str, Any]:
    return {"type": "text", "text": value}


def image(url: str = HTTPS, preview: str = HTTPS) -> dict[str, Any]:
    return {"type": "image", "originalContentUrl": url, "previewImageUrl": preview}


def location(**more: Any) -> dict[str, Any]:
    here = {"title": "区役所", "address": "一丁目", "latitude": 33.8, "longitude": 130.8}
    return {"type": "location", **here, **more}


def test_an_apple_is_two_utf16_units_and_a_family_is_one_cluster() -> None:
    assert utf16_units(APPLE) == 2
    assert grapheme_clusters(APPLE) == 1
    assert (utf16_units(FAMILY), grapheme_clusters(FAMILY)) == (11, 1)
    assert grapheme_clusters("\r\n") == 1


TAKEN_AND_REFUSED = {
    "text 5000 units": (text("あ" * 5000), text("あ" * 5001)),
    "text counts UTF-16": (text(APPLE * 2500), text(APPLE * 2500 + "a")),
    "text is not empty": (text(" "), text("")),
    "quick replies 13": (quick_reply(*[say()] * 13), quick_reply(*[say()] * 14)),
    "quick replies none": (quick_reply(say()), quick_reply()),
    "label 20 clusters": (
        quick_reply(say(label=FAMILY * 20)),
        quick_reply(say(label=FAMILY * 20 + "a")),
    ),
    "quick reply needs a label": (
        quick_reply(say()),
        quick_reply({"type": "message", "text": "はい"}),
    ),
    "postback data 300 units": (
        quick_reply(post(data=APPLE * 150)),
        quick_reply(post(data=APPLE * 150 + "a")),
    ),
    "displayText 300 clusters": (
        quick_reply(post(displayText=FAMILY * 300)),
        quick_reply(post(displayText="あ" * 301)),
    ),
    "fillInText 300 clusters": (
        quick_reply(post(inputOption="openKeyboard", fillInText=FAMILY * 300)),
        quick_reply(post(inputOption="openKeyboard", fillInText="あ" * 301)),
    ),
    "fillInText wants the keyboard": (
        quick_reply(post(inputOption="openKeyboard", fillInText="a")),
        quick_reply(post(fillInText="a")),
    ),
    "message action 300 clusters": (
        quick_reply(say(words=FAMILY * 300)),
        quick_reply(say(words="あ" * 301)),
    ),
    "uri 1000": (
        buttons(actions=[go(HTTPS + "a" * 980)]),
        buttons(actions=[go(HTTPS + "a" * 981)]),
    ),
    "uri schemes": (buttons(actions=[go("tel:0120")]), buttons(actions=[go("ftp://example.com")])),
    "uri line scheme": (buttons(actions=[go("line://x")]), buttons(actions=[go("javascript:x")])),
    "clipboard 1000": (
        quick_reply({"type": "clipboard", "label": "写す", "clipboardText": "a" * 1000}),
        quick_reply({"type": "clipboard", "label": "写す", "clipboardText": "a" * 1001}),
    ),
    "clipboard not empty": (
        quick_reply({"type": "clipboard", "label": "写す", "clipboardText": "a"}),
        quick_reply({"type": "clipboard", "label": "写す", "clipboardText": ""}),
    ),
    "altText 1500": (
        flex(bubble(words("a")), alt="あ" * 1500),
        flex(bubble(words("a")), alt="あ" * 1501),
    ),
    "altText not empty": (flex(bubble(words("a")), alt="a"), flex(bubble(words("a")), alt="")),
    "buttons title 40": (buttons(title=FAMILY * 40), buttons(title="あ" * 41)),
    "buttons text 160": (buttons(text=FAMILY * 160), buttons(text="あ" * 161)),
    "buttons text 60 beside a title": (
        buttons(title="題", text=FAMILY * 60),
        buttons(title="題", text="あ" * 61),
    ),
    "buttons text 60 beside a picture": (
        buttons(thumbnailImageUrl=HTTPS, text="あ" * 60),
        buttons(thumbnailImageUrl=HTTPS, text="あ" * 61),
    ),
    "buttons 4 actions": (buttons(actions=[say()] * 4), buttons(actions=[say()] * 5)),
    "buttons some action": (buttons(), buttons(actions=[])),
    "template label 20": (
        buttons(actions=[say(label="あ" * 20)]),
        buttons(actions=[say(label="あ" * 21)]),
    ),
    "confirm text 240": (confirm(text=FAMILY * 240), confirm(text="あ" * 241)),
    "confirm two actions": (confirm(), confirm(actions=[say()])),
    "confirm not three": (confirm(), confirm(actions=[say()] * 3)),
    "carousel 10 columns": (carousel(*[column()] * 10), carousel(*[column()] * 11)),
    "carousel 3 actions": (
        carousel(column(actions=[say()] * 3)),
        carousel(column(actions=[say()] * 4)),
    ),
    "carousel text 120": (carousel(column(text="あ" * 120)), carousel(column(text="あ" * 121))),
    "carousel text 60 beside a title": (
        carousel(column(title="題", text="あ" * 60)),
        carousel(column(title="題", text="あ" * 61)),
    ),
    "carousel as many actions in each": (
        carousel(column(), column()),
        carousel(column(), column(actions=[say()] * 2)),
    ),
    "carousel titles in all or none": (
        carousel(column(title="題"), column(title="題")),
        carousel(column(title="題"), column()),
    ),
    "flex label 40": (
        flex(bubble({"type": "button", "action": say(label="あ" * 40)})),
        flex(bubble({"type": "button", "action": say(label="あ" * 41)})),
    ),
    "flex button needs a label": (
        flex(bubble({"type": "button", "action": say()})),
        flex(bubble({"type": "button", "action": {"type": "message", "text": "a"}})),
    ),
    "flex text not empty": (flex(bubble(words("a"))), flex(bubble(words("")))),
    "flex bubble 30 KB": (flex(bubble(words("a" * 30_000))), flex(bubble(words("a" * 30_720)))),
    "flex carousel 12 bubbles": (
        flex({"type": "carousel", "contents": [bubble(words("a"))] * 12}),
        flex({"type": "carousel", "contents": [bubble(words("a"))] * 13}),
    ),
    "flex carousel 50 KB": (
        flex({"type": "carousel", "contents": [bubble(words("a" * 25_000))] * 2}),
        flex({"type": "carousel", "contents": [bubble(words("a" * 26_000))] * 2}),
    ),
    "flex colours": (
        flex(bubble({**words("a"), "color": "#06C755"})),
        flex(bubble({**words("a"), "color": "green"})),
    ),
    "image by https": (image(), image(url="http://example.com/a.jpg")),
    "preview by https": (image(), image(preview="http://example.com/a.jpg")),
    "image url 2000": (image(url=HTTPS + "a" * 1980), image(url=HTTPS + "a" * 1981)),
    "location title 100": (location(title="あ" * 100), location(title="あ" * 101)),
    "location address 100": (location(address="あ" * 100), location(address="あ" * 101)),
    "sender name 20": (
        {**text("a"), "sender": {"name": FAMILY * 20}},
        {**text("a"), "sender": {"name": "あ" * 21}},
    ),
    "sender icon by https": (
        {**text("a"), "sender": {"iconUrl": HTTPS}},
        {**text("a"), "sender": {"iconUrl": "http://example.com"}},
    ),
    "textV2 5000": (
        {"type": "textV2", "text": "あ" * 5000},
        {"type": "textV2", "text": "あ" * 5001},
    ),
    "emoji on a dollar": (
        {**text("🍎$"), "emojis": [{"index": 2, "productId": "a", "emojiId": "1"}]},
        {**text("🍎$"), "emojis": [{"index": 1, "productId": "a", "emojiId": "1"}]},
    ),
    "braces are substituted": (
        {
            "type": "textV2",
            "text": "{{a}} {smile}",
            "substitution": {"smile": {"type": "emoji", "productId": "a", "emojiId": "1"}},
        },
        {"type": "textV2", "text": "{smile}"},
    ),
    "braces come in pairs": (
        {"type": "textV2", "text": "{{"},
        {"type": "textV2", "text": "{"},
    ),
    "a known kind": (text("a"), {"type": "file", "text": "a"}),
    "no unknown property": (text("a"), {**text("a"), "txt": "b"}),
    "no null": (text("a"), {**text("a"), "quoteToken": None}),
    "no wrong kind of value": (text("a"), {"type": "text", "text": 1}),
    "nothing required missing": (text("a"), {"type": "text"}),
    "no rich menu switch in a talk": (
        quick_reply(say()),
        quick_reply({"type": "richmenuswitch", "label": "a", "richMenuAliasId": "a", "data": "b"}),
    ),
    "picker times match the mode": (
        quick_reply(
            {
                "type": "datetimepicker",
                "label": "a",
                "data": "b",
                "mode": "date",
                "min": "2026-04-01",
            }
        ),
        quick_reply(
            {"type": "datetimepicker", "label": "a", "data": "b", "mode": "date", "min": "10:00"}
        ),
    ),
}


@pytest.mark.parametrize("rule", TAKEN_AND_REFUSED)
def test_at_the_edge_it_is_taken_and_beyond_it_is_refused(rule: str) -> None:
    taken, refused = TAKEN_AND_REFUSED[rule]

    check(VALIDATE, {"messages": [taken]})
    with pytest.raises(LineRefusal) as raised:
        check(VALIDATE, {"messages": [refused]})
    assert raised.value.answer.status == 400


async def test_one_to_five_messages(town: Town) -> None:
    await town.taken(*[text("a")] * 5)

    expected = [{"message": "Size must be between 1 and 5", "property": "messages"}]
    assert await town.refused(*[text("a")] * 6) == expected
    assert await town.refused() == expected


async def test_too_long_a_text_is_refused_in_the_documented_words(town: Town) -> None:
    assert await town.refused(text("a" * 5001)) == [
        {"message": "Length must be between 0 and 5000", "property": "messages[0].text"}
    ]


async def test_all_errors_are_told_at_once(town: Town) -> None:
    reply = await town.call(
        "POST",
        "/v2/bot/message/validate/push",
        {"messages": [text(""), {"type": "letter"}]},
    )

    assert reply.message == "The request body has 2 error(s)"
    first, second = reply.json()["details"]
    assert first == {"message": "May not be empty", "property": "messages[0].text"}
    assert second["property"] == "messages[1].type"
    assert second["message"].startswith("Must be one of the following values: [text, textV2,")


async def test_an_unknown_property_is_named(town: Town) -> None:
    assert await town.refused({**text("a"), "colour": "red"}) == [
        {
            "message": "The property, 'messages[0].colour', in the request body is invalid "
            "(line: -, column: -)"
        }
    ]


async def test_an_image_carousel_label_has_12_characters(town: Town) -> None:
    def pictures(label: str) -> dict[str, Any]:
        columns = [{"imageUrl": HTTPS, "action": say(label=label)}]
        template = {"type": "image_carousel", "columns": columns}
        return {"type": "template", "altText": "a", "template": template}

    await town.taken(pictures("あ" * 12))
    assert await town.refused(pictures("あ" * 13))


@pytest.mark.parametrize("units", [["spring_1"], []])
async def test_a_unit_name_is_taken(town: Town, units: list[str]) -> None:
    to = town.line.phones.get("花子").user_id
    body = {"to": to, "messages": [text("a")], "customAggregationUnits": units}

    assert (await town.call("POST", "/v2/bot/message/push", body)).status == 200


@pytest.mark.parametrize("units", [["a", "b"], ["春"], ["a" * 31], [""]])
async def test_a_bad_unit_name_is_refused(town: Town, units: list[str]) -> None:
    to = town.line.phones.get("花子").user_id
    body = {"to": to, "messages": [text("a")], "customAggregationUnits": units}

    assert (await town.call("POST", "/v2/bot/message/push", body)).status == 400
