"""LINE's events, read tolerantly."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from ulid import ULID

from bots.line.reader import LineEventReader
from core.inbound import (
    Followed,
    LineEvent,
    Meaning,
    NotUnderstood,
    Pressed,
    Said,
    Unfollowed,
    Unsent,
)
from core.media import MediaKind, SentMedia
from core.replies import Press, ReplyKind

READER = LineEventReader()
HANAKO = "U" + "ab" * 16
EVENT_ID = "01HWXYZ0000000000000000000"


def event(type_: str = "message", **changes: Any) -> dict[str, Any]:
    """A good event; a change to None takes the property away."""
    whole = {
        "type": type_,
        "mode": "active",
        "timestamp": 1_775_000_000_123,
        "source": {"type": "user", "userId": HANAKO},
        "webhookEventId": EVENT_ID,
        "deliveryContext": {"isRedelivery": False},
        "replyToken": "r",
        **changes,
    }
    return {name: value for name, value in whole.items() if value is not None}


def message(kind: str, **own: Any) -> dict[str, Any]:
    return event(message={"type": kind, "id": "m-1", **own})


def body(*events: Any, **more: Any) -> bytes:
    return json.dumps({"destination": "U0", "events": list(events), **more}).encode()


def read(whole: Any) -> LineEvent:
    (raw,) = READER.cut(body(whole))
    return READER.read(raw.raw)


def meaning(whole: Any) -> Meaning:
    return read(whole).meaning


def test_words_are_read_with_who_when_and_which() -> None:
    assert read(message("text", text="眠れた")) == LineEvent(
        event_key=EVENT_ID,
        occurred_at=datetime(2026, 3, 31, 23, 33, 20, 123000, tzinfo=UTC),
        line_user_id=HANAKO,
        meaning=Said(kind=ReplyKind.TEXT, text="眠れた", message_id="m-1"),
        reply_token="r",
    )


@pytest.mark.parametrize(
    ("kind", "own", "text"),
    [
        ("text", {"text": ""}, ""),
        ("text", {"text": "(love) おはよう", "emojis": "odd"}, "(love) おはよう"),
        ("sticker", {"keywords": ["ありがとう", "うれしい"]}, "ありがとう、うれしい"),
        ("sticker", {"stickerResourceType": "NOVEL"}, ""),
        ("sticker", {"keywords": "odd"}, ""),
        ("sticker", {"keywords": [None, 3, "やあ"]}, "やあ"),
        ("sticker", {"text": "おつかれ", "keywords": ["x"]}, "おつかれ"),
        ("location", {"title": "公園", "address": "一丁目"}, "公園\n一丁目"),
        ("location", {"title": "一丁目", "address": "一丁目"}, "一丁目"),
        ("location", {"latitude": 33.8, "longitude": 130.8}, "33.8, 130.8"),
        ("location", {"latitude": 1e300, "longitude": 130.8}, ""),
        ("location", {"address": "一丁目"}, "一丁目"),
        ("location", {"latitude": 33.8}, ""),
        ("file", {"fileName": "絵.pdf"}, "絵.pdf"),
        ("file", {}, ""),
        ("image", {"imageSet": {"id": "s"}}, ""),
        ("audio", {"duration": "long"}, ""),
        ("video", {}, ""),
    ],
)
def test_each_form_of_an_answer_is_read(kind: str, own: dict[str, Any], text: str) -> None:
    said = meaning(message(kind, **own))
    assert isinstance(said, Said)
    assert (said.kind, said.text, said.message_id) == (ReplyKind(kind), text, "m-1")
    assert (said.media is None) == (kind in ("text", "sticker", "location"))


@pytest.mark.parametrize(
    ("kind", "own", "sent"),
    [
        ("image", {"contentProvider": {"type": "line"}}, SentMedia(kind=MediaKind.IMAGE)),
        (
            "image",
            {"contentProvider": {"type": "external", "originalContentUrl": "https://x.test/a"}},
            SentMedia(kind=MediaKind.IMAGE, elsewhere=True),
        ),
        (
            "image",
            {"imageSet": {"id": "s-1", "index": 2, "total": 3}},
            SentMedia(kind=MediaKind.IMAGE, set_id="s-1", nth=2, of=3),
        ),
        ("image", {"imageSet": {"id": "s-1"}}, SentMedia(kind=MediaKind.IMAGE, set_id="s-1")),
        (
            "image",
            {"imageSet": {"id": [], "index": True, "total": 10**12}},
            SentMedia(kind=MediaKind.IMAGE),
        ),
        ("video", {"contentProvider": "odd"}, SentMedia(kind=MediaKind.VIDEO)),
        ("audio", {"duration": 3000}, SentMedia(kind=MediaKind.AUDIO)),
        ("file", {"fileName": "絵.pdf"}, SentMedia(kind=MediaKind.FILE, name="絵.pdf")),
    ],
)
def test_what_is_to_be_fetched_is_read(kind: str, own: dict[str, Any], sent: SentMedia) -> None:
    said = meaning(message(kind, **own))
    assert isinstance(said, Said)
    assert said.media == sent


def test_a_missing_quote_token_does_not_matter_nor_do_new_fields() -> None:
    whole = message("text", text="庭", novel={"deep": [1]}, markAsReadToken="t")
    whole["novel"] = 1
    assert isinstance(meaning(whole), Said)


def test_half_a_character_becomes_a_replacement_character() -> None:
    said = meaning(message("text", text="庭\ud83c!"))
    assert said == Said(kind=ReplyKind.TEXT, text="庭\ufffd!", message_id="m-1")
    nul = meaning(message("text", text="庭\0"))
    assert nul == Said(kind=ReplyKind.TEXT, text="庭\ufffd", message_id="m-1")


@pytest.mark.parametrize("press", list(Press))
def test_our_buttons_are_read(press: Press) -> None:
    pressed = event("postback", postback={"data": f"press={press.value}"})
    assert meaning(pressed) == Pressed(press=press)


@pytest.mark.parametrize(
    "postback", [None, {}, {"data": 3}, {"data": "press=novel"}, {"data": "keep"}, "odd", []]
)
def test_other_postbacks_go_to_the_tray(postback: Any) -> None:
    assert meaning(event("postback", postback=postback)) == NotUnderstood(kind="postback")


@pytest.mark.parametrize(
    ("params", "kind"),
    [
        ({"date": "2026-12-01"}, "postback.date"),
        ({"time": "10:00"}, "postback.time"),
        ({"datetime": "2026-12-01T10:00"}, "postback.datetime"),
        ({"newRichMenuAliasId": "rest", "status": "SUCCESS"}, "postback.menu"),
        ({"novel": 1}, "postback"),
        ("odd", "postback"),
    ],
)
def test_a_picker_that_is_not_ours_goes_to_the_tray_by_name(params: Any, kind: str) -> None:
    whole = event("postback", postback={"data": "pick", "params": params})
    assert meaning(whole) == NotUnderstood(kind=kind)
    ours = event("postback", postback={"data": "press=keep", "params": params})
    assert meaning(ours) == Pressed(press=Press.KEEP)


@pytest.mark.parametrize(
    ("follow", "unblocked"),
    [
        ({"isUnblocked": True}, True),
        ({"isUnblocked": False}, False),
        ({"isUnblocked": "true"}, False),
        (None, False),
        ("odd", False),
    ],
)
def test_following_is_read(follow: Any, unblocked: bool) -> None:
    assert meaning(event("follow", follow=follow)) == Followed(unblocked=unblocked)


def test_blocking_is_read() -> None:
    assert meaning(event("unfollow", replyToken=None)) == Unfollowed()


def test_taking_back_is_read() -> None:
    assert meaning(event("unsend", unsend={"messageId": "m-1"})) == Unsent(message_id="m-1")
    assert meaning(event("unsend", unsend={"messageId": 123})) == Unsent(message_id="123")


@pytest.mark.parametrize("unsend", [None, {}, {"messageId": ""}, {"messageId": None}, 5])
def test_taking_back_nothing_goes_to_the_tray(unsend: Any) -> None:
    assert meaning(event("unsend", unsend=unsend)) == NotUnderstood(kind="unsend")


def test_a_channel_in_standby_is_not_ours_to_answer_but_taking_back_holds() -> None:
    whole = message("text", text="庭")
    assert meaning(whole | {"mode": "standby"}) == NotUnderstood(kind="standby.message")
    assert meaning(event("unfollow", mode="standby")) == Unfollowed()
    back = event("unsend", mode="standby", unsend={"messageId": "m-1"})
    assert meaning(back) == Unsent(message_id="m-1")


@pytest.mark.parametrize("mode", ["novel", 7, None])
def test_an_unknown_mode_is_no_reason_to_lose_words(mode: Any) -> None:
    whole = message("text", text="庭")
    assert isinstance(meaning(whole | {"mode": mode}), Said)


def test_what_is_said_in_a_group_is_not_an_answer_to_us() -> None:
    group = {"type": "group", "groupId": "C1", "userId": HANAKO}
    assert meaning(message("text", text="庭") | {"source": group}) == NotUnderstood(
        kind="group.message"
    )


@pytest.mark.parametrize(
    "kind",
    [
        "accountLink",
        "activated",
        "beacon",
        "botResumed",
        "botSuspended",
        "deactivated",
        "delivery",
        "join",
        "leave",
        "memberJoined",
        "memberLeft",
        "membership",
        "messageEdited",
        "module",
        "novel-1",
        "videoPlayComplete",
    ],
)
def test_other_kinds_go_to_the_tray_by_name(kind: str) -> None:
    assert meaning(event(kind)) == NotUnderstood(kind=kind)


@pytest.mark.parametrize(
    ("whole", "kind"),
    [
        (event("accountLink", link={"result": "ok", "nonce": "n"}), "accountLink.ok"),
        (event("accountLink", source=None, link={"result": "failed"}), "accountLink.failed"),
        (event("membership", membership={"type": "renewed"}), "membership.renewed"),
        (event("module", module={"type": "attached"}), "module.attached"),
        (event("beacon", beacon={"type": "enter", "hwid": "d41d8cd98f"}), "beacon.enter"),
        (event("beacon", beacon={"type": "二"}), "beacon"),
    ],
)
def test_what_an_event_says_of_itself_is_told_with_its_kind(whole: Any, kind: str) -> None:
    assert meaning(whole) == NotUnderstood(kind=kind)


@pytest.mark.parametrize("kind", [None, "", 3, [], "a b", "x" * 200, "種類", "a\u0000"])
def test_a_kind_that_is_no_name_is_unknown(kind: Any) -> None:
    assert meaning(event("x") | {"type": kind}) == NotUnderstood(kind="unknown")


@pytest.mark.parametrize(
    ("whole", "kind"),
    [
        (message("novel", text="庭"), "message.novel"),
        (message("text"), "message.text"),
        (message("text", text=None), "message.text"),
        (message("text", text=["庭"]), "message.text"),
        (event("message"), "message.unknown"),
        (event("message", message="庭"), "message.unknown"),
        (event("message", message={}), "message.unknown"),
    ],
)
def test_messages_of_no_known_shape_go_to_the_tray(whole: Any, kind: str) -> None:
    assert meaning(whole) == NotUnderstood(kind=kind)


@pytest.mark.parametrize("source", [None, {}, "odd", {"type": "user"}, {"userId": 0.5}])
def test_an_event_without_a_sender_is_still_read(source: Any) -> None:
    whole = read(message("text", text="庭") | {"source": source})
    assert whole.line_user_id is None
    assert isinstance(whole.meaning, Said)


class TestWhen:
    def at(self, timestamp: Any, *, event_id: Any = "x-1") -> datetime | None:
        return read(event(timestamp=timestamp, webhookEventId=event_id)).occurred_at

    def test_the_time_may_come_as_text(self) -> None:
        assert self.at("1775000000123") == self.at(1_775_000_000_123)
        assert self.at(1_775_000_000_123.0) == self.at(1_775_000_000_123)

    @pytest.mark.parametrize(
        "timestamp",
        [
            None,
            "",
            "soon",
            "１７７５００００００１２３",
            True,
            0,
            -1,
            1e300,
            10**40,
            "9" * 40,
            [],
            {},
        ],
    )
    def test_an_unreadable_time_is_none(self, timestamp: Any) -> None:
        assert self.at(timestamp) is None

    def test_without_a_time_the_event_s_id_tells_it(self) -> None:
        made = datetime(2026, 4, 6, 1, 2, 3, 456000, tzinfo=UTC)
        assert self.at(None, event_id=str(ULID.from_datetime(made))) == made
        assert self.at("odd", event_id="I" * 26) is None
        assert self.at("odd", event_id="0" * 26) is None


class TestCutting:
    def test_a_batch_of_several_people_is_cut_in_its_order(self) -> None:
        first, second = message("text", text="一"), event("follow", webhookEventId="e-2")
        cut = READER.cut(body(first, second))
        assert [raw.event_key for raw in cut] == [EVENT_ID, "e-2"]
        assert [json.loads(raw.raw) for raw in cut] == [first, second]

    def test_one_odd_event_does_not_lose_the_batch(self) -> None:
        cut = READER.cut(body(None, 3, "庭", [[]], message("text", text="一")))
        assert len(cut) == 5
        assert isinstance(READER.read(cut[-1].raw).meaning, Said)
        assert {READER.read(raw.raw).meaning for raw in cut[:-1]} == {NotUnderstood(kind="unknown")}

    def test_the_message_id_is_told_for_messages_only(self) -> None:
        (said,) = READER.cut(body(message("text", text="庭")))
        (edited,) = READER.cut(body(event("messageEdited", message={"id": 77})))
        (back,) = READER.cut(body(event("unsend", unsend={"messageId": "m-1"})))
        assert (said.message_id, edited.message_id, back.message_id) == ("m-1", "77", None)

    @pytest.mark.parametrize(
        "nothing", [b"", b"{", b"\xff", b"[]", b"{}", b"null", b'{"events":[]}', b"[" * 100_000]
    )
    def test_a_body_without_events_holds_none(self, nothing: bytes) -> None:
        assert READER.cut(nothing) == ()

    @pytest.mark.parametrize("events", ["odd", 3, None, {"type": "message"}, True])
    def test_events_that_are_no_list_are_kept_whole(self, events: Any) -> None:
        (raw,) = READER.cut(json.dumps({"destination": "U0", "events": events}).encode())
        assert json.loads(raw.raw) == {"destination": "U0", "events": events}
        assert READER.read(raw.raw).meaning == NotUnderstood(kind="unknown")

    def test_words_stay_as_they_are_in_the_raw_event(self) -> None:
        for text in (
            '{"type": "message",  "message":{"text":"眠れた 🍎"} }',
            '{"type":"message","message":{"text":"\\ud83c"}}',
            '{"type":"novel","type":"message","n":1.00000000000000000001,"n":1e400}',
            '{"n":' + "9" * 9999 + "}",
            "{}",
        ):
            other = '{"webhookEventId":"e-2"}'
            body_ = '{ "destination":[],"events" :\n[ ' + text + " ,\t" + other + '] ,"x":1}'
            first, second = READER.cut(body_.encode())
            assert (first.raw.decode(), second.raw.decode()) == (text, other)
            assert READER.read(first.raw).event_key == first.event_key

    def test_events_that_stand_twice_are_all_kept(self) -> None:
        twice = b'{"events":[{"webhookEventId":"a"}],"events":[{"webhookEventId":"b"}]}'
        assert [raw.event_key for raw in READER.cut(twice)] == ["a", "b"]


class TestTheSameEventAgain:
    def key(self, **changes: Any) -> str:
        (raw,) = READER.cut(body(event(**changes)))
        assert READER.read(raw.raw).event_key == raw.event_key
        return raw.event_key

    def test_line_s_id_decides(self) -> None:
        again = {"isRedelivery": True}
        assert self.key() == self.key(deliveryContext=again) == EVENT_ID

    def test_without_it_the_message_s_id_and_kind_do(self) -> None:
        text = {"type": "text", "id": "m-1"}
        assert self.key(webhookEventId=None, message=text) == "msg:m-1:text"
        assert self.key(webhookEventId=None, message={"id": "m-1"}) == "msg:m-1:unknown"

    def test_without_either_the_content_does_whatever_its_order(self) -> None:
        one = self.key(type_="follow", webhookEventId=None)
        redelivered = self.key(
            type_="follow", webhookEventId=None, deliveryContext={"isRedelivery": True}
        )
        other = self.key(type_="follow", webhookEventId=None, timestamp=1_775_000_000_124)
        assert one.startswith("sha256:")
        assert one == redelivered != other
        backwards = dict(reversed(event("follow", webhookEventId=None).items()))
        assert READER.cut(body(backwards))[0].event_key == one

    def test_two_edits_of_one_message_are_two_events(self) -> None:
        edits = [
            self.key(
                type_="messageEdited",
                webhookEventId=None,
                message={"type": "text", "id": "m-1", "text": words},
            )
            for words in ("一", "二")
        ]
        assert edits[0] != edits[1]

    @pytest.mark.parametrize("odd", ["", " ", "庭", "a\u0000", "x" * 500, 1.5, [], {"a": 1}, True])
    def test_an_id_that_is_none_is_not_trusted(self, odd: Any) -> None:
        assert self.key(type_="follow", webhookEventId=odd).startswith("sha256:")
